import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  constantSchedule,
  decodeSnapshot,
  encodeSnapshot,
  Pqn,
  type PqnOptions,
  randomStream,
  readPqnSnapshot,
  readVectorTrainingSnapshot,
  resolvePqnOptions,
  VectorTrainingLoop,
} from "../../../agents/mod.ts";
import { Box, Discrete, makeEnv, makeVectorEnv } from "../../../envs/mod.ts";
import { decodeOnnx, encodeOnnx, networkWeights } from "../../../nn/mod.ts";
import { pytorchModel } from "../../nn/onnx/_pytorch_models.ts";
import { observe, play, shownByAll, spacesOf, step } from "./_turns.ts";

const SMALL: PqnOptions = { hidden: [8], rolloutSteps: 4, miniBatches: 2, epochs: 2 };
const SPACES = spacesOf(3);

Deno.test("it learns after the last step of each rollout, in epochs of mini-batches", () => {
  for (
    const [copies, options, learns, gradientSteps] of [
      [3, {}, [4, 8, 12], 12],
      [3, { rolloutSteps: 6, epochs: 1, miniBatches: 9 }, [6, 12], 18],
      [1, { rolloutSteps: 1, miniBatches: 1 }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 24],
    ] as const
  ) {
    const agent = new Pqn(spacesOf(copies), { ...SMALL, ...options });
    const learned: [number, number][] = [];
    for (let t = 1; t <= 12; t++) {
      for (let i = 0; i < copies; i++) if (agent.observe(step(t, i), i) !== undefined) learned.push([t, i]);
    }
    assertEquals(learned, learns.map((t) => [t, copies - 1]));
    assertEquals(agent.gradientSteps, gradientSteps);
  }
});

Deno.test("actMany() chooses what act() would for one environment after the other", () => {
  for (const epsilon of [0, 0.5, 1]) {
    const options = { ...SMALL, epsilon: constantSchedule(epsilon), seed: 4 };
    const spaces = { ...spacesOf(40), actionSpace: new Discrete(3, { start: 5 }) };
    const [together, single] = [new Pqn(spaces, options), new Pqn(spaces, options)];
    const observations = shownByAll(3, 40);
    const actions = new Int32Array(40);
    together.actMany(observations, actions);
    const expected = Array.from({ length: 40 }, (_, i) => single.act(observations.slice(2 * i, 2 * i + 2)));
    assertEquals([...actions], expected);
    assertEquals(together.snapshot(), single.snapshot());
    if (epsilon === 1) assertEquals(new Set(actions), new Set([5, 6, 7]));
  }
});

Deno.test("being greedy draws nothing, and takes the action of the highest value", () => {
  const agent = new Pqn(SPACES, { ...SMALL, epsilon: constantSchedule(1) });
  const before = agent.snapshot();
  const observation = new Float32Array([0.1, 0.2]);
  const values = agent.qValues(observation);
  assertEquals(agent.act(observation, { greedy: true }), values.indexOf(Math.max(...values)));
  assertEquals(agent.snapshot(), before);
});

Deno.test("epsilon and the learning rate follow environment steps, the latter those at the start of a rollout", () => {
  const rates: number[] = [];
  const agent = new Pqn(SPACES, {
    ...SMALL,
    epsilon: (step) => step / 1_000,
    learningRate: (step) => {
      rates.push(step);
      return 1e-3;
    },
  });
  for (let t = 0; t < 8; t++) {
    assertEquals(agent.epsilon, 3 * t / 1_000);
    observe(agent, t);
  }
  assertEquals(rates, [0, 12]);
  const steps: number[] = [];
  const other = new Pqn(SPACES, { ...SMALL, epsilon: (step) => (steps.push(step), 0.5) });
  play(other, 0, 2);
  assertEquals(steps, [0, 1, 2, 3, 4, 5]);
});

