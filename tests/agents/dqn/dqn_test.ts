import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  constantSchedule,
  decodeSnapshot,
  Dqn,
  type DqnOptions,
  encodeSnapshot,
  type LearningStatistics,
  readDqnSnapshot,
} from "../../../agents/mod.ts";
import { Box, Discrete, makeEnv, type Space } from "../../../envs/mod.ts";

/** Spaces of two numbers and three actions. */
const SPACES = {
  observationSpace: new Box([-1, -1], [1, 1]),
  actionSpace: new Discrete(3),
};

/** The k-th step of an endless made-up environment. */
function transition(k: number, changes: { terminated?: boolean; truncated?: boolean } = {}) {
  const at = (i: number) => new Float32Array([Math.fround((i % 7) / 7), Math.fround((i % 11) / 11)]);
  return {
    observation: at(k),
    action: k % 3,
    reward: (k % 5) / 5,
    nextObservation: at(k + 1),
    terminated: false,
    truncated: false,
    ...changes,
  };
}

const SMALL: DqnOptions = { hidden: [8], batchSize: 4, bufferSize: 64, learningStarts: 4 };

Deno.test("things happen at exactly these steps", () => {
  const table: { options: DqnOptions; learns: number[]; syncs: number[]; gradientSteps: number }[] = [
    {
      options: { learningStarts: 5, trainInterval: 1, targetUpdateInterval: 4 },
      learns: [5, 6, 7, 8, 9, 10, 11, 12],
      syncs: [8, 12],
      gradientSteps: 8,
    },
    {
      options: { learningStarts: 5, trainInterval: 4, gradientSteps: 3, targetUpdateInterval: 6 },
      learns: [8, 12],
      syncs: [12],
      gradientSteps: 6,
    },
    {
      options: { learningStarts: 4, trainInterval: 4, targetUpdateInterval: 1 },
      learns: [4, 8, 12],
      syncs: [4, 8, 12],
      gradientSteps: 3,
    },
    // Episodes end at steps 3, 6, 9, 12: the first and every second one after it sync.
    {
      options: { learningStarts: 1, targetUpdateEpisodes: 2 },
      learns: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      syncs: [3, 9],
      gradientSteps: 12,
    },
  ];
  for (const { options, learns, syncs, gradientSteps } of table) {
    const agent = new Dqn(SPACES, { ...SMALL, ...options });
    const learned: number[] = [];
    const synced: number[] = [];
    let target = agent.targetNetwork.parameters.slice();
    for (let step = 1; step <= 12; step++) {
      if (agent.observe(transition(step, { terminated: step % 3 === 0 })) !== undefined) learned.push(step);
      const now = agent.targetNetwork.parameters;
      if (now.some((value, i) => value !== target[i])) {
        synced.push(step);
        assertEquals(now, agent.onlineNetwork.parameters);
      }
      target = now.slice();
    }
    assertEquals({ learned, synced }, { learned: learns, synced: syncs });
    assertEquals(agent.gradientSteps, gradientSteps);
  }
});

Deno.test("epsilon follows its schedule by steps observed", () => {
  const agent = new Dqn(SPACES, { ...SMALL, epsilon: (step) => step / 100 });
  assertEquals(agent.epsilon, 0);
  for (let k = 0; k < 7; k++) agent.observe(transition(k));
  assertEquals(agent.epsilon, 0.07);
});

Deno.test("exploring draws every action, being greedy draws nothing", () => {
  const agent = new Dqn(SPACES, { ...SMALL, epsilon: constantSchedule(1) });
  const observation = new Float32Array([0.1, 0.2]);
  const counts = [0, 0, 0];
  for (let i = 0; i < 3_000; i++) counts[agent.act(observation)]!++;
  assert(counts.every((count) => Math.abs(count - 1_000) < 150), `${counts}`);
  const before = agent.snapshot().exploration;
  const values = agent.qValues(observation);
  assertEquals(agent.act(observation, { greedy: true }), values.indexOf(Math.max(...values)));
  assertEquals(agent.snapshot().exploration, before);
});

Deno.test("actions start where their space starts", () => {
  const spaces = { ...SPACES, actionSpace: new Discrete(2, { start: 5 }) };
  const agent = new Dqn(spaces, { ...SMALL, epsilon: constantSchedule(0.5) });
  const seen = new Set<number>();
  for (let k = 0; k < 200; k++) {
    const action = agent.act(transition(k).observation);
    seen.add(action);
    agent.observe({ ...transition(k), action });
  }
  assertEquals([...seen].sort(), [5, 6]);
});

