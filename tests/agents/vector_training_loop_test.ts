import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  constantSchedule,
  decodeSnapshot,
  Dqn,
  type DqnOptions,
  encodeSnapshot,
  RandomAgent,
  readDqnSnapshot,
  readVectorTrainingSnapshot,
  train,
  TrainingLoop,
  type TrainRecord,
  VectorTrainingLoop,
  type VectorTrainOptions,
} from "../../agents/mod.ts";
import { LunarLanderContinuous } from "../../envs/box2d/mod.ts";
import {
  Box,
  Discrete,
  type Env,
  makeEnv,
  MultiDiscreteActions,
  NormalizeObservation,
  OneHot,
  TimeLimit,
  VectorEnv,
} from "../../envs/mod.ts";

type Record = TrainRecord<Float32Array | Uint8Array, number>;

const SMALL: DqnOptions = { hidden: [9], batchSize: 8, learningStarts: 20, bufferSize: 100, seed: 3 };
const RAINBOW = { double: true, dueling: true, prioritized: true, nStep: 3, noisy: true } as const;
const VARIANTS: [string, DqnOptions][] = [
  ["plain", {}],
  ["3-step, prioritized, double", { nStep: 3, prioritized: true, double: true }],
  ["Rainbow", { ...RAINBOW, distribution: "c51", atoms: 5, vMin: 0, vMax: 30 }],
  ["every third step, two gradient steps, episodes", {
    trainInterval: 3,
    gradientSteps: 2,
    targetUpdateEpisodes: 2,
  }],
];

const makeCartPole = () => makeEnv("CartPole-v1", { maxEpisodeSteps: 30 });
const makeEnvs = (count: number) => new VectorEnv(makeCartPole, count);

/** Records in full: the objects and arrays of steps are used again. */
const collect = (records: Iterable<Record>) => Array.from(records, (record) => structuredClone(record));

for (const [name, options] of VARIANTS) {
  Deno.test(`one copy is one environment, bit for bit: ${name}`, () => {
    const settings = { seed: 7, steps: 150 };
    const evaluation = () => ({ env: makeCartPole(), interval: 40, episodes: 2, seed: 5 });
    const env = makeCartPole();
    const single = new Dqn(env, { ...SMALL, ...options });
    const expected = collect(train(env, single, { ...settings, evaluation: evaluation() }));
    const envs = makeEnvs(1);
    const agent = new Dqn(envs, { ...SMALL, ...options });
    const records = collect(train(envs, agent, { ...settings, evaluation: evaluation() }));
    const plain = (record: object) =>
      Object.fromEntries(
        Object.entries(record).filter(([key, value]) => key !== "copy" && value !== undefined),
      );
    assertEquals(records.map(plain), expected.map(plain));
    assertEquals(agent.snapshot(), single.snapshot());
  });

  for (const copies of [2, 5]) {
    Deno.test(`${copies} copies that are stopped anywhere continue as if they had never stopped: ${name}`, () => {
      const make = (bytes?: Uint8Array) => {
        const envs = makeEnvs(copies);
        const evaluation = { env: makeCartPole(), interval: 33, episodes: 2, seed: 5 };
        const settings: VectorTrainOptions = { seed: 1, steps: 140, evaluation };
        const all = { ...SMALL, ...options };
        if (bytes === undefined) {
          const agent = new Dqn(envs, all);
          return { agent, loop: new VectorTrainingLoop(envs, agent, settings) };
        }
        const saved = Object(decodeSnapshot(bytes).snapshot);
        const agent = Dqn.from(envs, all, readDqnSnapshot(saved.agent));
        const resume = readVectorTrainingSnapshot(saved.loop);
        return { agent, loop: new VectorTrainingLoop(envs, agent, { ...settings, resume }) };
      };
      const whole = make();
      const expected = collect(whole.loop.records());
      assert(expected.some(({ kind }) => kind === "episode"));
      const cuts = expected.flatMap(({ kind }, i) => kind !== "step" || i % 23 < 2 ? [i] : []);
      for (const cut of cuts) {
        const first = make();
        const begun: Record[] = [];
        for (const record of first.loop.records()) {
          begun.push(structuredClone(record));
          if (begun.length > cut) break;
        }
        const bytes = encodeSnapshot({ loop: first.loop.snapshot(), agent: first.agent.snapshot() });
        const second = make(bytes);
        assertEquals([...begun, ...collect(second.loop.records())], expected, `cut after record ${cut}`);
        assertEquals(second.agent.snapshot(), whole.agent.snapshot());
      }
    });
  }
}

