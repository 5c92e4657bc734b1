import type { Dqn, Pqn } from "../../agents/mod.ts";
import type { DiscreteAction } from "../../envs/mod.ts";
import type { RunAgent } from "./agent_behaviour.ts";

/** An agent with a network as the agent of a run. */
export function networkRunAgent(
  agent: Dqn<DiscreteAction> | Pqn<DiscreteAction>,
  hasReplay: boolean,
): RunAgent {
  const learner = {
    learned: agent.onlineNetwork,
    kernel: agent.kernel,
    hasReplay,
    get gradientSteps() {
      return agent.gradientSteps;
    },
  };
  return { agent, vectorAgent: agent, learner, loadWeights: (bytes) => agent.loadWeights(bytes) };
}
