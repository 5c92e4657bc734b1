import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  type Agent,
  Dqn,
  RandomAgent,
  train,
  type TrainOptions,
  type TrainRecord,
  TrajectoryHash,
} from "../../agents/mod.ts";
import {
  CartPole,
  type Env,
  FrameStack,
  type Info,
  makeEnv,
  type ResetOptions,
  RewardScale,
  TimeLimit,
} from "../../envs/mod.ts";

const OPTIONS = { hidden: [16], batchSize: 8, learningStarts: 50 };

function collect(options: TrainOptions<Float32Array, number>) {
  const env = makeEnv("CartPole-v1");
  const agent = new Dqn(env, OPTIONS);
  const hash = new TrajectoryHash();
  const records: TrainRecord<Float32Array, number>[] = [];
  for (const record of train(env, agent, options)) {
    if (record.kind === "step") hash.add(record);
    records.push(record.kind === "step" ? { ...record } : record);
  }
  return { records, trajectory: hash.digest(), weights: agent.onlineNetwork.parameters.slice() };
}

Deno.test("records tell of every step and every episode", () => {
  const { records } = collect({ seed: 4, steps: 300 });
  const steps = records.filter((record) => record.kind === "step");
  assertEquals(steps.map(({ step }) => step), Array.from({ length: 300 }, (_, i) => i + 1));
  const episodes = records.filter((record) => record.kind === "episode");
  assertEquals(episodes.map(({ episode }) => episode), episodes.map((_, i) => i + 1));
  let start = 0;
  for (const episode of episodes) {
    const own = steps.slice(start, episode.step);
    assertEquals(episode.length, own.length);
    assertEquals(episode.return, own.reduce((sum, { reward }) => sum + reward, 0));
    assertEquals(
      own.map(({ terminated, truncated }) => terminated || truncated).indexOf(true),
      own.length - 1,
    );
    const losses = own.flatMap(({ learning }) => learning === undefined ? [] : [1]);
    assertEquals(episode.loss === undefined, losses.length === 0);
    start = episode.step;
  }
  // Each step goes on where the one before it ended, but for the first of an episode.
  steps.forEach((step, i) => {
    const previous = steps[i - 1];
    if (previous !== undefined && !previous.terminated) {
      assertEquals(step.observation, previous.nextObservation);
    }
  });
});

Deno.test("the loop starts where Gymnasium starts", () => {
  const { records } = collect({ seed: 42, steps: 1 });
  const [first] = records;
  assert(first?.kind === "step");
  assertEquals(first.observation, makeEnv("CartPole-v1").reset({ seed: 42 }).observation);
});

Deno.test("evaluating, however often, leaves training unchanged in every bit", () => {
  const plain = collect({ seed: 1, steps: 400 });
  for (const [interval, episodes] of [[400, 1], [100, 3], [37, 2]] as const) {
    const evaluation = { env: makeEnv("CartPole-v1"), interval, episodes, seed: 9 };
    const evaluated = collect({ seed: 1, steps: 400, evaluation });
    assertEquals(evaluated.trajectory, plain.trajectory);
    assertEquals(evaluated.weights, plain.weights);
    const at = evaluated.records.flatMap((record) => record.kind === "evaluation" ? [record.step] : []);
    assertEquals(at, Array.from({ length: Math.floor(400 / interval) }, (_, i) => (i + 1) * interval));
  }
});

Deno.test("evaluating a random agent changes nothing either", () => {
  const actions = (interval: number | undefined) => {
    const env = makeEnv("CartPole-v1");
    const evaluation = interval === undefined
      ? undefined
      : { env: makeEnv("CartPole-v1"), interval, episodes: 2, seed: 3 };
    const taken: number[] = [];
    for (const record of train(env, new RandomAgent(env, { seed: 1 }), { seed: 1, steps: 300, evaluation })) {
      if (record.kind === "step") taken.push(record.action);
    }
    return taken;
  };
  const plain = actions(undefined);
  assertEquals(plain.length, 300);
  for (const interval of [1, 50, 299]) assertEquals(actions(interval), plain);
});

