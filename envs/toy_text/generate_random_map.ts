/**
 * Random maps for FrozenLake.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { Generator } from "../random/generator.ts";

/** The most attempts; this many unsolvable maps in a row mean that solvable ones are too rare. */
const MOST_MAPS = 10_000;
/** The most tiles drawn: large maps get fewer attempts, but at least 10. */
const MOST_TILES = 10_000_000;

/** Options of {@linkcode generateRandomMap}. */
export interface GenerateRandomMapOptions {
  /**
   * Rows and columns, a whole number from 2 to 1000.
   *
   * @default {8}
   */
  size?: number;
  /**
   * The probability that a tile is frozen, above 0 and at most 1.
   *
   * @default {0.8}
   */
  p?: number;
  /**
   * The seed. The same seed gives the same map on every machine, and in Gymnasium.
   *
   * @default {0}
   */
  seed?: number | bigint;
}

/**
 * Draws a map for FrozenLake with the start in the upper left corner and the goal in the lower right, and repeats
 * until the goal can be reached (`gymnasium/envs/toy_text/frozen_lake.py`, `generate_random_map`).
 *
 * @param options Size, share of ice, and seed.
 * @returns The rows, of the letters S, F, H and G.
 * @throws {TypeError} When an option has the wrong type.
 * @throws {RangeError} When an option is out of range, or no map had a path to the goal among 10,000 up to size 31, or among
 * ten million tiles' worth of larger maps.
 *
 * @example Usage
 * ```ts
 * import { generateRandomMap, makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const desc = generateRandomMap({ size: 4, seed: 42 });
 * assertEquals(desc, ["SFHF", "FHFF", "FFFH", "FHFG"]);
 * const env = makeEnv("FrozenLake-v1", { desc });
 * assertEquals(env.reset({ seed: 0 }).observation, 0);
 * ```
 */
export function generateRandomMap(options: GenerateRandomMapOptions = {}): string[] {
  const { size = 8, p = 0.8, seed = 0 } = options;
  const action = "generate a random map";
  if (!Number.isSafeInteger(size)) throw refusal(TypeError, action, "size must be a whole number", size);
  if (size < 2 || size > 1000) throw refusal(RangeError, action, "size must be from 2 to 1000", size);
  if (typeof p !== "number") throw refusal(TypeError, action, "p must be a number", p);
  if (!(p > 0 && p <= 1)) throw refusal(RangeError, action, "p must be above 0 and at most 1", p);
  const generator = new Generator(seed);
  // Gymnasium's choice(["F", "H"], p=[p, 1 - p]) is F if a draw is below this.
  const frozen = p / (p + (1 - p));
  const tiles = size * size;
  const isFrozen = new Uint8Array(tiles);
  const open = new Uint8Array(tiles);
  const waiting = new Int32Array(tiles);
  const attempts = Math.min(MOST_MAPS, Math.floor(MOST_TILES / tiles));
  for (let attempt = 0; attempt < attempts; attempt++) {
    for (let tile = 0; tile < tiles; tile++) isFrozen[tile] = generator.random() < frozen ? 1 : 0;
    open.set(isFrozen);
    open[0] = open[tiles - 1] = 1;
    if (isSolvable(open, size, waiting)) return rowsOf(isFrozen, size);
  }
  throw refusal(
    RangeError,
    action,
    `p must be large enough for a path to the goal on ${size} × ${size} tiles`,
    p,
  );
}

/** Whether open tiles connect the first and the last tile; closes the tiles that it visits. */
function isSolvable(open: Uint8Array, size: number, waiting: Int32Array): boolean {
  const last = open.length - 1;
  let count = 1;
  waiting[0] = 0;
  open[0] = 0;
  const visit = (tile: number) => {
    if (open[tile] === 0) return;
    open[tile] = 0;
    waiting[count++] = tile;
  };
  while (count > 0) {
    const tile = waiting[--count]!;
    if (tile === last) return true;
    const column = tile % size;
    if (tile >= size) visit(tile - size);
    if (column > 0) visit(tile - 1);
    if (column < size - 1) visit(tile + 1);
    if (tile + size <= last) visit(tile + size);
  }
  return false;
}

function rowsOf(isFrozen: Uint8Array, size: number): string[] {
  const letters = Array.from(isFrozen, (frozen): string => frozen === 1 ? "F" : "H");
  letters[0] = "S";
  letters[letters.length - 1] = "G";
  return Array.from({ length: size }, (_, row) => letters.slice(row * size, (row + 1) * size).join(""));
}