Deno.test("the first gradient step's loss is that of the returns, worked from the Q-values", () => {
  // One gradient step on the whole rollout: the loss is that of the fresh network, whatever the order.
  const options = { ...SMALL, rolloutSteps: 2, miniBatches: 1, epochs: 1, gamma: 0.9, lambda: 0.7 };
  const agent = new Pqn(spacesOf(2), options);
  // The first environment's first step ends the task and its second is cut; the second environment's second step ends the task.
  const steps = [
    { ...step(5, 0), terminated: true, truncated: false },
    { ...step(5, 1), terminated: false, truncated: false },
    { ...step(6, 0), terminated: false, truncated: true },
    { ...step(6, 1), terminated: true, truncated: false },
  ];
  const q = (observation: Float32Array) => agent.qValues(observation);
  const best = steps.map(({ nextObservation }) => Math.max(...q(nextObservation)));
  const [r0, r1, r2, r3] = steps.map(({ reward }) => reward) as [number, number, number, number];
  const returns = [r0, r1 + 0.9 * (0.7 * r3 + 0.3 * best[1]!), r2 + 0.9 * best[2]!, r3];
  const chosen = steps.map(({ observation, action }) => q(observation)[action]!);
  const loss = chosen.reduce((sum, value, k) => sum + (value - returns[k]!) ** 2 / 4, 0);
  const learning = steps.map((each, k) => structuredClone(agent.observe(each, k % 2)));
  assertEquals(learning.slice(0, 3), [undefined, undefined, undefined]);
  assertAlmostEquals(learning[3]!.loss, loss, 1e-5);
  assertAlmostEquals(learning[3]!.meanQ, chosen.reduce((sum, value) => sum + value) / 4, 1e-5);
});

Deno.test("it learns the same, whether it has acted or only observes", () => {
  const [acting, watching] = [new Pqn(SPACES, SMALL), new Pqn(SPACES, SMALL)];
  const actions = new Int32Array(3);
  for (let t = 0; t < 17; t++) {
    acting.actMany(shownByAll(t, 3), actions);
    observe(acting, t);
    observe(watching, t);
  }
  assertEquals(watching.onlineNetwork.parameters, acting.onlineNetwork.parameters);
  assertEquals(watching.snapshot().rollout, acting.snapshot().rollout);
});

const VARIANTS: [string, PqnOptions, copies?: number][] = [
  ["plain", {}],
  ["dueling, two layers", { dueling: true, hidden: [8, 6] }],
  ["without layer norm, huber, clipped", { layerNorm: false, loss: "huber", maxGradNorm: 0.5 }],
  ["a learning rate that falls", { learningRate: (step) => 1e-3 * Math.max(0, 1 - step / 60) }],
  ["one environment, one mini-batch", { rolloutSteps: 8, miniBatches: 1 }, 1],
  ["λ 0, linear", { lambda: 0, hidden: [] }],
];
for (const [name, options, copies = 3] of VARIANTS) {
  const spaces = spacesOf(copies);

  Deno.test(`an agent goes on from a snapshot as if it had never stopped: ${name}`, () => {
    const all = { ...SMALL, epsilon: constantSchedule(0.3), ...options };
    const actions = new Int32Array(copies);
    /** Steps of environments, from one to another, anywhere within turns. */
    const playSteps = (agent: Pqn, from: number, to: number) => {
      for (let k = from; k < to; k++) {
        const [t, i] = [Math.floor(k / copies), k % copies];
        if (i === 0) agent.actMany(shownByAll(t, copies), actions);
        agent.observe({ ...step(t, i), action: actions[i]! }, i);
      }
    };
    for (const cut of [0, 1, 2, 3, 10, 11, 12, 40]) {
      const whole = new Pqn(spaces, all);
      playSteps(whole, 0, cut);
      const bytes = encodeSnapshot(whole.snapshot());
      const resumed = Pqn.from(spaces, all, readPqnSnapshot(decodeSnapshot(bytes).snapshot));
      assertEquals(resumed.snapshot(), whole.snapshot());
      // The actions of a turn are the loop's to keep.
      const kept = actions.slice();
      playSteps(whole, cut, 80);
      actions.set(kept);
      playSteps(resumed, cut, 80);
      assertEquals(resumed.snapshot(), whole.snapshot());
    }
  });

  Deno.test(`reference and SIMD kernels give the same bits: ${name}`, () => {
    const [simd, reference] = (["simd", "reference"] as const).map((kernel) => {
      const agent = new Pqn(spaces, { ...SMALL, ...options, kernel });
      play(agent, 0, 30);
      return { kernel: agent.kernel, snapshot: agent.snapshot() };
    });
    assertEquals([simd!.kernel, reference!.kernel], ["simd", "reference"]);
    assertEquals(simd!.snapshot, reference!.snapshot);
  });
}

