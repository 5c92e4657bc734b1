/**
 * KeyCorridor: a ball behind a locked door, whose key lies in one of the rooms (`minigrid/envs/keycorridor.py`).
 *
 * @module
 */

import { ACTIONS } from "./_act.ts";
import { BALL, KEY } from "./_cells.ts";
import { RoomGrid } from "./_room_grid.ts";
import type { Task } from "./_task.ts";
import { pickUpMarked, pickUpMission } from "./_unlock_task.ts";
import type { World } from "./_world.ts";

const COLUMNS = 3;

/** Rooms of a size on both sides of a corridor, in so many rows. */
export function keyCorridorTask(size: number, rows: number): Task {
  return {
    width: COLUMNS * (size - 1) + 1,
    height: rows * (size - 1) + 1,
    maxSteps: 30 * size ** 2,
    actions: ACTIONS.length,
    marks: { kind: "object", count: 1 },
    generate: (world) => generate(world, size, rows),
    mission: pickUpMission,
    play: pickUpMarked,
  };
}

function generate(world: World, size: number, rows: number): void {
  const { generator } = world;
  const rooms = new RoomGrid(world, size, COLUMNS, rows);
  for (let row = 1; row < rows; row++) rooms.removeUpperWall(1, row);
  const goalRow = generator.integers(0, rows);
  const { colour } = rooms.addDoor(2, goalRow, 2, true);
  world.marks[0] = rooms.addObject(2, goalRow, BALL);
  rooms.addObject(0, generator.integers(0, rows), KEY, colour);
  rooms.placeAgent(1, Math.floor(rows / 2));
  rooms.connectAll();
}