Deno.test("an evaluation yields its episodes, then their statistics", () => {
  const evaluation = { env: makeEnv("CartPole-v1"), interval: 50, episodes: 3, seed: 9 };
  const { records } = collect({ seed: 1, steps: 60, evaluation });
  const at = records.findIndex((record) => record.kind === "evaluation");
  const result = records[at];
  assert(result?.kind === "evaluation");
  const returns = records.slice(at - 3, at).map((record) => {
    assert(record.kind === "evaluation episode");
    return record.return;
  });
  assertEquals(returns, result.evaluation.returns);
});

Deno.test("the same seed gives the same bits, another seed others", () => {
  const first = collect({ seed: 1, steps: 300 });
  const second = collect({ seed: 1, steps: 300 });
  const other = collect({ seed: 2, steps: 300 });
  assertEquals([second.trajectory, second.weights], [first.trajectory, first.weights]);
  assertEquals(other.trajectory === first.trajectory, false);
});

Deno.test("the loop ends after so many episodes", () => {
  const { records } = collect({ episodes: 3 });
  assertEquals(records.filter((record) => record.kind === "episode").length, 3);
  assertEquals(records.at(-1)?.kind, "episode");
});

Deno.test("mean loss and mean Q are those of the episode's updates", () => {
  const env = makeEnv("CartPole-v1");
  let k = 0;
  const agent: Agent<Float32Array, number> = {
    act: () => 0,
    observe: () => ++k % 2 === 0 ? { loss: k, meanQ: 10 * k } : undefined,
  };
  for (const record of train(env, agent, { episodes: 1 })) {
    if (record.kind !== "episode") continue;
    const updates = Array.from({ length: Math.floor(record.length / 2) }, (_, i) => 2 * (i + 1));
    const mean = updates.reduce((a, b) => a + b) / updates.length;
    assertAlmostEquals(record.loss!, mean, 1e-12);
    assertAlmostEquals(record.meanQ!, 10 * mean, 1e-12);
    assertEquals(record.epsilon, undefined);
  }
});

/** CartPole that spoils its `at`-th step. */
function spoiled(
  at: number,
  spoil: (result: ReturnType<CartPole["step"]>) => void,
): Env<Float32Array, number> {
  let step = 0;
  return new class extends CartPole {
    override step(action: number) {
      const result = super.step(action);
      if (++step === at) spoil(result);
      return result;
    }
  }();
}

Deno.test("an observation or a reward that is not finite stops training with its step", () => {
  const go = (env: Env<Float32Array, number>) => () => {
    for (const _ of train(env, { act: () => 0, observe: () => undefined }, { steps: 100 }));
  };
  const nan = spoiled(5, (result) => result.observation[2] = NaN);
  assertThrows(
    go(nan),
    RangeError,
    "Cannot continue training at step 5: the observation must be finite, got NaN at index 2",
  );
  const infinite = spoiled(3, (result) => result.reward = Infinity);
  assertThrows(go(infinite), RangeError, "at step 3: the reward must be finite, got Infinity");
  for (const name of ["terminated", "truncated"]) {
    for (const odd of [undefined, 1, "false"]) {
      const flagless = spoiled(4, (result) => Object.assign(result, { [name]: odd }));
      assertThrows(
        go(flagless),
        TypeError,
        `Cannot continue training: ${name} must be true or false, got ${odd}`,
      );
    }
  }
});

Deno.test("the loop refuses bad budgets", () => {
  const env = makeEnv("CartPole-v1");
  const agent = new Dqn(env, OPTIONS);
  for (const options of [{ steps: 0 }, { steps: 1.5 }, { episodes: -1 }, { episodes: NaN }]) {
    const [name, value] = Object.entries(options).flat();
    assertThrows(
      () => train(env, agent, options).next(),
      RangeError,
      `Cannot train: ${name} must be a whole number from 1, got ${value}`,
    );
  }
  const evaluation = { env: makeEnv("CartPole-v1"), interval: 1, episodes: 1, seed: 0 };
  const start = (changes: Partial<typeof evaluation>) => () =>
    train(env, agent, { evaluation: { ...evaluation, ...changes } }).next();
  assertThrows(start({ interval: 0 }), RangeError, "evaluation.interval");
  assertThrows(start({ episodes: 0 }), RangeError, "evaluation.episodes");
  for (const seed of [-1, 0.5, NaN, 2 ** 53]) {
    assertThrows(start({ seed }), RangeError, "evaluation.seed must be a whole number from 0");
    assertThrows(() => train(env, agent, { seed }).next(), RangeError, "seed must be a whole number from 0");
  }
  assertThrows(start({ env }), TypeError, "evaluation.env must be another environment");
});

