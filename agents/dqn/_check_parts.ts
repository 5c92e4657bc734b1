import type { DiscreteAction } from "../../envs/env.ts";
import type { ActionRows } from "../action_rows.ts";
import { failOption } from "./check_options.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";

/**
 * Throws a RangeError if an option does not work with actions of several parts. Munchausen needs the probabilities of whole actions
 * under one temperature, which its paper defines for one part; C51's distributions have a mean that is no softmax of logits.
 */
export function checkParts(
  { munchausen, distribution }: ResolvedDqnOptions,
  { width }: Pick<ActionRows<DiscreteAction>, "width">,
): void {
  if (width === 1) return;
  const where = `for actions of several parts, ${width}`;
  if (munchausen) failOption(RangeError, "a Dqn", "munchausen", `false ${where}`, munchausen);
  if (distribution === "c51") {
    failOption(RangeError, "a Dqn", "distribution", `none or qr ${where}`, distribution);
  }
}
