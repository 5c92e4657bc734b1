/**
 * DistShift: two strips of lava, of which one lies elsewhere in the second version (`minigrid/envs/distshift.py`).
 *
 * @module
 */

import { act, ACTIONS } from "./_act.ts";
import { GOAL, LAVA } from "./_cells.ts";
import { REACH_GOAL, startAgent } from "./_empty_task.ts";
import type { Task } from "./_task.ts";

const [WIDTH, HEIGHT] = [9, 7];

/** A room with lava in its first row and another one. */
export function distShiftTask(lavaRow: number): Task {
  return {
    width: WIDTH,
    height: HEIGHT,
    maxSteps: 4 * WIDTH * HEIGHT,
    seesThroughWalls: true,
    actions: ACTIONS.length,
    generate: (world) => {
      world.enclose(world.area);
      world.set(WIDTH - 2, 1, GOAL);
      for (const y of [1, lavaRow]) world.fill({ x: 3, y, width: WIDTH - 6, height: 1 }, LAVA);
      startAgent(world, false);
    },
    mission: () => REACH_GOAL,
    play: act,
  };
}
