import {
  constantSchedule,
  createQNetworkAgent,
  linearSchedule,
  NStep,
  Pcg32,
  PrioritizedSampler,
  QLearning,
  RandomAgent,
  ReplayBuffer,
  summarizeReturns,
  SumTree,
  TrainingLoop,
} from "../../agents/mod.ts";
import { Box, CartPole, Discrete } from "../../envs/mod.ts";
import { assertKeepsOrRefuses, type Keeper, type Rounding } from "../_odd_numbers.ts";

const STEP = {
  observation: Float32Array.of(1),
  action: 0,
  reward: 0,
  nextObservation: Float32Array.of(1),
  terminated: true,
  truncated: false,
};

/** The one transition of a buffer. */
function stored(transition: Parameters<ReplayBuffer["add"]>[0]) {
  const buffer = new ReplayBuffer({ capacity: 1, observationLength: 1 });
  buffer.add(transition);
  return ReplayBuffer.from(buffer.snapshot()).sample(1, Pcg32.seeded(0n));
}

/** A buffer's snapshot with other columns, restored. */
function restored(column: "rewards" | "observations" | "nextObservations", value: number): number {
  const buffer = new ReplayBuffer({ capacity: 1, observationLength: 1 });
  buffer.add(STEP);
  const snapshot = buffer.snapshot();
  const columns = { ...snapshot.columns, [column]: Float32Array.of(value) };
  return ReplayBuffer.from({ ...snapshot, columns }).snapshot().columns[column][0]!;
}

function waiting(changes: Partial<typeof STEP>) {
  const nStep = new NStep({ n: 2, gamma: 1, observationLength: 1 });
  nStep.add({ ...STEP, terminated: false, ...changes }, () => {});
  return nStep.snapshot();
}

function restoredNStep(changes: { actions?: number[]; rewards?: number[] }) {
  const nStep = new NStep({ n: 2, gamma: 1, observationLength: 1 });
  nStep.restore({ ...waiting({}), ...changes });
  return nStep.snapshot();
}

const SPACES = { observationSpace: new Discrete(2), actionSpace: new Discrete(1) };
const TABLE_STEP = { ...STEP, observation: 0, nextObservation: 1 };

function table(value: number): Float32Array {
  return Float32Array.of(value, 0);
}

const PRIORITIES = { capacity: 2, alpha: 1, epsilon: 0 };

/** The loop's state after a step, with another number, restored. */
function resumed(name: "step" | "episode" | "length" | "updates" | "episodeReturn" | "lossSum" | "meanQSum") {
  return (value: number) => {
    const env = new CartPole();
    const loop = new TrainingLoop(env, new RandomAgent(env), { steps: 1 });
    for (const { kind } of loop.records()) if (kind === "step") break;
    const resume = { ...loop.snapshot(), [name]: value };
    return new TrainingLoop(env, new RandomAgent(env), { resume }).snapshot()[name];
  };
}

