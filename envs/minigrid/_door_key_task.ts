/**
 * DoorKey: a locked door between player and goal (`minigrid/envs/doorkey.py`).
 *
 * @module
 */

import { act, ACTIONS } from "./_act.ts";
import { cellOf, DOOR, KEY, LOCKED, WALL, YELLOW } from "./_cells.ts";
import { makeRoom } from "./_empty_task.ts";
import { placeAgent, placeObject } from "./_place.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** Two rooms; the key lies in the player's. */
export function doorKeyTask(size: number): Task {
  return {
    width: size,
    height: size,
    maxSteps: 10 * size ** 2,
    actions: ACTIONS.length,
    generate,
    mission: () => "use the key to open the door and then get to the goal",
    play: act,
  };
}

function generate(world: World): void {
  const { width, height, generator } = world;
  makeRoom(world);
  const wall = generator.integers(2, width - 2);
  world.fill({ x: wall, y: 0, width: 1, height }, WALL);
  const left = { x: 0, y: 0, width: wall, height };
  placeAgent(world, left);
  world.set(wall, generator.integers(1, height - 2), cellOf(DOOR, YELLOW, LOCKED));
  placeObject(world, cellOf(KEY, YELLOW), left);
}
