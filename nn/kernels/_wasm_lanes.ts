/**
 * Combining and masking lanes.
 *
 * @module
 */

import type { Code } from "./assembler/encoding.ts";
import { type V128Local, when } from "./assembler/statements.ts";
import type { I32 } from "./assembler/i32.ts";
import { V128 } from "./assembler/values.ts";

/** The four sums over atoms as one, in all lanes: (sum 0 + sum 2) + (sum 1 + sum 3). */
export function joined(sums: V128): V128 {
  const pairs = sums.add(sums.shuffle(sums, 2, 3, 0, 1));
  return pairs.add(pairs.shuffle(pairs, 1, 0, 3, 2));
}

/** A mask of the first lanes, given as a number of bytes. */
export function firstLanes(bytes: I32): V128 {
  return V128.ofI32(0, 4, 8, 12).ltI32(V128.splatI32(bytes));
}

/** Writes those of four values to `target + offset` whose offsets are below `end`. */
export function storeBelow(values: V128Local, target: I32, offset: I32, end: I32): Code {
  const whole = offset.add(12).lt(end);
  const lane = (k: number): Code => {
    const isIn = offset.add(4 * k).lt(end);
    return when(isIn, values.storeLane(k, target.add(offset), 4 * k));
  };
  return [...when(whole, values.store(target.add(offset))), ...when(whole.eqz(), lane(0), lane(1), lane(2))];
}