/** The loss of the first gradient step over a buffer that holds one transition only. */
function firstUpdate(options: DqnOptions, changes: Parameters<typeof transition>[1] = {}) {
  const agent = new Dqn(SPACES, { ...SMALL, bufferSize: 4, learningStarts: 1, ...options });
  const step = transition(3, changes);
  const before = agent.qValues(step.observation)[step.action]!;
  const next = agent.qValues(step.nextObservation);
  const statistics: LearningStatistics = { ...agent.observe(step)! };
  return { statistics, before, next, reward: step.reward };
}

Deno.test("the first update's loss is that of the formula", () => {
  const { statistics, before, next, reward } = firstUpdate({ gamma: 0.9 });
  assertAlmostEquals(statistics.loss, (before - (reward + 0.9 * Math.max(...next))) ** 2, 1e-5);
  assertAlmostEquals(statistics.meanQ, before, 1e-6);
});

Deno.test("only an end of the task cuts the bootstrap", () => {
  const cut = firstUpdate({ gamma: 0.9 }, { terminated: true });
  assertAlmostEquals(cut.statistics.loss, (cut.before - cut.reward) ** 2, 1e-5);
  const limit = firstUpdate({ gamma: 0.9 }, { truncated: true });
  assertEquals(limit.statistics.loss, firstUpdate({ gamma: 0.9 }).statistics.loss);
  const lecture = firstUpdate({ gamma: 0.9, truncatedAsTerminated: true }, { truncated: true });
  assertEquals(lecture.statistics.loss, cut.statistics.loss);
});

Deno.test("the huber loss is linear beyond 1", () => {
  const agent = new Dqn(SPACES, { ...SMALL, bufferSize: 4, learningStarts: 1, loss: "huber" });
  const step = { ...transition(3, { terminated: true }), reward: 50 };
  const before = agent.qValues(step.observation)[step.action]!;
  assertAlmostEquals(agent.observe(step)!.loss, 50 - before - 0.5, 1e-4);
});

Deno.test("tau moves the target network part of the way", () => {
  const agent = new Dqn(SPACES, { ...SMALL, learningStarts: 1, tau: 0.25, targetUpdateInterval: 1 });
  const before = agent.targetNetwork.parameters.slice();
  agent.observe(transition(1));
  const online = agent.onlineNetwork.parameters;
  agent.targetNetwork.parameters.forEach((value, i) =>
    assertAlmostEquals(value, 0.75 * before[i]! + 0.25 * online[i]!, 1e-6)
  );
});

Deno.test("Adam's ε makes the first step shorter, by the formula", () => {
  const step = { ...transition(3, { terminated: true }), reward: 2 };
  for (const adamEpsilon of [1e-8, 1.5e-4, 0.5, 1]) {
    // Linear, so that the bias of the action has the gradient of (Q − r)², and all rows are the same.
    const options = {
      ...SMALL,
      hidden: [],
      bufferSize: 4,
      learningStarts: 1,
      learningRate: 0.01,
      adamEpsilon,
    };
    const agent = new Dqn(SPACES, options);
    const bias = () => agent.onlineNetwork.tensors().at(-1)!.data[step.action]!;
    const gradient = 2 * (agent.qValues(step.observation)[step.action]! - step.reward);
    const before = bias();
    agent.observe(step);
    const moved = -0.01 * gradient / (Math.abs(gradient) + adamEpsilon);
    assertAlmostEquals(bias() - before, moved, 1e-6, `${adamEpsilon}`);
  }
});

