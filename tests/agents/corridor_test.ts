import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type Agent,
  constantSchedule,
  createQNetworkAgent,
  Dqn,
  type DqnOptions,
  linearSchedule,
  QLearning,
} from "../../agents/mod.ts";
import { type Env, type Observation, OneHot, TimeLimit } from "../../envs/mod.ts";
import { Corridor, FIELDS, GAMMA, optimalValues } from "./_corridor.ts";

const OPTIMAL = optimalValues();
const BEST = OPTIMAL.map((row) => row.indexOf(Math.max(...row)));

/** An agent whose values can be read. */
interface Valuing<O extends Observation> extends Agent<O, number> {
  qValues(observation: O): Float32Array;
}

/**
 * Episodes from every field with every action first and the best ones after it, so that returns of several steps are those of the
 * best policy, too. Returns the agent's value of each action in each field.
 */
function learn<O extends Observation>(
  corridor: Corridor,
  env: Env<O, number>,
  agent: Valuing<O>,
  rounds: number,
): Float32Array[] {
  const maskOf = (info: { actionMask?: unknown }) =>
    info.actionMask instanceof Uint8Array ? info.actionMask : undefined;
  for (let round = 0; round < rounds; round++) {
    for (let start = 0; start < FIELDS; start++) {
      for (const first of [0, 1]) {
        corridor.start = start;
        let { observation, info } = env.reset();
        let action = first;
        for (let ended = false; !ended;) {
          const actionMask = maskOf(info);
          const step = env.step(action);
          const { observation: nextObservation, reward, terminated, truncated } = step;
          const nextActionMask = maskOf(step.info);
          agent.observe({
            observation,
            action,
            reward,
            nextObservation,
            terminated,
            truncated,
            actionMask,
            nextActionMask,
          });
          ({ observation, info } = step);
          ended = terminated || truncated;
          action = BEST[fieldOf(observation)]!;
        }
      }
    }
  }
  return Array.from({ length: FIELDS }, (_, field) => {
    corridor.start = field;
    return agent.qValues(env.reset().observation);
  });
}

function fieldOf(observation: Observation): number {
  return typeof observation === "number" ? observation : observation.indexOf(1);
}

function assertOptimal(values: readonly Float32Array[], tolerance: number, what: string): void {
  values.forEach((row, field) => {
    for (const action of [0, 1]) {
      assertAlmostEquals(row[action]!, OPTIMAL[field]![action]!, tolerance, `${what}: field ${field}`);
    }
  });
}

const ROUNDS = 300;

/** A linear function of a one-hot field is a table. */
const BASE: DqnOptions = {
  hidden: [],
  gamma: GAMMA,
  learningRate: 0.005,
  batchSize: 16,
  bufferSize: 256,
  learningStarts: 16,
  targetUpdateInterval: 20,
  epsilon: constantSchedule(0),
  atoms: 21,
  vMin: 0,
  vMax: 1,
  priorityBeta: linearSchedule(0.4, 1, 2_000),
};

/** Every option that can be combined with each other; c51 and qr exclude one another by being one option. */
const OPTIONS: Readonly<Record<string, DqnOptions>> = {
  double: { double: true },
  dueling: { dueling: true },
  prioritized: { prioritized: true },
  "3-step": { nStep: 3 },
  noisy: { noisy: true },
  c51: { distribution: "c51" },
  qr: { distribution: "qr" },
  munchausen: { munchausen: true, munchausenTau: 0.002, munchausenAlpha: 0.5 },
  mask: { actionMask: true },
};

function check(options: DqnOptions, limit: number | undefined, what: string): void {
  const corridor = new Corridor({ mask: options.actionMask === true });
  const env = new OneHot(limit === undefined ? corridor : new TimeLimit(corridor, limit));
  const agent = new Dqn(env, { ...BASE, ...options });
  const values = learn(corridor, env, agent, ROUNDS);
  // The noise of the weights never quite goes away, and so that of the targets.
  const tolerance = options.noisy === true ? 0.08 : options.distribution !== undefined ? 0.04 : 0.02;
  if (options.munchausen !== true) return assertOptimal(values, tolerance, what);
  // A policy of almost no temperature is the greedy one; the other action's value falls behind by the gap / (1 − α).
  values.forEach((row, field) => {
    const [best, other] = [BEST[field]!, 1 - BEST[field]!];
    const gap = OPTIMAL[field]![best]! - OPTIMAL[field]![other]!;
    assertAlmostEquals(row[best]!, OPTIMAL[field]![best]!, tolerance, `${what}: best of field ${field}`);
    if (options.nStep !== undefined) return; // the first step alone has Munchausen's reward
    const lowest = options.distribution === "c51" ? 0 : -1; // C51 knows no value below its first atom
    const expected = Math.max(lowest, OPTIMAL[field]![best]! - gap / (1 - 0.5));
    assertAlmostEquals(row[other]!, expected, 3 * tolerance, `${what}: other of field ${field}`);
  });
}

const names = Object.keys(OPTIONS);
for (const [i, first] of names.entries()) {
  Deno.test(`${first}, alone and with each other option, converges to the optimal values`, () => {
    check(OPTIONS[first]!, undefined, first);
    for (const second of names.slice(i + 1)) {
      if (first === "c51" && second === "qr") continue;
      check({ ...OPTIONS[first]!, ...OPTIONS[second]! }, undefined, `${first} and ${second}`);
    }
  });
}

Deno.test("a time limit changes no value: it does not leak into the bootstrap", () => {
  check({}, undefined, "plain");
  check({}, 2, "plain, cut after 2 steps");
  for (const name of names) check(OPTIONS[name]!, 2, `${name}, cut after 2 steps`);
  const corridor = new Corridor({ mask: false });
  const env = new OneHot(new TimeLimit(corridor, 2));
  const leaking = new Dqn(env, { ...BASE, truncatedAsTerminated: true });
  const values = learn(corridor, env, leaking, 130);
  assert(values[0]![1]! < 0.2, "the lecture's way of storing a cut loses what lies beyond it");
});

Deno.test("rainbow converges to the optimal values", () => {
  const { double, dueling, prioritized } = { double: true, dueling: true, prioritized: true };
  check({ double, dueling, prioritized, nStep: 3, noisy: true, distribution: "c51" }, undefined, "rainbow");
});

Deno.test("q-learning converges to the optimal values, with and without a time limit and a mask", () => {
  for (const mask of [false, true]) {
    for (const limit of [undefined, 2]) {
      const corridor = new Corridor({ mask });
      const env = limit === undefined ? corridor : new TimeLimit(corridor, limit);
      const agent = new QLearning(env, { gamma: GAMMA, learningRate: 0.5, epsilon: constantSchedule(0) });
      assertOptimal(learn(corridor, env, agent, 60), 1e-5, `mask ${mask}, limit ${limit}`);
    }
  }
});

Deno.test("a Q-network converges to the optimal values", () => {
  const corridor = new Corridor({ mask: false });
  const env = new OneHot(corridor);
  const agent = createQNetworkAgent(env, {
    hidden: [],
    gamma: GAMMA,
    learningRate: 0.002,
    epsilon: constantSchedule(0),
  });
  assertOptimal(learn(corridor, env, agent, ROUNDS), 0.05, "q-network");
  assertEquals(agent.replayBuffer.size, 1);
});

Deno.test("the best action of each field is the one that value iteration finds", () => {
  assertEquals(BEST, [1, 1, 1, 1, 1]);
  assertAlmostEquals(OPTIMAL[0]![1]!, GAMMA ** 4);
  assertAlmostEquals(OPTIMAL[0]![0]!, 0.3);
});
