/**
 * Empty: an empty room (`minigrid/envs/empty.py`).
 *
 * @module
 */

import { act, ACTIONS } from "./_act.ts";
import { GOAL } from "./_cells.ts";
import { placeAgent } from "./_place.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** What most tasks ask for. */
export const REACH_GOAL = "get to the green goal square";

/** The room; its player starts in the upper left corner, or anywhere. */
export function emptyTask(size: number, startsAnywhere = false): Task {
  return {
    width: size,
    height: size,
    maxSteps: 4 * size ** 2,
    seesThroughWalls: true,
    actions: ACTIONS.length,
    generate: (world) => {
      makeRoom(world);
      startAgent(world, startsAnywhere);
    },
    mission: () => REACH_GOAL,
    play: act,
  };
}

/** Walls around the grid, and the goal in its lower right corner. */
export function makeRoom(world: World): void {
  world.enclose(world.area);
  world.set(world.width - 2, world.height - 2, GOAL);
}

/** The player in the upper left corner, looking right, or anywhere. */
export function startAgent(world: World, anywhere: boolean): void {
  if (anywhere) return placeAgent(world, world.area);
  world.agent = world.at(1, 1);
  world.direction = 0;
}
