import type { AgentFamilyName } from "../settings/agent_families.ts";
import { AGENT_KINDS } from "../settings/agents.ts";
import type { AgentName } from "../settings/settings.ts";
import type { AgentBehaviour } from "./agent_behaviour.ts";
import { NETWORK_BEHAVIOUR } from "./network_behaviour.ts";
import { PQN_BEHAVIOUR } from "./pqn_behaviour.ts";
import { RANDOM_BEHAVIOUR } from "./random_behaviour.ts";
import { TABLE_BEHAVIOUR } from "./table_behaviour.ts";

/** The behaviour of each family of `settings/agent_families.ts`. */
const AGENT_BEHAVIOURS: Readonly<Record<AgentFamilyName, AgentBehaviour>> = {
  random: RANDOM_BEHAVIOUR,
  table: TABLE_BEHAVIOUR,
  network: NETWORK_BEHAVIOUR,
  rollouts: PQN_BEHAVIOUR,
};

/** The behaviour of an agent. */
export function behaviourOf(agent: AgentName): AgentBehaviour {
  return AGENT_BEHAVIOURS[AGENT_KINDS[agent].family];
}
