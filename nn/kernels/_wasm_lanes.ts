/**
 * Lanes put together, and lanes left out.
 *
 * @module
 */

import { type I32, V128 } from "./_wasm_values.ts";

/** The four sums over atoms as one, in all lanes: (sum 0 + sum 2) + (sum 1 + sum 3). */
export function joined(sums: V128): V128 {
  const pairs = sums.add(sums.shuffle(sums, 2, 3, 0, 1));
  return pairs.add(pairs.shuffle(pairs, 1, 0, 3, 2));
}

/** All bits set in the first lanes, which take up so many bytes, none in the others. */
export function firstLanes(bytes: I32): V128 {
  return V128.ofI32(0, 4, 8, 12).ltI32(V128.splatI32(bytes));
}
