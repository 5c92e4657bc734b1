import { counted } from "../values/counted.ts";
import { familyOf } from "./agents.ts";
import type { AgentName } from "./settings.ts";

/**
 * How many episodes were played, and how.
 *
 * @param count From 0.
 * @param agent Who played; greedily, if there is a policy to be greedy with.
 * @returns As in `100 greedy episodes`, `1 greedy episode`, `5 episodes`.
 */
export function episodesText(count: number, agent: AgentName): string {
  return counted(count, familyOf(agent).policy === "none" ? "episode" : "greedy episode");
}