Deno.test("the learning rate of a gradient step is the schedule's at its environment step", () => {
  const steps: number[] = [];
  const learningRate = (step: number) => {
    steps.push(step);
    return step < 8 ? 0.01 : step < 12 ? 0 : 0.003;
  };
  const options = { ...SMALL, learningStarts: 5, trainInterval: 2, gradientSteps: 2 };
  const falling = new Dqn(SPACES, { ...options, learningRate });
  const constant = new Dqn(SPACES, { ...options, learningRate: 0.01 });
  const parameters = () => falling.onlineNetwork.parameters.slice();
  let before = parameters();
  for (let k = 1; k <= 14; k++) {
    for (const agent of [falling, constant]) agent.observe(transition(k));
    const after = parameters();
    assertEquals(after.some((value, i) => value !== before[i]), [6, 12, 14].includes(k), `step ${k}`);
    if (k < 8) assertEquals(after, constant.onlineNetwork.parameters);
    before = after;
  }
  assertEquals(steps, [6, 6, 8, 8, 10, 10, 12, 12, 14, 14]);
  for (const rate of [-1, NaN, Infinity]) {
    const agent = new Dqn(SPACES, { ...options, learningRate: () => rate });
    const message = `Cannot step an Adam: learningRate must be finite and at least 0, got ${rate}`;
    assertThrows(
      () => Array.from({ length: 9 }, (_, k) => agent.observe(transition(k))),
      RangeError,
      message,
    );
  }
});

Deno.test("a gradient norm limit changes the weights", () => {
  const run = (options: DqnOptions) => {
    const agent = new Dqn(SPACES, { ...SMALL, ...options });
    for (let k = 0; k < 40; k++) agent.observe(transition(k));
    return agent.onlineNetwork.parameters;
  };
  assertNotEquals(run({ maxGradNorm: 1e-3 }), run({}));
  assertEquals(run({ maxGradNorm: 1e9 }), run({}));
});

/** Two of the three actions. */
function maskOf(k: number): Uint8Array {
  return Uint8Array.from([0, 1, 2], (action) => action === k % 3 ? 0 : 1);
}

const VARIANTS: [string, DqnOptions][] = [
  ["plain", {}],
  ["double", { double: true }],
  ["soft target", { tau: 0.05, targetUpdateInterval: 1 }],
  ["by episodes, huber, clipped", { targetUpdateEpisodes: 2, loss: "huber", maxGradNorm: 0.5 }],
  ["every third step, two gradient steps", { trainInterval: 3, gradientSteps: 2 }],
  ["dueling", { dueling: true }],
  ["prioritized", { prioritized: true, priorityBeta: (step) => Math.min(1, step / 30) }],
  ["3-step", { nStep: 3 }],
  ["Rainbow's ε of Adam", { adamEpsilon: 1.5e-4 }],
  ["noisy", { noisy: true }],
  ["c51", { distribution: "c51", atoms: 7, vMin: 0, vMax: 3 }],
  ["qr, munchausen", { distribution: "qr", atoms: 5, munchausen: true }],
  ["action mask", { actionMask: true }],
  ["layer norm", { layerNorm: true, hidden: [8, 6], maxGradNorm: 1 }],
  ["rainbow, munchausen", {
    double: true,
    dueling: true,
    prioritized: true,
    nStep: 3,
    noisy: true,
    distribution: "c51",
    munchausen: true,
  }],
  ["layer norm, rainbow with quantiles", {
    layerNorm: true,
    dueling: true,
    prioritized: true,
    nStep: 3,
    noisy: true,
    distribution: "qr",
    atoms: 5,
  }],
];
for (const [name, options] of VARIANTS) {
  Deno.test(`an agent continues from a snapshot as if it had never stopped: ${name}`, () => {
    const all: DqnOptions = { ...SMALL, bufferSize: 16, epsilon: constantSchedule(0.3), ...options };
    for (const cut of [1, 3, 4, 17, 30]) {
      const spaces = { ...SPACES, offersActionMask: options.actionMask === true };
      const whole = new Dqn(spaces, all);
      const play = (agent: Dqn, from: number, to: number) => {
        for (let k = from; k < to; k++) {
          const step = transition(k, { terminated: k % 7 === 6, truncated: k % 9 === 8 });
          const [actionMask, nextActionMask] = [maskOf(k), maskOf(k + 1)];
          const action = agent.act(step.observation, { actionMask });
          if (options.actionMask === true) assertEquals(actionMask[action], 1);
          agent.observe({ ...step, action, actionMask, nextActionMask });
        }
      };
      play(whole, 0, cut);
      const resumed = Dqn.from(spaces, all, structuredClone(whole.snapshot()));
      play(whole, cut, 40);
      play(resumed, cut, 40);
      assertEquals(resumed.snapshot(), whole.snapshot());
    }
  });
}

