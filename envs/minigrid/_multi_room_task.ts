/**
 * MultiRoom: rooms behind closed doors, one after the other (`minigrid/envs/multiroom.py`).
 *
 * @module
 */

import type { Generator } from "../random/generator.ts";
import { act, ACTIONS } from "./_act.ts";
import { cellOf, CLOSED, DOOR, DRAWN_COLOURS, GOAL } from "./_cells.ts";
import { placeAgent, placeObject } from "./_place.ts";
import type { Task } from "./_task.ts";
import type { Area, World } from "./_world.ts";

/** Columns and rows of the grid. */
const SIZE = 25;
/** The smallest number of columns and rows of a room, walls included. */
const SMALLEST = 4;
/** Tries to place a room behind another one. */
const TRIES = 8;

/** A wall of a room: right, lower, left, upper. */
type Side = 0 | 1 | 2 | 3;
const SIDES: readonly Side[] = [0, 1, 2, 3];

/** A room, and the door by which it is entered. */
interface Room extends Area {
  readonly door: readonly [x: number, y: number];
}

/** A chain of so many rooms; the player is in the first, the goal in the last. */
export function multiRoomTask(rooms: number, largest = 10): Task {
  return {
    width: SIZE,
    height: SIZE,
    maxSteps: 20 * rooms,
    actions: ACTIONS.length,
    generate: (world) => generate(world, rooms, largest),
    mission: () => "traverse the rooms to get to the goal",
    play: act,
  };
}

function generate(world: World, count: number, largest: number): void {
  const { generator } = world;
  let rooms: Room[] = [];
  while (rooms.length < count) {
    const chain: Room[] = [];
    const door = [generator.integers(0, SIZE - 2), generator.integers(0, SIZE - 2)] as const;
    addRooms(generator, chain, count, largest, 2, door);
    if (chain.length > rooms.length) rooms = chain;
  }
  let last = -1;
  for (const [i, room] of rooms.entries()) {
    world.enclose(room);
    if (i === 0) continue;
    last = generator.choice(DRAWN_COLOURS.filter((colour) => colour !== last));
    world.set(...room.door, cellOf(DOOR, last, CLOSED));
  }
  placeAgent(world, rooms[0]!);
  placeObject(world, GOAL, rooms.at(-1)!);
}

/** Adds a room behind a door and then `left - 1` others behind it, as far as there is space; false if there is none. */
function addRooms(
  generator: Generator,
  chain: Room[],
  left: number,
  largest: number,
  entry: Side,
  door: Room["door"],
): boolean {
  const width = generator.integers(SMALLEST, largest + 1);
  const height = generator.integers(SMALLEST, largest + 1);
  const [x, y] = chain.length === 0 ? door : behind(generator, door, entry, width, height);
  const isInside = x >= 0 && y >= 0 && x + width <= SIZE && y + height < SIZE;
  const overlaps = (room: Room) =>
    x + width >= room.x && room.x + room.width > x && y + height >= room.y && room.y + room.height > y;
  if (!isInside || chain.slice(0, -1).some(overlaps)) return false;
  chain.push({ x, y, width, height, door });
  for (let i = 0; left > 1 && i < TRIES; i++) {
    const exit = generator.choice(SIDES.filter((side) => side !== entry));
    const next = exit % 2 === 0
      ? [exit === 0 ? x + width - 1 : x, y + generator.integers(1, height - 1)] as const
      : [x + generator.integers(1, width - 1), exit === 1 ? y + height - 1 : y] as const;
    if (addRooms(generator, chain, left - 1, largest, SIDES[(exit + 2) % 4]!, next)) break;
  }
  return true;
}

/** The upper left field of a room whose wall on a side has a door, which is not in a corner. */
function behind(
  generator: Generator,
  [x, y]: Room["door"],
  side: Side,
  width: number,
  height: number,
): readonly [x: number, y: number] {
  if (side % 2 === 0) return [side === 0 ? x - width + 1 : x, generator.integers(y - height + 2, y)];
  return [generator.integers(x - width + 2, x), side === 1 ? y - height + 1 : y];
}