Deno.test("each option changes what is learned", () => {
  const learned = (options: PqnOptions) => {
    const agent = new Pqn(SPACES, { ...SMALL, ...options });
    play(agent, 0, 16);
    return agent.onlineNetwork.tensors().map(({ data }) => [...data]);
  };
  const plain = learned({});
  assertEquals(learned({ maxGradNorm: 1e9 }), plain);
  for (
    const options of [
      { seed: 1 },
      { lambda: 0.5 },
      { gamma: 0.5 },
      { epochs: 3 },
      { miniBatches: 4 },
      { learningRate: 0.01 },
      { adamEpsilon: 0.1 },
      { maxGradNorm: 1e-3 },
      { layerNorm: false },
      { initializer: "he" },
      { loss: "huber" },
      { epsilon: constantSchedule(0) },
      { dueling: true },
    ] as const
  ) assertNotEquals(learned(options), plain, JSON.stringify(options));
});

Deno.test("mini-batches are drawn from a stream of their own: the replay stream, and exploring from its own", () => {
  const agent = new Pqn(SPACES, SMALL);
  for (let t = 0; t < 4; t++) observe(agent, t);
  // Two epochs shuffle 12 steps with 11 draws each.
  const stream = randomStream(0, "replay");
  for (let k = 0; k < 22; k++) stream.next();
  const { replay, exploration } = agent.snapshot();
  assertEquals(replay, stream.snapshot());
  assertEquals(exploration, randomStream(0, "exploration").snapshot());
});

Deno.test("options out of range are refused before anything starts", () => {
  const cases: readonly (readonly [options: object, Kind: ErrorConstructor, message: string])[] = [
    [{ epochs: "8" }, TypeError, "Cannot create a Pqn: epochs must be a number, got 8"],
    [{ rolloutSteps: 1.5 }, RangeError, "rolloutSteps must be a whole number from 1, got 1.5"],
    [{ epochs: 0 }, RangeError, "epochs must be a whole number from 1, got 0"],
    [{ miniBatches: -1 }, RangeError, "miniBatches must be a whole number from 1, got -1"],
    [
      { rolloutSteps: 5, miniBatches: 4 },
      RangeError,
      "Cannot create a Pqn: miniBatches must divide the 15 steps of a rollout, 3 × 5, got 4",
    ],
    [{ lambda: 1.01 }, RangeError, "lambda must be in [0, 1], got 1.01"],
    [{ gamma: NaN }, RangeError, "gamma must be in [0, 1], got NaN"],
    [{ learningRate: 0 }, RangeError, "learningRate must be finite and above 0, or a schedule, got 0"],
    [{ learningRate: "fast" }, TypeError, "learningRate must be a number, or a schedule, got fast"],
    [{ maxGradNorm: 0 }, RangeError, "maxGradNorm must be finite and above 0, got 0"],
    [{ bufferSize: 9 }, TypeError, "every option must be one of PqnOptions, got bufferSize"],
    [{ epoch: 9 }, TypeError, "got epoch (did you mean epochs?)"],
    [{ rolloutSteps: 2 ** 30 }, RangeError, "hidden, copies and rolloutSteps must fit into memory"],
  ];
  for (const [options, Kind, message] of cases) assertThrows(() => new Pqn(SPACES, options), Kind, message);
  for (const count of [0, 1.5, -1]) {
    const message = `Cannot create a Pqn: count must be a whole number from 1, got ${count}`;
    assertThrows(() => new Pqn(spacesOf(count), SMALL), RangeError, message);
  }
  assertEquals(resolvePqnOptions({}, 1).layerNorm, true);
});

Deno.test("other spaces are refused by PQN's own name", () => {
  const { actionSpace } = spacesOf(1);
  assertThrows(
    () => new Pqn(Object(makeEnv("Pendulum-v1"))),
    TypeError,
    "Cannot create a Pqn: the action space must be Discrete or MultiDiscrete, got Box",
  );
  assertThrows(
    () => new Pqn({ actionSpace, observationSpace: new Box(-1, 1, { shape: [2, 2] }) }),
    TypeError,
    "Cannot create a Pqn: the observation space must be a Box of vectors or of images (rows, columns, channels), got Box",
  );
});