Deno.test("a noisy agent draws fresh noise for each action, but not for a greedy one", () => {
  const agent = new Dqn(SPACES, { ...SMALL, noisy: true });
  assertEquals(agent.epsilon, 0);
  const observation = new Float32Array([0.3, -0.2]);
  const greedy = agent.act(observation, { greedy: true });
  const before = agent.snapshot().noise;
  for (let i = 0; i < 20; i++) assertEquals(agent.act(observation, { greedy: true }), greedy);
  assertEquals(agent.snapshot().noise, before);
  const actions = new Set(Array.from({ length: 200 }, () => agent.act(observation)));
  assert(actions.size > 1, "noise explores");
});

Deno.test("transitions without a mask are refused if the agent uses masks", () => {
  const agent = new Dqn({ ...SPACES, offersActionMask: true }, SMALL);
  assertEquals(agent.options.actionMask, true);
  assertThrows(
    () => agent.observe(transition(0)),
    TypeError,
    "must have action masks of 3 elements, got none",
  );
  const short = new Uint8Array(2);
  assertThrows(
    () => agent.act(new Float32Array(2), { greedy: true, actionMask: short }),
    TypeError,
    "the action mask must have 3 elements, got 2",
  );
});

Deno.test("masks of another length are refused, be the action a random one or not", () => {
  for (const epsilon of [0, 1]) {
    const options = { ...SMALL, epsilon: constantSchedule(epsilon) };
    const agent = new Dqn({ ...SPACES, offersActionMask: true }, options);
    for (const length of [2, 4]) {
      assertThrows(
        () => agent.act(new Float32Array(2), { actionMask: new Uint8Array(length).fill(1) }),
        TypeError,
        `the action mask must have 3 elements, got ${length}`,
      );
    }
  }
});

Deno.test("observations and masks of another length are refused, however many steps a transition has", () => {
  const masks = { actionMask: maskOf(0), nextActionMask: maskOf(1) };
  for (const nStep of [1, 3]) {
    const agent = new Dqn({ ...SPACES, offersActionMask: true }, { ...SMALL, nStep });
    agent.observe({ ...transition(0), ...masks });
    const before = agent.snapshot();
    for (const length of [1, 3]) {
      for (const name of ["observation", "nextObservation"]) {
        assertThrows(
          () => agent.observe({ ...transition(1), ...masks, [name]: new Float32Array(length) }),
          TypeError,
          "Cannot add a transition: its observations must have 2 elements",
        );
      }
    }
    for (const name of ["actionMask", "nextActionMask"]) {
      for (const [mask, got] of [[undefined, "none"], [new Uint8Array(4), "4"]] as const) {
        assertThrows(
          () => agent.observe({ ...transition(1), ...masks, [name]: mask }),
          TypeError,
          `Cannot add a transition: it must have action masks of 3 elements, got ${got}`,
        );
      }
    }
    assertEquals(agent.snapshot(), before);
  }
});

Deno.test("a reward that is not finite is refused, whatever the head would make of it", () => {
  for (const distribution of ["none", "c51", "qr"] as const) {
    const agent = new Dqn(SPACES, { ...SMALL, distribution, learningStarts: 1 });
    const before = agent.snapshot();
    for (const reward of [NaN, Infinity, -Infinity, 1e39, -3.5e38]) {
      assertThrows(
        () => agent.observe({ ...transition(1), reward }),
        RangeError,
        `Cannot observe: reward must be finite in float32, got ${reward}`,
      );
    }
    assertEquals(agent.snapshot(), before);
  }
});

Deno.test("an agent restored without its transitions keeps everything else, and fills its replay buffer again", () => {
  const options = { ...SMALL, bufferSize: 16, learningStarts: 6, nStep: 3, prioritized: true };
  const agent = new Dqn(SPACES, options);
  for (let k = 0; k < 20; k++) agent.observe(transition(k));
  const snapshot = agent.snapshot({ replay: false });
  assertEquals([snapshot.replayBuffer.added, snapshot.priorities!.priorities.length], [0, 0]);
  const resumed = Dqn.from(SPACES, options, structuredClone(snapshot));
  assertEquals(resumed.qValues(new Float32Array(2)), agent.qValues(new Float32Array(2)));
  const learned = [20, 21, 22, 23, 24, 25].filter((k) => resumed.observe(transition(k)) !== undefined);
  assertEquals(learned, [23, 24, 25]); // four transitions, as there were at the first gradient step
});

