import type { DiscreteAction } from "../envs/env.ts";
import { allowedAction, countAllowed } from "./action_mask.ts";
import type { ActionRows } from "./action_rows.ts";
import { checkMask } from "./check_mask.ts";
import type { Pcg32 } from "./pcg32.ts";

/**
 * Draws for each part of an action whether it is random, and if so one of its allowed values.
 *
 * @param actions The actions.
 * @param random The stream to draw from.
 * @param epsilon The probability that a part is random.
 * @param mask Which values are allowed, part after part; undefined allows all.
 * @param chosen Receives each part's column among the outputs; −1 for parts that are not random.
 * @returns Whether every part is random.
 * @throws {TypeError} If the mask has the wrong length.
 */
export function exploreParts(
  actions: ActionRows<DiscreteAction>,
  random: Pcg32,
  epsilon: number,
  mask: Uint8Array | undefined,
  chosen: Int32Array,
): boolean {
  const { counts } = actions;
  let all = true;
  let first = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    const explores = random.next() < epsilon;
    if (!explores) {
      chosen[i] = -1;
      all = false;
    } else if (mask === undefined) chosen[i] = first + random.nextIndex(count);
    else {
      checkMask(mask, actions.size);
      const own = mask.subarray(first, first + count);
      chosen[i] = first + allowedAction(own, random.nextIndex(countAllowed(own)));
    }
    first += count;
  }
  return all;
}
