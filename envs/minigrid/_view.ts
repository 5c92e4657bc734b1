/**
 * What the player sees (`minigrid/minigrid_env.py`, `gen_obs`, and `minigrid/core/grid.py`, `process_vis`).
 *
 * @module
 */

import { AGENT, colourOf, EMPTY, isOpaque, kindOf, RED, stateOf, UNSEEN } from "./_cells.ts";
import { VIEW_SIZE, type World } from "./_world.ts";

/** The player stands in the middle of the last row of the view. */
const MIDDLE = VIEW_SIZE >> 1;
const LAST = VIEW_SIZE - 1;

/** A row of the view as bits. */
const WHOLE_ROW = (1 << VIEW_SIZE) - 1;

/** Writes the partial view, turned so that the player looks up: column by column, three numbers per field. */
export class View {
  /** The fields of the view, column by column. */
  readonly #cells = new Uint16Array(VIEW_SIZE * VIEW_SIZE);
  /** For each row, which columns are seen, and which end the view. */
  readonly #seen = new Uint8Array(VIEW_SIZE);
  readonly #opaque = new Uint8Array(VIEW_SIZE);
  readonly #seesThroughWalls: boolean;

  constructor(seesThroughWalls: boolean) {
    this.#seesThroughWalls = seesThroughWalls;
  }

  /** Writes what the player of a world sees. */
  write(world: World, into: Uint8Array): void {
    this.#look(world);
    const cells = this.#cells;
    cells[MIDDLE * VIEW_SIZE + LAST] = world.carrying === 0 ? EMPTY : world.carrying;
    const seen = this.#seen;
    for (let column = 0, at = 0; column < VIEW_SIZE; column++) {
      for (let row = 0; row < VIEW_SIZE; row++, at++) {
        const isSeen = (seen[row]! >> column & 1) === 1;
        const cell = isSeen ? cells[at]! : UNSEEN;
        into[3 * at] = kindOf(cell);
        into[3 * at + 1] = colourOf(cell);
        into[3 * at + 2] = stateOf(cell);
      }
    }
  }

  /** Whether a field of the grid is seen, for each row of the view as bits, from the farthest to the player's own. */
  seenRows(world: World): Uint8Array {
    this.#look(world);
    return this.#seen;
  }

  #look(world: World): void {
    const { cells: grid, agent, direction } = world;
    const cells = this.#cells;
    const opaque = this.#opaque;
    const ahead = world.ahead(direction);
    const aside = world.ahead((direction + 1) % 4);
    opaque.fill(0);
    for (let column = 0, at = 0; column < VIEW_SIZE; column++) {
      let index = agent + (column - MIDDLE) * aside + LAST * ahead;
      for (let row = 0; row < VIEW_SIZE; row++, at++, index -= ahead) {
        const cell = grid[index]!;
        cells[at] = cell;
        if (isOpaque(cell)) opaque[row]! |= 1 << column;
      }
    }
    if (this.#seesThroughWalls) this.#seen.fill(WHOLE_ROW);
    else this.#spread();
  }

  /** From the player outwards, a field that is seen and not opaque shows its neighbours beside it and in the row ahead. */
  #spread(): void {
    const seen = this.#seen;
    seen.fill(0);
    seen[LAST] = 1 << MIDDLE;
    for (let row = LAST; row >= 0; row--) {
      const clear = ~this.#opaque[row]!;
      let own = seen[row]!;
      let next = 0;
      for (let column = 0; column < LAST; column++) {
        if ((own & clear & 1 << column) === 0) continue;
        own |= 2 << column;
        next |= 3 << column;
      }
      for (let column = LAST; column > 0; column--) {
        if ((own & clear & 1 << column) === 0) continue;
        own |= 1 << column >> 1;
        next |= 3 << column >> 1;
      }
      seen[row] = own;
      if (row > 0) seen[row - 1]! |= next;
    }
  }
}

/** Writes the whole grid column by column, three numbers per field. */
export function writeGrid(world: World, into: Uint8Array): void {
  for (let x = 0, at = 0; x < world.width; x++) {
    for (let y = 0; y < world.height; y++, at += 3) {
      const cell = world.cells[world.at(x, y)]!;
      into[at] = kindOf(cell);
      into[at + 1] = colourOf(cell);
      into[at + 2] = stateOf(cell);
    }
  }
}

/** Writes the player into the whole grid: its kind, red, and its direction. */
export function writeAgent(world: World, into: Uint8Array): void {
  const at = 3 * (world.columnOf(world.agent) * world.height + world.rowOf(world.agent));
  into.set([AGENT, RED, world.direction], at);
}
