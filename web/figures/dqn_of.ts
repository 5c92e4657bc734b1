/**
 * The networks of a run.
 *
 * @module
 */

import { Dqn } from "@bellman/dqn/agents";
import type { PreparedRun } from "../../scripts/run/run.ts";

/** The agent of a run as a DQN. */
export function dqnOf({ agent }: Pick<PreparedRun, "agent">): Dqn {
  if (agent instanceof Dqn) return agent;
  throw new TypeError("Cannot show the network: the agent must be a Dqn, got another");
}
