/**
 * FourRooms: four rooms with a gap in each wall between them (`minigrid/envs/fourrooms.py`).
 *
 * @module
 */

import { act, ACTIONS } from "./_act.ts";
import { EMPTY, GOAL, WALL } from "./_cells.ts";
import { placeAgent, placeObject } from "./_place.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** Columns and rows of the grid, and of a room with one wall. */
const SIZE = 19;
const ROOM = 9;

/** Four rooms; player and goal are anywhere. */
export function fourRoomsTask(): Task {
  return {
    width: SIZE,
    height: SIZE,
    maxSteps: 100,
    actions: ACTIONS.length,
    generate,
    mission: () => "reach the goal",
    play: act,
  };
}

function generate(world: World): void {
  world.enclose(world.area);
  for (const top of [0, ROOM]) {
    for (const left of [0, ROOM]) makeWalls(world, left, top);
  }
  placeAgent(world, world.area);
  placeObject(world, GOAL, world.area);
}

/** The right wall of a room on the left, and the lower wall of one above, each with its gap. */
function makeWalls(world: World, left: number, top: number): void {
  const { generator } = world;
  const [right, bottom] = [left + ROOM, top + ROOM];
  if (left === 0) {
    world.fill({ x: right, y: top, width: 1, height: ROOM }, WALL);
    world.set(right, generator.integers(top + 1, bottom), EMPTY);
  }
  if (top === 0) {
    world.fill({ x: left, y: bottom, width: ROOM, height: 1 }, WALL);
    world.set(generator.integers(left + 1, right), bottom, EMPTY);
  }
}
