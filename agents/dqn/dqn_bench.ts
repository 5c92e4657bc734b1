import { CartPole } from "../../envs/mod.ts";
import { Dqn } from "./dqn.ts";
import { Pcg32 } from "../pcg32.ts";
import { ReplayBuffer } from "../replay/replay_buffer.ts";

const env = new CartPole();
const { observation } = env.reset({ seed: 0 });
const transition = {
  observation,
  action: 1,
  reward: 1,
  nextObservation: observation,
  terminated: false,
  truncated: false,
};

for (const kernel of ["reference", "simd"] as const) {
  const baseline = kernel === "reference";
  const options = { hidden: [128, 128], batchSize: 32, learningStarts: 1, kernel };
  const agent = new Dqn(env, options);
  for (let i = 0; i < 1_000; i++) agent.observe({ ...transition, reward: i % 2 });
  Deno.bench({
    name: `observe with one update, 4-128-128-2 × 32, ${kernel}`,
    group: "update",
    baseline,
    fn: () => void agent.observe(transition),
  });
  Deno.bench({
    name: `act greedily, 4-128-128-2, ${kernel}`,
    group: "act",
    baseline,
    fn: () => void agent.act(observation, { greedy: true }),
  });
}

const buffer = new ReplayBuffer({ capacity: 100_000, observationLength: 4 });
for (let i = 0; i < 100_000; i++) buffer.add(transition);
const random = Pcg32.seeded(0n);
const batch = buffer.sample(32, random);
Deno.bench("sample 32 of 100,000 transitions", { group: "replay", baseline: true }, () => {
  buffer.sampleInto(batch, random);
});
Deno.bench("add a transition", { group: "replay" }, () => void buffer.add(transition));
