import { counted } from "../values/counted.ts";
import { familyOf } from "./agents.ts";
import type { AgentName } from "./settings.ts";

/**
 * The number and kind of played episodes.
 *
 * @param count From 0.
 * @param agent The agent; it plays greedily if it has a policy.
 * @returns Texts such as `100 greedy episodes`, `1 greedy episode`, `5 episodes`.
 */
export function episodesText(count: number, agent: AgentName): string {
  return counted(count, familyOf(agent).policy === "none" ? "episode" : "greedy episode");
}