Deno.test("steps that do not fit are refused, and change nothing", () => {
  const agent = new Pqn(SPACES, SMALL);
  observe(agent, 0);
  agent.observe(step(1, 0), 0);
  const before = agent.snapshot();
  const cases: readonly (readonly [changes: object, Kind: ErrorConstructor, message: string])[] = [
    [
      { observation: new Float32Array(3) },
      TypeError,
      "Cannot observe: observation must have 2 elements, got 3",
    ],
    [{ nextObservation: new Float32Array(1) }, TypeError, "nextObservation must have 2 elements, got 1"],
    [
      { observation: new Float32Array([0, NaN]) },
      RangeError,
      "an observation must be finite, got NaN at index 1",
    ],
    [
      { nextObservation: new Float32Array([Infinity, 0]) },
      RangeError,
      "must be finite, got Infinity at index 0",
    ],
    [{ action: 0.5 }, TypeError, "action must be a whole number, got 0.5"],
    [{ action: 3 }, RangeError, "action must be from 0 to 2, got 3"],
    [{ action: -1 }, RangeError, "action must be from 0 to 2, got -1"],
    [{ reward: NaN }, RangeError, "reward must be finite in float32, got NaN"],
    [{ reward: 1e39 }, RangeError, "reward must be finite in float32, got 1e+39"],
  ];
  for (const [changes, Kind, message] of cases) {
    assertThrows(() => agent.observe({ ...step(1, 1), ...changes }, 1), Kind, message);
  }
  for (const copy of [0, 2, 3, -1, 0.5]) {
    const message = `Cannot observe: copy must be the next of 3, 1, got ${copy}`;
    assertThrows(() => agent.observe(step(1, 1), copy), RangeError, message);
  }
  const [observations, actions] = [shownByAll(1, 3), new Int32Array(3)];
  assertThrows(
    () => agent.actMany(observations, new Int32Array(2)),
    TypeError,
    "actions must have 3 elements",
  );
  assertThrows(
    () => agent.actMany(new Float32Array(5), actions),
    TypeError,
    "observations must have 6 elements",
  );
  assertThrows(
    () => agent.actMany(observations.map(() => NaN), actions),
    RangeError,
    "must be finite, got NaN",
  );
  assertEquals(agent.snapshot(), before);
  const odd = new Pqn(SPACES, { ...SMALL, epsilon: constantSchedule(2) });
  assertThrows(() => odd.actMany(observations, actions), RangeError, "epsilon must be in [0, 1]");
});

Deno.test("training stops with advice when a value is no longer finite", () => {
  const agent = new Pqn(SPACES, { ...SMALL, layerNorm: false, learningRate: 1e38 });
  assertThrows(
    () => play(agent, 0, 40),
    RangeError,
    "must be finite, got NaN or infinity (a smaller learning rate or a gradient norm limit may help)",
  );
});

Deno.test("snapshots that do not fit are refused", () => {
  const agent = new Pqn(SPACES, SMALL);
  play(agent, 0, 6);
  const good = agent.snapshot();
  const { rollout } = good;
  const cases: readonly (readonly [changes: object, message: string])[] = [
    [{ steps: -1 }, "Cannot restore a Pqn: steps must be a whole number from 0, got -1"],
    [
      { architecture: { ...good.architecture, layerNorm: false } },
      "the network must be 2-8-3, layer norm, got 2-8-3",
    ],
    [{ architecture: { ...good.architecture, dueling: true } }, "got 2-8-3, dueling, layer norm"],
    [{ parameters: new Float32Array(3) }, "parameters must have "],
    [{ parameters: good.parameters.map(() => NaN) }, "parameters must be finite, got NaN"],
    [{ optimizer: { ...good.optimizer, steps: 0.5 } }, "Cannot restore an RAdam: steps"],
    [
      { rollout: { ...rollout, actions: new Int32Array(12) } },
      "rollout must have fewer than 12 steps, got 12",
    ],
    [
      { rollout: { ...rollout, rewards: new Float32Array(5) } },
      "rollout.rewards must have 6 elements, got 5",
    ],
    [
      { rollout: { ...rollout, observations: new Float32Array(5) } },
      "rollout.observations must have 12 elements",
    ],
    [
      { rollout: { ...rollout, values: rollout.values.map(() => NaN) } },
      "rollout.values must be finite, got NaN",
    ],
    [
      { rollout: { ...rollout, terminated: new Uint8Array(6).fill(2) } },
      "rollout.terminated must be 0 or 1, got 2",
    ],
    [
      { rollout: { ...rollout, actions: new Int32Array(6).fill(3) } },
      "rollout.actions must be from 0 to 2, got 3",
    ],
  ];
  for (const [changes, message] of cases) {
    assertThrows(() => Pqn.from(SPACES, SMALL, { ...good, ...changes }), Error, message);
  }
  assertEquals(Pqn.from(SPACES, SMALL, good).snapshot(), good);
  assertThrows(() => readPqnSnapshot({}), TypeError, "must be an object");
});

