/**
 * Dynamic-Obstacles: balls that move at random (`minigrid/envs/dynamicobstacles.py`).
 *
 * @module
 */

import { act, FORWARD, type Verdict } from "./_act.ts";
import { BALL, BLUE, cellOf, EMPTY, GOAL } from "./_cells.ts";
import { makeRoom, REACH_GOAL, startAgent } from "./_empty_task.ts";
import { findPlace, placeObject } from "./_place.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

const OBSTACLE = cellOf(BALL, BLUE);

/** Draws of a place before an obstacle stays where it is. */
const PLACING = { draws: 101 };

/** A room with so many balls; running into one, or into a wall, ends the episode with -1. */
export function dynamicObstaclesTask(size: number, obstacles: number, startsAnywhere = false): Task {
  return {
    width: size,
    height: size,
    maxSteps: 4 * size ** 2,
    seesThroughWalls: true,
    actions: FORWARD + 1,
    marks: { kind: "field", count: obstacles },
    generate: (world) => {
      makeRoom(world);
      startAgent(world, startsAnywhere);
      for (let i = 0; i < obstacles; i++) world.marks[i] = placeObject(world, OBSTACLE, world.area, PLACING);
    },
    mission: () => REACH_GOAL,
    play,
  };
}

/** The balls move first; what lay ahead before counts. */
function play(world: World, action: number): Verdict {
  const ahead = world.cells[world.front]!;
  const { marks, cells } = world;
  for (let i = 0; i < marks.length; i++) {
    const old = marks[i]!;
    const around = { x: world.columnOf(old) - 1, y: world.rowOf(old) - 1, width: 3, height: 3 };
    const index = findPlace(world, around, PLACING);
    if (index < 0) continue;
    cells[index] = OBSTACLE;
    cells[old] = EMPTY;
    marks[i] = index;
  }
  const verdict = act(world, action);
  return action === FORWARD && ahead !== EMPTY && ahead !== GOAL ? "crashed" : verdict;
}
