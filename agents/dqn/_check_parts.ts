import type { DiscreteAction } from "../../envs/env.ts";
import type { ActionRows } from "../action_rows.ts";
import { failOption } from "./check_options.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";

/**
 * Throws a RangeError if an option does not work with actions of several parts. Munchausen needs the probabilities of whole actions
 * under one temperature, which its paper defines for one part.
 */
export function checkParts(
  { munchausen }: ResolvedDqnOptions,
  { width }: Pick<ActionRows<DiscreteAction>, "width">,
): void {
  if (width === 1) return;
  if (!munchausen) return;
  failOption(RangeError, "a Dqn", "munchausen", `false for actions of several parts, ${width}`, munchausen);
}