Deno.test("two agents do not disturb each other", () => {
  const alone = new Dqn(SPACES, SMALL);
  const first = new Dqn(SPACES, SMALL);
  const second = new Dqn(SPACES, { ...SMALL, seed: 1 });
  for (let k = 0; k < 30; k++) {
    alone.observe(transition(k));
    first.observe(transition(k));
    second.observe(transition(2 * k));
  }
  assertEquals(first.snapshot(), alone.snapshot());
  assertNotEquals(second.snapshot(), alone.snapshot());
});

Deno.test("training stops when the loss or a weight is no longer finite", () => {
  for (const kernel of ["reference", "simd"] as const) {
    const agent = new Dqn(SPACES, { ...SMALL, kernel, learningStarts: 2 });
    agent.observe(transition(0));
    assertThrows(
      () => agent.observe({ ...transition(1), reward: 1e30 }),
      RangeError,
      "Cannot continue training at step 2: the loss must be finite",
    );
    const steep = new Dqn(SPACES, { ...SMALL, kernel, learningRate: 1e38 });
    const go = () => {
      for (let k = 0; k < 50; k++) steep.observe(transition(k));
    };
    assertThrows(go, RangeError, "Cannot continue training at step ");
  }
});

Deno.test("a Dqn refuses spaces it cannot learn in", () => {
  const image = new Box([0, 0], [1, 1], { shape: [1, 2] });
  assertThrows(
    () => new Dqn({ ...SPACES, observationSpace: image }, SMALL),
    TypeError,
    "must be a Box of vectors or of images (rows, columns, channels), got Box(0.0, 1.0, (1, 2), float32)",
  );
  const actionSpace: Space<number> = {
    seed: () => {},
    sample: () => 0,
    contains: (value) => value === 0,
    snapshot: () => SPACES.actionSpace.snapshot(),
    restore: () => {},
    toString: () => "Custom",
  };
  assertThrows(
    () => new Dqn({ ...SPACES, actionSpace }, SMALL),
    TypeError,
    "must be Discrete or MultiDiscrete, got Custom",
  );
  const agent = new Dqn(SPACES, SMALL);
  assertThrows(
    () => agent.act(new Float32Array(3), { greedy: true }),
    TypeError,
    "must have 2 elements, got 3",
  );
  assertThrows(() => agent.qValues(new Float32Array(1)), TypeError, "must have 2 elements, got 1");
});

Deno.test("a Dqn refuses options out of range", () => {
  const bad: [DqnOptions, string][] = [
    [{ seed: -1 }, "seed must be a whole number from 0, got -1"],
    [{ hidden: [64, 0] }, "hidden must be whole numbers from 1, got [64, 0]"],
    [{ gamma: 1.5 }, "gamma must be in [0, 1], got 1.5"],
    [{ gamma: NaN }, "gamma must be in [0, 1], got NaN"],
    [{ learningRate: 0 }, "learningRate must be finite and above 0, or a schedule, got 0"],
    [
      { learningRate: 1e39 },
      "learningRate must be finite and above 0, or a schedule, got 1e+39, in float32 Infinity",
    ],
    [
      { learningRate: 1e-50 },
      "learningRate must be finite and above 0, or a schedule, got 1e-50, in float32 0",
    ],
    [{ tau: 1e-50 }, "tau must be in (0, 1], got 1e-50, in float32 0"],
    [{ vMin: -1e39 }, "vMin must be finite, got -1e+39, in float32 -Infinity"],
    [{ maxGradNorm: Infinity }, "maxGradNorm must be finite and above 0, got Infinity"],
    [{ batchSize: 0 }, "batchSize must be a whole number from 1, got 0"],
    [{ batchSize: 64, bufferSize: 63 }, "bufferSize must be at least the batch size of 64, got 63"],
    [{ learningStarts: 0.5 }, "learningStarts"],
    [{ trainInterval: 0 }, "trainInterval"],
    [{ gradientSteps: 0 }, "gradientSteps"],
    [{ targetUpdateInterval: 0 }, "targetUpdateInterval"],
    [{ targetUpdateEpisodes: -3 }, "targetUpdateEpisodes"],
    [
      { targetUpdateEpisodes: 1, targetUpdateInterval: 1 },
      "absent where targetUpdateInterval is given, got 1",
    ],
    [{ tau: 0 }, "tau must be in (0, 1], got 0"],
    [{ maxGradNorm: 0 }, "maxGradNorm must be finite and above 0, got 0"],
    [{ nStep: 0 }, "nStep must be a whole number from 1 to 65535, got 0"],
    [{ nStep: 65_536 }, "nStep must be a whole number from 1 to 65535, got 65536"],
    [{ priorityAlpha: -0.1 }, "priorityAlpha must be finite and from 0, got -0.1"],
    [{ priorityEpsilon: -1 }, "priorityEpsilon must be finite and from 0, got -1"],
    [{ atoms: 1 }, "atoms must be a whole number from 2, got 1"],
    [{ vMin: 3, vMax: 3 }, "vMax must be finite and above vMin, 3, got 3"],
    [{ vMin: -Infinity }, "vMin must be finite, got -Infinity"],
    [{ munchausenAlpha: 2 }, "munchausenAlpha must be in [0, 1], got 2"],
    [{ munchausenTau: 0 }, "munchausenTau must be finite and above 0, got 0"],
    [{ munchausenClip: 1 }, "munchausenClip must be finite and at most 0, got 1"],
    [{ actionMask: true }, "actionMask must be false in an environment that offers no action masks"],
  ];
  for (const [options, message] of bad) assertThrows(() => new Dqn(SPACES, options), RangeError, message);
});

