import { Box, Discrete, type DiscreteAction, MultiDiscrete } from "../../envs/mod.ts";
import { Pcg32 } from "../pcg32.ts";
import { Dqn, type DqnSpaces } from "./dqn.ts";

const LENGTH = 17;
const PARTS = [3, 3, 3, 3, 3, 3];
const observationSpace = new Box(-1, 1, { shape: [LENGTH] });
const random = Pcg32.seeded(3n);

/** Times a step with one update of 256 transitions that are all different. */
function bench<A extends DiscreteAction>(name: string, spaces: DqnSpaces<A>, draw: () => A): void {
  const agent = new Dqn(spaces, {
    hidden: [256, 256],
    batchSize: 256,
    bufferSize: 4_096,
    learningStarts: 4_096,
  });
  const observe = () => Float32Array.from({ length: LENGTH }, () => 2 * random.next() - 1);
  const transitions = Array.from({ length: 4_096 }, () => ({
    observation: observe(),
    action: draw(),
    reward: random.next(),
    nextObservation: observe(),
    terminated: false,
    truncated: false,
  }));
  for (const transition of transitions) agent.observe(transition);
  let turn = 0;
  Deno.bench({
    name,
    group: "17-256-256 × 256",
    baseline: name === "18 actions",
    fn: () => void agent.observe(transitions[turn++ % transitions.length]!),
  });
}

const whole = new Discrete(18);
bench("18 actions", { observationSpace, actionSpace: whole }, () => random.nextIndex(18));
const combinations = new Discrete(729);
bench("729 actions", { observationSpace, actionSpace: combinations }, () => random.nextIndex(729));
const parts = new MultiDiscrete(PARTS);
bench(
  "6 parts of 3 values",
  { observationSpace, actionSpace: parts },
  () => Int32Array.from(PARTS, (count) => random.nextIndex(count)),
);
