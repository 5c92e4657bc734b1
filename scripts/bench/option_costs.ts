/**
 * The cost of each DQN option.
 *
 * @module
 */

import { Dqn, type DqnOptions, Pcg32, type Transition } from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";
import { markdownTable } from "../cli/table.ts";
import { measure, type Subject, subject } from "./measure.ts";

/** One line of the table. */
export interface OptionCost {
  /** The option, or a bundle of options. */
  option: string;
  /** Median microseconds to observe one step and to make one update. */
  updateUs: number;
  /** The ratio to plain DQN in the same rounds. */
  ratio: number;
}

/** The network and the batch of all timings. */
export const OPTION_WORKLOAD = "4-64-64-2 × 128";

const C51 = { distribution: "c51", vMin: 0, vMax: 200 } as const;

/** Options by name, plain DQN first. */
const OPTIONS: readonly (readonly [string, DqnOptions])[] = [
  ["DQN", {}],
  ["double", { double: true }],
  ["dueling", { dueling: true }],
  ["prioritized", { prioritized: true }],
  ["n-step, 3", { nStep: 3 }],
  ["noisy", { noisy: true }],
  ["C51, 51 atoms", C51],
  ["QR, 51 quantiles", { distribution: "qr" }],
  ["Munchausen", { munchausen: true }],
  ["layer norm", { layerNorm: true }],
  ["Rainbow", { ...C51, double: true, dueling: true, prioritized: true, nStep: 3, noisy: true }],
];

/** Steps of CartPole-v1 with random actions, observed in turn. */
function recordSteps(count: number): Transition<Float32Array, number>[] {
  const env = makeEnv("CartPole-v1");
  const random = Pcg32.seeded(1n);
  let { observation } = env.reset({ seed: 1 });
  return Array.from({ length: count }, () => {
    const action = random.nextIndex(2);
    const step = env.step(action);
    const { reward, observation: nextObservation, terminated, truncated } = step;
    const transition = { observation, action, reward, nextObservation, terminated, truncated };
    observation = terminated || truncated ? env.reset().observation : nextObservation;
    return transition;
  });
}

function createSubject(
  name: string,
  options: DqnOptions,
  steps: readonly Transition<Float32Array, number>[],
): Subject {
  const agent = new Dqn(makeEnv("CartPole-v1"), {
    hidden: [64, 64],
    batchSize: 128,
    learningStarts: 1,
    ...options,
  });
  let turn = 0;
  return subject(name, () => void agent.observe(steps[turn++ % steps.length]!));
}

/** Times an update with each option alone, and with all options of Rainbow together. */
export async function benchOptions(): Promise<OptionCost[]> {
  const steps = recordSteps(10_000);
  const subjects = OPTIONS.map(([name, options]) => createSubject(name, options, steps));
  const timings = await measure(subjects, { rounds: 61, roundSeconds: 0.01 });
  return timings.map(({ seconds, ratio }, i) => ({ option: OPTIONS[i]![0], updateUs: seconds * 1e6, ratio }));
}

/** The results as a table. */
export function formatOptions(costs: readonly OptionCost[]): string {
  return markdownTable(
    [`one update, ${OPTION_WORKLOAD}`, "µs", "of DQN's"],
    costs.map(({ option, updateUs, ratio }) => [option, updateUs.toFixed(0), `${ratio.toFixed(2)}×`]),
  );
}