/** Shows its number and the step, rewards the step, and ends after a few. */
class Clock implements Env<Float32Array, number> {
  readonly id = "Clock";
  readonly observationSpace = new Box(-1, 1000, { shape: [2] });
  readonly actionSpace = new Discrete(2);
  readonly maxEpisodeSteps = undefined;
  readonly renderFps = 1;
  readonly #number: number;
  readonly #length: number;
  #time = 0;

  constructor(number: number, length: number) {
    this.#number = number;
    this.#length = length;
  }

  #see() {
    return Float32Array.of(this.#number, this.#time);
  }

  reset() {
    this.#time = 0;
    return { observation: this.#see(), info: {} };
  }

  step(_action: number) {
    this.#time++;
    const terminated = this.#time === this.#length;
    return { observation: this.#see(), reward: this.#time, terminated, truncated: false, info: {} };
  }

  render() {
    return { x: 0, y: 0, width: 1, height: 1, background: "#fff", description: "a clock", shapes: [] };
  }

  snapshot() {
    return { time: this.#time };
  }

  restore(snapshot: { time?: unknown }) {
    this.#time = Number(snapshot.time);
  }
}

const makeClocks = (count: number, length = 4) => {
  let number = 0;
  return new VectorEnv(() => new Clock(number++, length), count);
};

Deno.test("several parts: one copy is one environment, and more can be stopped anywhere", () => {
  const make = () => new TimeLimit(new MultiDiscreteActions(new LunarLanderContinuous(), 3), 1_000);
  const options: DqnOptions = { ...SMALL, nStep: 3, prioritized: true };
  const settings = { seed: 7, steps: 130 };
  const evaluation = () => ({ env: make(), interval: 60, episodes: 1, seed: 5 });
  const env = make();
  const single = new Dqn(env, options);
  const own = Array.from(
    train(env, single, { ...settings, evaluation: evaluation() }),
    (record) => structuredClone(record),
  );
  const envs = new VectorEnv(make, 1);
  const only = new Dqn(envs, options);
  const records = Array.from(train(envs, only, { ...settings, evaluation: evaluation() }), (record) => {
    const { copy: _, ...rest } = { copy: 0, ...structuredClone(record) };
    return rest;
  });
  const plain = (record: object) =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
  assertEquals(records.map(plain), own.map(plain));
  assertEquals(only.snapshot(), single.snapshot());

  const create = (saved?: { loop: unknown; agent: unknown }) => {
    const envs = new VectorEnv(make, 3);
    const agent = saved === undefined
      ? new Dqn(envs, options)
      : Dqn.from(envs, options, readDqnSnapshot(saved.agent));
    const resume = saved === undefined ? undefined : readVectorTrainingSnapshot(saved.loop);
    const all = { ...settings, evaluation: evaluation(), resume };
    return { agent, loop: new VectorTrainingLoop(envs, agent, all) };
  };
  const whole = create();
  const expected: unknown[] = [];
  const saved: Uint8Array[] = [];
  for (const record of whole.loop.records()) {
    expected.push(structuredClone(record));
    saved.push(encodeSnapshot({ loop: whole.loop.snapshot(), agent: whole.agent.snapshot() }));
  }
  for (let at = 1; at <= saved.length; at += 17) {
    const { loop, agent } = Object(decodeSnapshot(saved[at - 1]!).snapshot);
    const resumed = create({ loop, agent });
    const rest = Array.from(resumed.loop.records(), (record) => structuredClone(record));
    assertEquals(rest, expected.slice(at), `after record ${at}`);
    assertEquals(resumed.agent.snapshot(), whole.agent.snapshot());
  }
});

Deno.test("action masks reach the agent: one copy is one environment, and more can be stopped anywhere", () => {
  const make = () => new OneHot(makeEnv("Taxi-v4", { maxEpisodeSteps: 30 }));
  const options: DqnOptions = { ...SMALL, nStep: 2, learningStarts: 40, epsilon: constantSchedule(0.5) };
  const settings = { seed: 7, steps: 150 };
  const plain = (record: object) => {
    const values = { copy: 0, ...structuredClone(record) };
    return { ...values, copy: 0 };
  };
  const env = make();
  const single = new Dqn(env, options);
  const own = Array.from(train(env, single, settings), plain);
  const envs = new VectorEnv(make, 1);
  const only = new Dqn(envs, options);
  assertEquals(only.options.actionMask, true);
  assertEquals(Array.from(train(envs, only, settings), plain), own);
  assertEquals(only.snapshot(), single.snapshot());

  const create = (saved?: { loop: unknown; agent: unknown }) => {
    const envs = new VectorEnv(make, 3);
    const agent = saved === undefined
      ? new Dqn(envs, options)
      : Dqn.from(envs, options, readDqnSnapshot(saved.agent));
    const resume = saved === undefined ? undefined : readVectorTrainingSnapshot(saved.loop);
    return { agent, loop: new VectorTrainingLoop(envs, agent, { ...settings, resume }) };
  };
  const whole = create();
  const expected: unknown[] = [];
  const saved: Uint8Array[] = [];
  let ends = 0;
  for (const record of whole.loop.records()) {
    if (record.kind === "step") {
      assertEquals(record.actionMask?.[record.action], 1);
      if (record.truncated) ends++;
    }
    expected.push(structuredClone(record));
    saved.push(encodeSnapshot({ loop: whole.loop.snapshot(), agent: whole.agent.snapshot() }));
  }
  assertEquals(ends, 3);
  for (let at = 1; at <= saved.length; at += 7) {
    const { loop, agent } = Object(decodeSnapshot(saved[at - 1]!).snapshot);
    const resumed = create({ loop, agent });
    const rest = Array.from(resumed.loop.records(), (record) => structuredClone(record));
    assertEquals(rest, expected.slice(at), `after record ${at}`);
    assertEquals(resumed.agent.snapshot(), whole.agent.snapshot());
  }
  const { actionMasks: _, nextActionMasks: __, ...without } = whole.loop.snapshot();
  const resume = (snapshot: object) => () =>
    Reflect.construct(VectorTrainingLoop, [new VectorEnv(make, 3), whole.agent, { resume: snapshot }]);
  assertThrows(resume(without), TypeError, "actionMasks must have 18 elements, got none");
  assertThrows(
    resume({ ...whole.loop.snapshot(), nextActionMasks: new Uint8Array(6) }),
    TypeError,
    "nextActionMasks must have 18 elements, got 6",
  );
});

Deno.test("the mask of an episode's last observation is the final one", () => {
  const make = () => new OneHot(makeEnv("Taxi-v4", { maxEpisodeSteps: 5 }));
  const env = make();
  const steps: { reset: boolean; masks: [unknown, unknown] }[] = [];
  const single = new Dqn(env, { ...SMALL, learningStarts: 1_000 });
  for (const record of train(env, single, { seed: 1, steps: 12 })) {
    if (record.kind !== "step") continue;
    steps.push({
      reset: record.truncated,
      masks: [record.actionMask?.slice(), record.nextActionMask?.slice()],
    });
  }
  const envs = new VectorEnv(make, 1);
  const many: typeof steps = [];
  for (
    const record of train(envs, new Dqn(envs, { ...SMALL, learningStarts: 1_000 }), { seed: 1, steps: 12 })
  ) {
    if (record.kind !== "step") continue;
    many.push({
      reset: record.truncated,
      masks: [record.actionMask?.slice(), record.nextActionMask?.slice()],
    });
  }
  assertEquals(many, steps);
  assertEquals(many.filter(({ reset }) => reset).length, 2);
});

Deno.test("actMany() refuses masks that do not fit, and obeys those that do", () => {
  const envs = new VectorEnv(() => new OneHot(makeEnv("Taxi-v4")), 3);
  envs.reset({ seed: 0 });
  const actions = new Int32Array(3);
  for (const epsilon of [0, 1]) {
    const agent = new Dqn(envs, { ...SMALL, epsilon: constantSchedule(epsilon) });
    for (const only of [0, 3, 5]) {
      const masks = Uint8Array.from({ length: 18 }, (_, k) => k % 6 === only ? 1 : 0);
      agent.actMany(envs.observations, actions, masks);
      assertEquals([...actions], [only, only, only]);
    }
    assertThrows(
      () => agent.actMany(envs.observations, actions, new Uint8Array(6)),
      TypeError,
      "Cannot act: the action masks must have 18 elements, got 6",
    );
    const ignoring = new Dqn(envs, { ...SMALL, actionMask: false, epsilon: constantSchedule(1) });
    ignoring.actMany(envs.observations, actions, new Uint8Array(18).fill(0, 1));
  }
});

Deno.test("steps come copy after copy, each with the last observation of its own episode", () => {
  const envs = makeClocks(3, 2);
  const agent = new Dqn(envs, { ...SMALL, learningStarts: 1_000 });
  const records = collect(train(envs, agent, { steps: 9 }));
  const steps = records.filter((record) => record.kind === "step");
  assertEquals(
    steps.map(({ step, copy, observation, nextObservation, terminated }) => [
      step,
      copy,
      [...observation],
      [...nextObservation],
      terminated,
    ]),
    [
      [1, 0, [0, 0], [0, 1], false],
      [2, 1, [1, 0], [1, 1], false],
      [3, 2, [2, 0], [2, 1], false],
      [4, 0, [0, 1], [0, 2], true],
      [5, 1, [1, 1], [1, 2], true],
      [6, 2, [2, 1], [2, 2], true],
      [7, 0, [0, 0], [0, 1], false],
      [8, 1, [1, 0], [1, 1], false],
      [9, 2, [2, 0], [2, 1], false],
    ],
  );
  const episodes = records.filter((record) => record.kind === "episode");
  assertEquals(
    episodes.map(({ episode, copy, step, return: total, length }) => [episode, copy, step, total, length]),
    [[1, 0, 4, 3, 2], [2, 1, 5, 3, 2], [3, 2, 6, 3, 2]],
  );
});

Deno.test("n-step returns never span two copies", () => {
  const envs = makeClocks(3);
  const agent = new Dqn(envs, { ...SMALL, nStep: 3, gamma: 0.5, learningStarts: 1_000 });
  collect(train(envs, agent, { steps: 24 }));
  const { observations, nextObservations, rewards, steps } = agent.snapshot().replayBuffer.columns;
  const rows = Array.from(rewards, (reward, r) => [
    [...observations.subarray(2 * r, 2 * r + 2)],
    reward,
    [...nextObservations.subarray(2 * r, 2 * r + 2)],
    steps[r],
  ]);
  // 1 + 2/2 + 3/4 from the start; 2 + 3/2 + 4/4; then 3 + 4/2 and 4, cut by the end.
  const ofCopy = (copy: number) => [
    [[copy, 0], 2.75, [copy, 3], 3],
    [[copy, 1], 4.5, [copy, 4], 3],
    [[copy, 2], 5, [copy, 4], 2],
    [[copy, 3], 4, [copy, 4], 1],
  ];
  for (const copy of [0, 1, 2]) {
    assertEquals(rows.filter(([row]) => Array.isArray(row) && row[0] === copy).slice(0, 4), ofCopy(copy));
  }
});

const MULTIPLES: {
  copies: number;
  trainInterval: number;
  evalInterval: number;
  steps: number;
  updates: number[];
  evaluations: number[];
}[] = [
  { copies: 1, trainInterval: 1, evalInterval: 4, steps: 5, updates: [1, 2, 3, 4, 5], evaluations: [4] },
  {
    copies: 8,
    trainInterval: 3,
    evalInterval: 8,
    steps: 16,
    updates: [3, 6, 9, 12, 15],
    evaluations: [8, 16],
  },
  { copies: 8, trainInterval: 3, evalInterval: 3, steps: 8, updates: [3, 6], evaluations: [3, 6] },
  { copies: 4, trainInterval: 8, evalInterval: 6, steps: 17, updates: [8, 16], evaluations: [6, 12] },
  { copies: 4, trainInterval: 5, evalInterval: 100, steps: 10, updates: [5, 10], evaluations: [] },
  {
    copies: 3,
    trainInterval: 1,
    evalInterval: 7,
    steps: 7,
    updates: [1, 2, 3, 4, 5, 6, 7],
    evaluations: [7],
  },
];
for (const { copies, trainInterval, evalInterval, steps, updates, evaluations } of MULTIPLES) {
  Deno.test(
    `${copies} copies, updates every ${trainInterval} steps, evaluations every ${evalInterval}, ${steps} steps: all that is crossed happens`,
    () => {
      const envs = makeClocks(copies);
      const agent = new Dqn(envs, {
        ...SMALL,
        batchSize: 1,
        learningStarts: 1,
        trainInterval,
        targetUpdateInterval: trainInterval,
      });
      const evaluation = { env: new Clock(0, 2), interval: evalInterval, episodes: 1, seed: 0 };
      const records = collect(train(envs, agent, { steps, evaluation }));
      const ofSteps = records.filter((record) => record.kind === "step");
      assertEquals(ofSteps.length, steps);
      assertEquals(
        ofSteps.flatMap(({ learning, step }) => learning === undefined ? [] : [step]),
        updates,
      );
      assertEquals(
        records.flatMap((record) => record.kind === "evaluation" ? [record.step] : []),
        evaluations,
      );
      assertEquals(agent.gradientSteps, updates.length);
      // The target network was copied right after the last update of its interval.
      assertEquals(agent.targetNetwork.tensors(), agent.onlineNetwork.tensors());
    },
  );
}

Deno.test("the ε of a copy is the one of its own step", () => {
  const seen: number[] = [];
  const envs = makeClocks(4);
  const epsilon = (step: number) => (seen.push(step), 1);
  const agent = new Dqn(envs, { ...SMALL, learningStarts: 1_000, epsilon });
  collect(train(envs, agent, { steps: 8 }));
  assertEquals(seen.filter((step, i) => seen.indexOf(step) === i).slice(0, 8), [0, 1, 2, 3, 4, 5, 6, 7]);
});

Deno.test("without exploration, all copies take the best actions of their rows", () => {
  for (const options of [{}, { distribution: "qr", atoms: 5 }, { dueling: true }] as const) {
    const envs = makeEnvs(6);
    const agent = new Dqn(envs, { ...SMALL, epsilon: () => 0, ...options });
    const observations = Float32Array.from({ length: 24 }, (_, i) => Math.fround((i * 37 % 11) / 11 - 0.5));
    const actions = new Int32Array(6);
    agent.actMany(observations, actions);
    const alone = Array.from(
      { length: 6 },
      (_, i) => agent.act(observations.slice(4 * i, 4 * i + 4), { greedy: true }),
    );
    assertEquals([...actions], alone);
  }
});

Deno.test("training over a VectorEnv refuses agents and snapshots that do not fit", () => {
  const envs = makeEnvs(3);
  const agent = new Dqn(envs, SMALL);
  const start = (of: Iterable<unknown>) => of[Symbol.iterator]().next();
  assertThrows(
    () => start(train(envs, new Dqn(makeEnvs(2), SMALL))),
    TypeError,
    "Cannot train: the agent must be for 3 copies, as the VectorEnv has, got one for 2",
  );
  const random = Object(new RandomAgent(makeCartPole()));
  assertThrows(() => start(train(envs, random)), TypeError, "the agent must have actMany");
  const shared = { env: envs.envs[1]!, interval: 10, episodes: 1, seed: 0 };
  assertThrows(
    () => start(train(envs, agent, { evaluation: shared })),
    TypeError,
    "evaluation.env must be another environment",
  );
  assertThrows(() => start(train(envs, agent, { steps: 0 })), RangeError, "steps must be");
  assertThrows(() => agent.actMany(new Float32Array(12), new Int32Array(2)), TypeError, "room for 3 actions");
  assertThrows(
    () => agent.actMany(new Float32Array(8), new Int32Array(3)),
    TypeError,
    "3 observations must have 12",
  );
  assertThrows(
    () => agent.actMany(new Float32Array(12).fill(NaN), new Int32Array(3)),
    RangeError,
    "observations must be finite, got NaN at index 0",
  );
  const [first] = collect(train(makeEnvs(3), new Dqn(envs, SMALL), { steps: 1 }));
  if (first?.kind !== "step") throw new Error("it must be a step");
  for (const copy of [3, -1, 0.5]) {
    assertThrows(() => agent.observe(first, copy), RangeError, "copy must be a whole number below 3");
  }
  assertThrows(() => new Dqn({ ...envs, count: 0 }, SMALL), RangeError, "count must be");
});

Deno.test("snapshots that do not fit are refused", () => {
  const envs = makeEnvs(3);
  const agent = new Dqn(envs, SMALL);
  const loop = new VectorTrainingLoop(envs, agent, { steps: 10 });
  assertThrows(() => loop.snapshot(), Error, "it must have yielded a record, got none");
  collect(loop.records());
  const resume = loop.snapshot();
  const restore = (changed: object, count = 3) => {
    const fresh = makeEnvs(count);
    return new VectorTrainingLoop(fresh, new Dqn(fresh, SMALL), { resume: { ...resume, ...changed } });
  };
  restore({});
  assertThrows(() => restore({}, 2), TypeError, "observations must have 8 elements, got 12");
  assertThrows(() => restore({ copy: 3, next: "episode" }), RangeError, "copy must be at most 2, got 3");
  assertThrows(() => restore({ copy: 4, next: "step" }), RangeError, "copy must be at most 3, got 4");
  assertThrows(() => restore({ step: 0 }), RangeError, "step must be");
  assertThrows(() => restore({ rewards: Float64Array.of(0, NaN, 0) }), RangeError, "rewards must be finite");
  assertThrows(
    () => restore({ actions: new Int32Array(2) }),
    TypeError,
    "actions must have 3 elements, got 2",
  );
  assertThrows(
    () => Dqn.from(makeEnvs(2), SMALL, agent.snapshot()),
    TypeError,
    "it must act in 2 environments, got 3",
  );
  const env = makeCartPole();
  const single = new TrainingLoop(env, new Dqn(env, SMALL), { steps: 1 });
  collect(single.records());
  const start = (of: Iterable<unknown>) => of[Symbol.iterator]().next();
  const foreign = Object(single.snapshot());
  assertThrows(
    () => start(train(envs, agent, { resume: foreign })),
    TypeError,
    "resume must be of a VectorEnv",
  );
  const many = Object(resume);
  assertThrows(
    () => start(train(makeCartPole(), new Dqn(env, SMALL), { resume: many })),
    TypeError,
    "resume must be of one environment",
  );
});

Deno.test("a loop over a VectorEnv that was left continues where it was, and never twice at a time", () => {
  const envs = makeEnvs(2);
  const loop = new VectorTrainingLoop(envs, new Dqn(envs, SMALL), { steps: 20 });
  const records = loop.records();
  records.next();
  assertThrows(() => loop.records().next(), Error, "an earlier generator of records must have ended");
  records.return();
  const steps = collect(loop.records()).filter(({ kind }) => kind === "step");
  assertEquals(steps.length, 19);
});

Deno.test("wrapped environments are trained in, and rewards that are not finite refused", () => {
  const envs = new VectorEnv(() => new NormalizeObservation(makeCartPole()), 2);
  assertEquals(collect(train(envs, new Dqn(envs, SMALL), { steps: 50 })).length >= 50, true);
  class Broken extends Clock {
    override step(action: number) {
      return { ...super.step(action), reward: NaN };
    }
  }
  const broken = new VectorEnv(() => new TimeLimit(new Broken(0, 9), 5), 2);
  assertThrows(
    () => collect(train(broken, new Dqn(broken, SMALL), { steps: 5 })),
    RangeError,
    "a reward must be finite, got NaN",
  );
});
