import { makeVectorEnv } from "../../envs/mod.ts";
import { train } from "../train.ts";
import { Pqn } from "./pqn.ts";

/** CleanRL's network, and a rollout of 8 × 32. */
const ENVS = 8, TURNS = 32;

for (const kernel of ["reference", "simd"] as const) {
  const envs = makeVectorEnv("CartPole-v1", ENVS);
  const agent = new Pqn(envs, { hidden: [120, 84], rolloutSteps: TURNS, kernel });
  const training = train(envs, agent);
  Deno.bench({
    name: `a rollout of 8 × 32 and its update, 4-120-84-2, ${kernel}`,
    group: "rollout",
    baseline: kernel === "reference",
    fn: () => {
      const target = agent.gradientSteps + 16;
      while (agent.gradientSteps < target) training.next();
    },
  });
  const actions = new Int32Array(ENVS);
  Deno.bench({
    name: `act in 8 environments, 4-120-84-2, ${kernel}`,
    group: "act",
    baseline: kernel === "reference",
    fn: () => agent.actMany(envs.observations, actions),
  });
}