Deno.test("a Dqn refuses options of another type", () => {
  const text = JSON.parse('"0.5"');
  const bad: [DqnOptions, string][] = [
    [{ seed: text }, "seed must be a number, got 0.5"],
    [{ gamma: text }, "gamma must be a number"],
    [{ learningRate: text }, "learningRate must be a number, or a schedule, got 0.5"],
    [{ maxGradNorm: text }, "maxGradNorm must be a number"],
    [{ double: text }, "double must be true or false"],
    [{ hidden: text }, "hidden must be an array of whole numbers from 1"],
    [{ epsilon: text }, "epsilon must be a schedule"],
    [{ priorityBeta: text }, "priorityBeta must be a schedule"],
    [{ dueling: text }, "dueling must be true or false"],
    [{ noisy: text }, "noisy must be true or false"],
    [{ prioritized: text }, "prioritized must be true or false"],
    [{ munchausen: text }, "munchausen must be true or false"],
    [{ actionMask: text }, "actionMask must be true, false or absent"],
    [{ atoms: text }, "atoms must be a number"],
  ];
  for (const [options, message] of bad) assertThrows(() => new Dqn(SPACES, options), TypeError, message);
  for (const name of ["kernel", "loss", "initializer", "distribution"]) {
    assertThrows(() => new Dqn(SPACES, { [name]: "other" }), RangeError, `${name} must be`);
  }
});

Deno.test("a Dqn keeps its own copy of its options", () => {
  const hidden = [8];
  const agent = new Dqn(SPACES, { ...SMALL, hidden });
  hidden.push(9);
  assertEquals(agent.options.hidden, [8]);
});

Deno.test("a Dqn refuses actions, observations and schedules that cannot be", () => {
  const agent = new Dqn(SPACES, SMALL);
  const before = agent.snapshot();
  const observe = (action: number) => () => agent.observe({ ...transition(0), action });
  assertThrows(observe(3), RangeError, "action must be from 0 to 2, got 3");
  assertThrows(observe(-1), RangeError, "action must be from 0 to 2, got -1");
  assertThrows(observe(0.5), TypeError, "action must be a whole number, got 0.5");
  assertEquals(agent.snapshot(), before);
  assertThrows(
    () => agent.act(new Float32Array([0, NaN]), { greedy: true }),
    RangeError,
    "the observation must be finite, got NaN at index 1",
  );
  for (const value of [NaN, 5, -0.1]) {
    const wild = new Dqn(SPACES, { ...SMALL, epsilon: () => value });
    assertThrows(
      () => wild.act(new Float32Array(2)),
      RangeError,
      `epsilon must be in [0, 1] after 0 steps, got ${value}`,
    );
  }
});