Deno.test("encodeOnnx writes policyFile(), including layer normalisation", () => {
  const agent = new Pqn(makeEnv("CartPole-v1"), { hidden: [8, 8], dueling: true });
  const file = decodeOnnx(encodeOnnx(agent.policyFile({ note: "mine" })));
  assertEquals(file.tensors, agent.onlineNetwork.tensors());
  assertEquals([file.architecture.layerNorm, file.metadata["note"]], [true, "mine"]);
});

Deno.test("an agent may be made for a VectorEnv as for a single environment", () => {
  const agents = [makeEnv("CartPole-v1"), makeVectorEnv("CartPole-v1", 3)].map((spaces) =>
    new Pqn(spaces, SMALL)
  );
  assertEquals(agents.map(({ copies }) => copies), [1, 3]);
  const [single, vector] = agents.map(({ onlineNetwork }) => onlineNetwork.parameters);
  assertEquals(vector, single);
  assert(single!.some((value) => value !== 0));
});

Deno.test("a loop in a VectorEnv that is saved anywhere goes on as if it had never stopped, with either kernel", () => {
  const options = { ...SMALL, hidden: [12], maxGradNorm: 1 };
  const create = (saved?: { loop: unknown; agent: unknown }, kernel?: "simd" | "reference") => {
    const envs = makeVectorEnv("CartPole-v1", 3, { maxEpisodeSteps: 20 });
    const all = { ...options, ...kernel === undefined ? {} : { kernel } };
    const agent = saved === undefined
      ? new Pqn(envs, all)
      : Pqn.from(envs, all, readPqnSnapshot(saved.agent));
    const evaluation = { env: makeEnv("CartPole-v1"), interval: 40, episodes: 2, seed: 1 };
    const resume = saved === undefined ? undefined : readVectorTrainingSnapshot(saved.loop);
    return { agent, loop: new VectorTrainingLoop(envs, agent, { seed: 2, steps: 150, evaluation, resume }) };
  };
  const whole = create();
  const expected: unknown[] = [];
  const saved: Uint8Array[] = [];
  for (const record of whole.loop.records()) {
    expected.push(structuredClone(record));
    saved.push(encodeSnapshot({ loop: whole.loop.snapshot(), agent: whole.agent.snapshot() }));
  }
  for (let at = 1; at <= saved.length; at += 7) {
    const { loop, agent } = Object(decodeSnapshot(saved[at - 1]!).snapshot);
    const resumed = create({ loop, agent }, "reference");
    const rest = Array.from(resumed.loop.records(), (record) => structuredClone(record));
    assertEquals(rest, expected.slice(at), `after record ${at}`);
    assertEquals(resumed.agent.snapshot(), whole.agent.snapshot());
  }
});

Deno.test("it starts from weights of PyTorch, but only before its first step", () => {
  const env = makeEnv("CartPole-v1");
  const agent = new Pqn(env, { hidden: [16], layerNorm: false, seed: 1 });
  agent.loadWeights(pytorchModel("relu1"));
  const expected = networkWeights(pytorchModel("relu1"), agent.onlineNetwork.architecture);
  assertEquals(agent.onlineNetwork.tensors(), expected);
  assertThrows(
    () => agent.loadWeights(pytorchModel("relu2")),
    TypeError,
    "there must be 4 tensors, got 6; the file has layers.0.weight (4, 16), layers.1.weight (16, 16), layers.2.weight (16, 2); the network is 4-16-2",
  );
  assertEquals(agent.onlineNetwork.tensors(), expected);
  const { observation } = env.reset({ seed: 0 });
  const { observation: nextObservation, reward, terminated, truncated } = env.step(0);
  agent.observe({ observation, action: 0, reward, nextObservation, terminated, truncated });
  assertThrows(
    () => agent.loadWeights(pytorchModel("relu1")),
    TypeError,
    "Cannot load weights: the agent must be new, got one after 1 steps",
  );
});
