/**
 * LavaGap: a strip of lava with a gap (`minigrid/envs/lavagap.py`).
 *
 * @module
 */

import { act, ACTIONS } from "./_act.ts";
import { EMPTY, LAVA } from "./_cells.ts";
import { makeRoom, startAgent } from "./_empty_task.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** What tasks with lava ask for. */
export const AVOID_LAVA = "avoid the lava and get to the green goal square";

/** A room with a strip of lava from the upper to the lower wall. */
export function lavaGapTask(size: number): Task {
  return {
    width: size,
    height: size,
    maxSteps: 4 * size ** 2,
    actions: ACTIONS.length,
    generate,
    mission: () => AVOID_LAVA,
    play: act,
  };
}

function generate(world: World): void {
  const { width, height, generator } = world;
  makeRoom(world);
  startAgent(world, false);
  const column = generator.integers(2, width - 2);
  const gap = generator.integers(1, height - 1);
  world.fill({ x: column, y: 1, width: 1, height: height - 2 }, LAVA);
  world.set(column, gap, EMPTY);
}