Deno.test("a Dqn refuses networks that do not fit into memory", () => {
  for (const kernel of ["reference", "simd"] as const) {
    assertThrows(
      () => new Dqn(SPACES, { hidden: [1e7, 1e7], kernel }),
      RangeError,
      "hidden and batchSize must fit into memory, got 2-10000000-10000000-3 and 128",
    );
    assertThrows(
      () => new Dqn(SPACES, { ...SMALL, distribution: "qr", atoms: 1e9, kernel }),
      RangeError,
      "hidden, batchSize and atoms must fit into memory, got 2-8-3, 4 and 1000000000",
    );
  }
});

Deno.test("a Dqn refuses snapshots that do not fit", () => {
  const agent = new Dqn(SPACES, SMALL);
  const snapshot = agent.snapshot();
  const from = (changes: Partial<typeof snapshot>, options = SMALL) => () =>
    Dqn.from(SPACES, options, { ...snapshot, ...changes });
  assertThrows(from({}, { ...SMALL, hidden: [9] }), TypeError, "the network must be 2-9-3, got 2-8-3");
  assertThrows(
    from({}, { ...SMALL, bufferSize: 65 }),
    TypeError,
    "capacity must be 65, got 64",
  );
  assertThrows(from({ steps: -1 }), RangeError, "steps must be a whole number from 0, got -1");
  assertThrows(from({ episodes: 0.5 }), RangeError, "episodes");
  const odd = new Dqn(SPACES, SMALL);
  odd.observe(transition(0));
  const { replayBuffer } = odd.snapshot();
  const actions = new Int32Array([3]);
  assertThrows(
    from({ replayBuffer: { ...replayBuffer, columns: { ...replayBuffer.columns, actions } } }),
    RangeError,
    "Cannot restore a Dqn: every action must be in Discrete(3), got 3",
  );
  assertThrows(from({ nStep: { ...snapshot.nStep, actions: [-1] } }), RangeError, "got -1");
  assertThrows(from({ onlineParameters: new Float32Array(1) }), TypeError, "onlineParameters must have");
});

Deno.test("an agent reads its environment's spaces", () => {
  const agent = new Dqn(makeEnv("MountainCar-v0"), { hidden: [16] });
  const { observationLength, hidden, actionCount } = agent.onlineNetwork.architecture;
  assertEquals([observationLength, hidden, actionCount], [2, [16], 3]);
});

Deno.test("actions that a replay buffer cannot keep are refused, those at its edges resume", () => {
  const { observationSpace } = SPACES;
  for (const start of [2 ** 31 - 1, 2 ** 31, 2 ** 53 - 2, -(2 ** 31) - 1]) {
    const spaces = { observationSpace, actionSpace: new Discrete(2, { start }) };
    assertThrows(
      () => new Dqn(spaces, SMALL),
      RangeError,
      `Cannot create a Dqn: actions must be whole numbers from -2^31 to 2^31 - 1, got Discrete(2, start=${start})`,
    );
  }
  for (const start of [2 ** 31 - 2, -(2 ** 31)]) {
    const spaces = { observationSpace, actionSpace: new Discrete(2, { start }) };
    const agent = new Dqn(spaces, { ...SMALL, learningStarts: 4 });
    for (let k = 0; k < 12; k++) agent.observe({ ...transition(k), action: start + k % 2 });
    const { snapshot } = decodeSnapshot(encodeSnapshot(agent.snapshot()));
    const other = Dqn.from(spaces, { ...SMALL, learningStarts: 4 }, readDqnSnapshot(snapshot));
    for (const each of [agent, other]) each.observe({ ...transition(13), action: start });
    assertEquals(other.snapshot(), agent.snapshot());
  }
});

Deno.test("a snapshot with parameters that are not finite is refused", () => {
  const snapshot = new Dqn(SPACES, SMALL).snapshot();
  for (const name of ["onlineParameters", "targetParameters"] as const) {
    const spoiled = snapshot[name].slice();
    spoiled[1] = NaN;
    assertThrows(
      () => Dqn.from(SPACES, SMALL, { ...snapshot, [name]: spoiled }),
      RangeError,
      `Cannot restore a Dqn: ${name} must be finite, got NaN`,
    );
  }
  const { optimizer } = snapshot;
  const secondMoments = optimizer.secondMoments.map(() => Infinity);
  assertThrows(
    () => Dqn.from(SPACES, SMALL, { ...snapshot, optimizer: { ...optimizer, secondMoments } }),
    RangeError,
    "Cannot restore an Adam: the moments must be finite, got Infinity",
  );
});
