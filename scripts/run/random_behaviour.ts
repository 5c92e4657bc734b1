import { RandomAgent, readRandomAgentSnapshot } from "../../agents/mod.ts";
import type { AgentBehaviour } from "./agent_behaviour.ts";

/** Acts at random in the environment as it is. */
export const RANDOM_BEHAVIOUR: AgentBehaviour = {
  wrap: (env) => env,
  isObservation: () => true,
  create: (env, { seed }, snapshot) => ({
    agent: snapshot === undefined
      ? new RandomAgent(env, { seed })
      : RandomAgent.from(env, readRandomAgentSnapshot(snapshot)),
    learner: undefined,
  }),
  parameterCount: () => 0,
};
