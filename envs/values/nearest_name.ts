/**
 * Suggestions for unknown names.
 *
 * @module
 */

import { closestString } from "@std/text/closest-string";

/**
 * The known name that was probably meant: one that begins with the word, or that differs from it in at most one letter in
 * three. Case is ignored.
 *
 * @param word The unknown name.
 * @param names The known names.
 * @returns The nearest of them; undefined if none is near.
 *
 * @example Usage
 * ```ts
 * import { nearestName } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearestName("gama", ["alpha", "gamma"]), "gamma");
 * assertEquals(nearestName("learning", ["learningRate", "gamma"]), "learningRate");
 * assertEquals(nearestName("banana", ["alpha", "gamma"]), undefined);
 * ```
 */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  const near = names.filter((name) => isNear(word.toLowerCase(), name.toLowerCase()));
  return near.length === 0 ? undefined : closestString(word, near);
}

/**
 * The end of an error message about an unknown name.
 *
 * @param word The unknown name.
 * @param names The known names.
 * @returns A text such as ` (did you mean gamma?)`; empty if no name is near.
 *
 * @example Usage
 * ```ts
 * import { didYouMean } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(didYouMean("gama", ["alpha", "gamma"]), " (did you mean gamma?)");
 * assertEquals(didYouMean("banana", ["alpha", "gamma"]), "");
 * ```
 */
export function didYouMean(word: string, names: readonly string[]): string {
  const nearest = nearestName(word, names);
  return nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
}

function isNear(word: string, name: string): boolean {
  if (word.length >= 2 && name.startsWith(word)) return true;
  return distanceBetween(word, name) <= Math.ceil(Math.max(word.length, name.length) / 3);
}

/** The number of letters to insert, remove or replace to turn one word into another (Levenshtein 1966). */
function distanceBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
