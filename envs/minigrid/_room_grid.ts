/**
 * Rooms of one size in rows and columns (`minigrid/core/roomgrid.py`).
 *
 * @module
 */

import { cellOf, CLOSED, DOOR, DRAWN_COLOURS, EMPTY, LOCKED, WALL } from "./_cells.ts";
import { placeAgent, placeObject } from "./_place.ts";
import type { Area, World } from "./_world.ts";

/** Draws of a place before an error. */
const DRAWS = 1_001;

/** A wall of a room: right, lower, left, upper. */
export type Side = 0 | 1 | 2 | 3;
const SIDES: readonly Side[] = [0, 1, 2, 3];

interface Room extends Area {
  /** The field of the door on each side; undefined where no room is beyond. */
  readonly gates: (number | undefined)[];
  /** Whether one can, or could with a key, go through each side. */
  readonly isOpen: boolean[];
  isLocked: boolean;
}

/** The rooms of a grid while it is made. */
export class RoomGrid {
  readonly #world: World;
  readonly #columns: number;
  readonly #rows: number;
  readonly #rooms: Room[];

  /** Makes the walls, and draws where doors may be. The player is in the middle until it is placed. */
  constructor(world: World, size: number, columns: number, rows: number) {
    this.#world = world;
    [this.#columns, this.#rows] = [columns, rows];
    this.#rooms = Array.from({ length: columns * rows }, (_, i) => ({
      x: (i % columns) * (size - 1),
      y: Math.floor(i / columns) * (size - 1),
      width: size,
      height: size,
      gates: new Array<undefined>(4).fill(undefined),
      isOpen: new Array<boolean>(4).fill(false),
      isLocked: false,
    }));
    for (const room of this.#rooms) world.enclose(room);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) this.#drawGates(column, row);
    }
    const middle = (count: number) => Math.floor(count / 2) * (size - 1) + Math.floor(size / 2);
    world.agent = world.at(middle(columns), middle(rows));
    world.direction = 0;
  }

  /** Draws a colour. */
  drawColour(): number {
    return this.#world.generator.choice(DRAWN_COLOURS);
  }

  /** Puts an object of a kind into a room, not next to the player; its colour is drawn unless given. */
  addObject(column: number, row: number, kind: number, colour: number = this.drawColour()): number {
    const world = this.#world;
    const cell = cellOf(kind, colour);
    const [x, y] = [world.columnOf(world.agent), world.rowOf(world.agent)];
    const rejects = (index: number) =>
      Math.abs(world.columnOf(index) - x) + Math.abs(world.rowOf(index) - y) < 2;
    placeObject(world, cell, this.#room(column, row), { rejects, draws: DRAWS });
    return cell;
  }

  /** Puts a door into a wall of a room; its colour is drawn unless given. Returns the colour and the field. */
  addDoor(
    column: number,
    row: number,
    side: Side,
    isLocked: boolean,
    colour: number = this.drawColour(),
  ): { colour: number; index: number } {
    const room = this.#room(column, row);
    const index = room.gates[side]!;
    room.isLocked = isLocked;
    this.#world.cells[index] = cellOf(DOOR, colour, isLocked ? LOCKED : CLOSED);
    this.#connect(column, row, side);
    return { colour, index };
  }

  /** Takes the upper wall of a room away. */
  removeUpperWall(column: number, row: number): void {
    const { x, y, width } = this.#room(column, row);
    this.#world.fill({ x: x + 1, y, width: width - 2, height: 1 }, EMPTY);
    this.#connect(column, row, 3);
  }

  /** Puts the player into a room, where only a wall or an empty field is ahead. */
  placeAgent(column: number, row: number): void {
    const world = this.#world;
    let ahead;
    do {
      placeAgent(world, this.#room(column, row), { draws: DRAWS });
      ahead = world.cells[world.front];
    } while (ahead !== EMPTY && ahead !== WALL);
  }

  /** Adds closed doors at random, not to locked rooms, until the player could reach every room. */
  connectAll(): void {
    const { generator } = this.#world;
    while (this.#reachable().size < this.#rooms.length) {
      const [column, row] = [generator.integers(0, this.#columns), generator.integers(0, this.#rows)];
      const side = generator.choice(SIDES);
      const room = this.#room(column, row);
      if (room.gates[side] === undefined || room.isOpen[side]) continue;
      if (room.isLocked || this.#neighbour(column, row, side).isLocked) continue;
      this.addDoor(column, row, side, false);
    }
  }

  /** The fields for doors to the right of a room and below it; those to the left and above are its neighbours'. */
  #drawGates(column: number, row: number): void {
    const world = this.#world;
    const { generator } = world;
    const room = this.#room(column, row);
    const [right, bottom] = [room.x + room.width - 1, room.y + room.height - 1];
    if (column < this.#columns - 1) {
      const gate = world.at(right, generator.integers(room.y + 1, bottom));
      room.gates[0] = this.#neighbour(column, row, 0).gates[2] = gate;
    }
    if (row < this.#rows - 1) {
      const gate = world.at(generator.integers(room.x + 1, right), bottom);
      room.gates[1] = this.#neighbour(column, row, 1).gates[3] = gate;
    }
  }

  #connect(column: number, row: number, side: Side): void {
    this.#room(column, row).isOpen[side] = true;
    this.#neighbour(column, row, side).isOpen[(side + 2) % 4] = true;
  }

  /** The rooms that can be reached from the player's. */
  #reachable(): Set<Room> {
    const world = this.#world;
    const size = this.#rooms[0]!.width - 1;
    const start = [world.columnOf(world.agent), world.rowOf(world.agent)].map((at) => Math.floor(at / size));
    const reached = new Set<Room>();
    const visit = (column: number, row: number): void => {
      const room = this.#room(column, row);
      if (reached.has(room)) return;
      reached.add(room);
      for (const side of SIDES) {
        if (room.isOpen[side]) visit(...beyond(column, row, side));
      }
    };
    visit(start[0]!, start[1]!);
    return reached;
  }

  #room(column: number, row: number): Room {
    return this.#rooms[row * this.#columns + column]!;
  }

  #neighbour(column: number, row: number, side: Side): Room {
    return this.#room(...beyond(column, row, side));
  }
}

/** The column and row of the room beyond a wall. */
function beyond(column: number, row: number, side: Side): readonly [column: number, row: number] {
  return side % 2 === 0 ? [column + 1 - side, row] : [column, row + 2 - side];
}
