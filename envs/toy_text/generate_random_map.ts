/**
 * Random maps for FrozenLake.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { isSolvable } from "./_frozen_lake_map.ts";
import { Generator } from "../random/generator.ts";

/** So many unsolvable maps in a row mean that there is hardly a solvable one. */
const ATTEMPTS = 10_000;

/** Options of {@linkcode generateRandomMap}. */
export interface GenerateRandomMapOptions {
  /**
   * Rows and columns, a whole number from 2 to 1000.
   *
   * @default {8}
   */
  size?: number;
  /**
   * How likely a tile is frozen, above 0 and at most 1.
   *
   * @default {0.8}
   */
  p?: number;
  /**
   * The seed: the same one gives the same map, on every machine, and the one that Gymnasium gives.
   *
   * @default {0}
   */
  seed?: number | bigint;
}

/**
 * Draws a map for FrozenLake with the start in the upper left corner and the goal in the lower right, again and again
 * until the goal can be reached (`gymnasium/envs/toy_text/frozen_lake.py`, `generate_random_map`).
 *
 * @param options Size, share of ice, and seed.
 * @returns The rows, of the letters S, F, H and G.
 * @throws {TypeError} When an option has the wrong type.
 * @throws {RangeError} When an option is out of range, or 10,000 maps in a row had no way to the goal.
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
  const probabilities = [p, 1 - p];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const letters = Array.from({ length: size * size }, () => "FH"[generator.weightedIndex(probabilities)]!);
    letters[0] = "S";
    letters[letters.length - 1] = "G";
    const desc = Array.from(
      { length: size },
      (_, row) => letters.slice(row * size, (row + 1) * size).join(""),
    );
    if (isSolvable(desc)) return desc;
  }
  throw refusal(
    RangeError,
    action,
    `p must be large enough for a way to the goal on ${size} × ${size} tiles`,
    p,
  );
}