Deno.test("the loop refuses to evaluate in the environment that it trains in, whatever is wrapped around it", () => {
  const inner = new CartPole();
  const outer = new RewardScale(new TimeLimit(inner, 50), 0.5);
  const agent = new RandomAgent(inner);
  const start = (env: Env<Float32Array, number>, evaluationEnv: Env<Float32Array, number>) => () =>
    train(env, agent, { steps: 1, evaluation: { env: evaluationEnv, interval: 1, episodes: 1, seed: 0 } })
      .next();
  const pairs = [[inner, outer], [outer, inner], [outer, new TimeLimit(inner, 9)], [
    outer,
    outer.env,
  ]] as const;
  for (const [env, evaluationEnv] of pairs) {
    assertThrows(start(env, evaluationEnv), TypeError, "evaluation.env must be another environment");
  }
  assertEquals(start(outer, new CartPole())().done, false);
});

/** CartPole whose observations a function shows. */
function showing(show: (observation: Float32Array) => Float32Array): Env<Float32Array, number> {
  return new class extends CartPole {
    override reset(options?: ResetOptions) {
      const result = super.reset(options);
      return { ...result, observation: show(result.observation) };
    }
    override step(action: number) {
      const result = super.step(action);
      return { ...result, observation: show(result.observation) };
    }
  }();
}

const PUSHER: Agent<Float32Array, number> = { act: () => 1, observe: () => undefined };

const stepsOf = (env: Env<Float32Array, number>, steps: number) =>
  [...train(env, PUSHER, { steps })].filter(({ kind }) => kind === "step").length;

Deno.test("an environment that writes to observations it has returned stops training in the first steps", () => {
  const rows = new Float32Array(12);
  let shown = 0;
  const into = (at: () => Float32Array) => (observation: Float32Array) => {
    const row = at();
    row.set(observation);
    return row;
  };
  const view = (row: number) => rows.subarray(4 * row, 4 * row + 4);
  const one = view(0);
  const kinds: [what: string, step: number, show: (observation: Float32Array) => Float32Array][] = [
    ["one array", 1, into(() => one)],
    ["a new view of the same memory", 1, into(() => view(0))],
    ["two views in turn", 2, into(() => view(shown++ % 2))],
    ["three views in turn", 3, into(() => view(shown++ % 3))],
    ["one array that changes late", 181, (state) => shown++ < 200 ? one : into(() => one)(state)],
  ];
  for (const [what, step, show] of kinds) {
    shown = 0;
    const message =
      `Cannot continue training at step ${step}: the environment must return a new observation each time`;
    assertThrows(() => stepsOf(showing(show), 300), Error, message, what);
  }
});

Deno.test("an environment may return an unchanged array again, and wrappers that copy repair others", () => {
  const one = new Float32Array(4);
  const reusing = showing((observation) => {
    one.set(observation);
    return one;
  });
  assertEquals(stepsOf(new FrameStack(reusing, 2), 60), 60);
  const still = Float32Array.of(1, 2, 3, 4);
  assertEquals(stepsOf(showing(() => still), 1_100), 1_100);
});

Deno.test("an environment that writes to masks it has returned stops training in the first steps", () => {
  const make = (info: () => Info) =>
    new class extends CartPole {
      readonly offersActionMask = true;
      override reset(options?: ResetOptions) {
        return { ...super.reset(options), info: info() };
      }
      override step(action: number) {
        return { ...super.step(action), info: info() };
      }
    }();
  const mask = Uint8Array.of(1, 1);
  const turning = make(() => {
    mask[0] = 1 - mask[0]!;
    return { actionMask: mask };
  });
  assertThrows(
    () => stepsOf(turning, 20),
    Error,
    "Cannot continue training at step 1: the environment must return a new info.actionMask each time, got the array of step 0",
  );
  assertEquals(stepsOf(make(() => ({ actionMask: Uint8Array.of(1, 0) })), 60), 60);
  const constant = Uint8Array.of(1, 0);
  assertEquals(stepsOf(make(() => ({ actionMask: constant })), 60), 60);
});