const KEEPERS: readonly (readonly [what: string, rounding: Rounding, keep: Keeper])[] = [
  ["ReplayBuffer.add(), reward", "as float32", (reward) => stored({ ...STEP, reward }).rewards[0]!],
  ["ReplayBuffer.add(), action", "exactly", (action) => stored({ ...STEP, action }).actions[0]!],
  ["ReplayBuffer.add(), steps", "exactly", (steps) => stored({ ...STEP, steps }).steps[0]!],
  [
    "ReplayBuffer.add(), observation",
    "as float32",
    (value) => stored({ ...STEP, observation: Float32Array.of(value) }).observations.data[0]!,
  ],
  [
    "ReplayBuffer.add(), next observation",
    "as float32",
    (value) => stored({ ...STEP, nextObservation: Float32Array.of(value) }).nextObservations.data[0]!,
  ],
  ["ReplayBuffer.from(), reward", "as float32", (value) => restored("rewards", value)],
  ["ReplayBuffer.from(), observation", "as float32", (value) => restored("observations", value)],
  ["ReplayBuffer.from(), next observation", "as float32", (value) => restored("nextObservations", value)],
  ["NStep.add(), reward", "exactly", (reward) => waiting({ reward }).rewards[0]!],
  ["NStep.add(), action", "exactly", (action) => waiting({ action }).actions[0]!],
  ["NStep.restore(), reward", "exactly", (reward) => restoredNStep({ rewards: [reward] }).rewards[0]!],
  ["NStep.restore(), action", "exactly", (action) => restoredNStep({ actions: [action] }).actions[0]!],
  ["SumTree.set()", "exactly", (priority) => {
    const tree = new SumTree(2);
    tree.set(0, priority);
    return tree.total;
  }],
  ["PrioritizedSampler.update()", "as float32", (surprise) => {
    const sampler = new PrioritizedSampler(PRIORITIES);
    sampler.update(Int32Array.of(0), Float32Array.of(surprise));
    return sampler.snapshot(1).priorities[0]!;
  }],
  ["PrioritizedSampler.from(), priority", "exactly", (priority) => {
    const snapshot = { priorities: Float64Array.of(priority), largest: 1 };
    return PrioritizedSampler.from(PRIORITIES, snapshot).snapshot(1).priorities[0]!;
  }],
  ["PrioritizedSampler.from(), largest", "exactly", (largest) => {
    return PrioritizedSampler.from(PRIORITIES, { priorities: new Float64Array(1), largest }).snapshot(1)
      .largest;
  }],
  ["QLearning.observe(), reward", "as float32", (reward) => {
    const agent = new QLearning(SPACES, { learningRate: 1 });
    agent.observe({ ...TABLE_STEP, reward });
    return agent.table[0]!;
  }],
  ["QLearning.from(), table", "as float32", (value) => {
    const snapshot = { ...new QLearning(SPACES).snapshot(), table: table(value) };
    return QLearning.from(SPACES, {}, snapshot).table[0]!;
  }],
  ["QLearning.from(), steps", "exactly", (steps) => {
    return QLearning.from(SPACES, {}, { ...new QLearning(SPACES).snapshot(), steps }).updates;
  }],
  ["QLearning.setTensors()", "as float32", (value) => {
    const agent = new QLearning(SPACES);
    agent.setTensors([{ name: "q_table", shape: [2, 1], data: table(value) }]);
    return agent.table[0]!;
  }],
  ["Dqn.observe(), reward", "as float32", (reward) => {
    const spaces = { observationSpace: new Box(-1, 1, { shape: [1] }), actionSpace: new Discrete(1) };
    const agent = createQNetworkAgent(spaces, { hidden: [2], learningRate: 1e-30 });
    agent.observe({ ...STEP, reward: 0 });
    const before = agent.replayBuffer.snapshot().columns.rewards[0]!;
    try {
      agent.observe({ ...STEP, reward });
    } catch (error) {
      // The loss of a huge reward is not finite; the reward itself has been stored as it is.
      if (!(error instanceof RangeError) || error.message.startsWith("Cannot observe")) throw error;
    }
    return agent.replayBuffer.snapshot().columns.rewards[0]! + before;
  }],
  ["constantSchedule()", "exactly", (value) => constantSchedule(value)(5)],
  ["linearSchedule(), start", "exactly", (start) => linearSchedule(start, 0, 10)(0)],
  ["linearSchedule(), end", "exactly", (end) => linearSchedule(0, end, 10)(10)],
  ["linearSchedule(), steps", "exactly", (steps) => {
    const schedule = linearSchedule(0, 1, steps);
    return schedule(steps) === 1 ? steps : NaN;
  }],
  ["summarizeReturns()", "exactly", (value) => summarizeReturns([value]).max],
  ["Pcg32.nextIndex()", "exactly", (count) => {
    const index = Pcg32.seeded(1n).nextIndex(count);
    return Number.isInteger(index) && index >= 0 && index < count ? count : NaN;
  }],
  ["TrainingLoop, step", "exactly", resumed("step")],
  ["TrainingLoop, episode", "exactly", resumed("episode")],
  ["TrainingLoop, length", "exactly", resumed("length")],
  ["TrainingLoop, updates", "exactly", resumed("updates")],
  ["TrainingLoop, episodeReturn", "exactly", resumed("episodeReturn")],
  ["TrainingLoop, lossSum", "exactly", resumed("lossSum")],
  ["TrainingLoop, meanQSum", "exactly", resumed("meanQSum")],
];

for (const [what, rounding, keep] of KEEPERS) {
  Deno.test(`${what}: a number is stored exactly or refused`, () =>
    assertKeepsOrRefuses(what, keep, rounding));
}
