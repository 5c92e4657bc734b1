import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  decodeSnapshot,
  Dqn,
  type DqnOptions,
  encodeSnapshot,
  GreedyPolicy,
  Pqn,
  readDqnSnapshot,
  readPqnSnapshot,
  readTrainingSnapshot,
  readVectorTrainingSnapshot,
  train,
  TrainingLoop,
  TrajectoryHash,
  VectorTrainingLoop,
  weightsHash,
} from "../../../agents/mod.ts";
import { Box, Discrete, MultiDiscrete, VectorEnv } from "../../../envs/mod.ts";
import { buildWithKernels, decodeOnnx, encodeOnnx, QNetwork } from "../../../nn/mod.ts";
import { DotEnv } from "../../envs/_dot_env.ts";

const SMALL: DqnOptions = {
  seed: 3,
  convolution: [{ filters: 5, kernel: 2, stride: 1 }, { filters: 4, kernel: 2, stride: 1 }],
  hidden: [8],
  batchSize: 8,
  bufferSize: 60,
  learningStarts: 16,
  targetUpdateInterval: 10,
};

const VARIANTS: Readonly<Record<string, DqnOptions>> = {
  plain: {},
  double: { double: true, nStep: 3 },
  dueling: { dueling: true, prioritized: true, hidden: [8, 6] },
  rainbow: { dueling: true, noisy: true, prioritized: true, nStep: 2, distribution: "c51", atoms: 11 },
  quantiles: { distribution: "qr", atoms: 8, layerNorm: true, maxGradNorm: 1 },
  munchausen: { munchausen: true, hidden: [], observationScale: 100 },
};

/** A training run as hashes, or its continuation. */
function run(options: DqnOptions, steps: number): { trajectory: string; weights: string; agent: Dqn } {
  const env = new DotEnv();
  const agent = new Dqn(env, options);
  const hash = new TrajectoryHash();
  for (const record of train(env, agent, { seed: 1, steps })) if (record.kind === "step") hash.add(record);
  return { trajectory: hash.digest(), weights: weightsHash(agent.onlineNetwork), agent };
}

for (const [name, variant] of Object.entries(VARIANTS)) {
  Deno.test(`images learn, the same bits in both kernels and after a stop: ${name}`, () => {
    const options = { ...SMALL, ...variant };
    const simd = run({ ...options, kernel: "simd" }, 150);
    const reference = run({ ...options, kernel: "reference" }, 150);
    assertEquals([simd.trajectory, simd.weights], [reference.trajectory, reference.weights]);
    assert(simd.agent.gradientSteps > 100);

    const env = new DotEnv();
    const agent = new Dqn(env, options);
    const loop = new TrainingLoop(env, agent, { seed: 1, steps: 150 });
    for (const record of loop.records()) if (record.kind === "step" && record.step === 75) break;
    const file = encodeSnapshot({ loop: loop.snapshot(), agent: agent.snapshot({ views: true }) });
    const saved = Object(decodeSnapshot(file).snapshot);
    const other = new DotEnv();
    const resumed = Dqn.from(other, options, readDqnSnapshot(saved.agent));
    const resume = readTrainingSnapshot(saved.loop);
    assert(resume.observation instanceof Uint8Array);
    const rest = new TrainingLoop(other, resumed, {
      seed: 1,
      steps: 150,
      resume: { ...resume, observation: resume.observation },
    });
    for (const _ of rest.records());
    assertEquals(weightsHash(resumed.onlineNetwork), simd.weights);
    assertEquals(resumed.snapshot(), simd.agent.snapshot());
  });
}

Deno.test("an agent sees bytes divided by the upper bound of their space, or by its own number", () => {
  const env = new DotEnv();
  const { observation } = env.reset({ seed: 4 });
  for (const [options, scale] of [[SMALL, 255], [{ ...SMALL, observationScale: 51 }, 51]] as const) {
    const agent = new Dqn(env, options);
    const { architecture } = agent.onlineNetwork;
    assertEquals([architecture.image, architecture.byteScale], [[3, 4, 1], scale]);
    const { byteScale: _, ...floats } = architecture;
    const policy = buildWithKernels((kernels) => new GreedyPolicy(new QNetwork(floats, kernels), kernels));
    policy.network.setTensors(agent.onlineNetwork.tensors());
    assertEquals(
      policy.qValues(Float32Array.from(observation, (x) => x / scale)),
      agent.qValues(observation),
    );
    assertThrows(
      () => agent.act(Float32Array.from(observation), { greedy: true }),
      TypeError,
      "Cannot act: the observation must be of uint8, got one of float32",
    );
    assertThrows(() => policy.act(observation), TypeError, "must be of float32, got one of uint8");
    assertThrows(() => agent.qValues(observation.subarray(1)), TypeError, "must have 12 elements, got 11");
  }
});

Deno.test("images in many environments at once, also after a stop within a turn: Dqn and Pqn", () => {
  const make = () => new VectorEnv(() => new DotEnv(), 3);
  const agents = {
    dqn: {
      create: (envs: VectorEnv<Uint8Array, number>) => new Dqn(envs, { ...SMALL, nStep: 2 }),
      from: (envs: VectorEnv<Uint8Array, number>, snapshot: unknown) =>
        Dqn.from(envs, { ...SMALL, nStep: 2 }, readDqnSnapshot(snapshot)),
    },
    pqn: {
      create: (envs: VectorEnv<Uint8Array, number>) => new Pqn(envs, PQN),
      from: (envs: VectorEnv<Uint8Array, number>, snapshot: unknown) =>
        Pqn.from(envs, PQN, readPqnSnapshot(snapshot)),
    },
  };
  const { convolution } = SMALL;
  const PQN = { seed: 3, convolution, hidden: [8], rolloutSteps: 8, miniBatches: 4 };
  for (const { create, from } of Object.values(agents)) {
    const envs = make();
    const whole = create(envs);
    const observations: Uint8Array[] = [];
    for (const record of train(envs, whole, { seed: 1, steps: 200 })) {
      if (record.kind === "step") observations.push(record.observation);
    }
    assertEquals(observations.length, 200);
    const others = make();
    const half = create(others);
    const loop = new VectorTrainingLoop(others, half, { seed: 1, steps: 200 });
    for (const record of loop.records()) if (record.kind === "step" && record.step === 98) break;
    const saved = Object(
      decodeSnapshot(encodeSnapshot({ loop: loop.snapshot(), agent: half.snapshot() })).snapshot,
    );
    const resumedEnvs = make();
    const resumed = from(resumedEnvs, saved.agent);
    const resume = readVectorTrainingSnapshot(saved.loop);
    for (const _ of train(resumedEnvs, resumed, { seed: 1, steps: 200, resume }));
    assertEquals(resumed.snapshot(), whole.snapshot());
    assertThrows(
      () => {
        const floats = Float32Array.from(resume.observations);
        new VectorTrainingLoop(make(), create(make()), {
          seed: 1,
          resume: { ...resume, observations: floats },
        });
      },
      TypeError,
      "Cannot resume training: observations must be of uint8, got float32",
    );
  }
});

Deno.test("PQN has the same bits in both kernels on images", () => {
  const [simd, reference] = (["simd", "reference"] as const).map((kernel) => {
    const envs = new VectorEnv(() => new DotEnv(), 2);
    const { convolution } = SMALL;
    const agent = new Pqn(envs, { seed: 2, kernel, convolution, hidden: [8], rolloutSteps: 8 });
    for (const _ of train(envs, agent, { seed: 1, steps: 96 }));
    return weightsHash(agent.onlineNetwork);
  });
  assertEquals(simd, reference);
});

Deno.test("actions of several parts, and images of float32", () => {
  const observationSpace = new Box(-1, 1, { shape: [4, 5, 2] });
  const actionSpace = new MultiDiscrete([3, 2]);
  const agent = new Dqn({ observationSpace, actionSpace }, { ...SMALL, dueling: true });
  const observation = () => observationSpace.sample();
  for (let k = 0; k < 40; k++) {
    const action = agent.act(observation());
    const step = {
      observation: observation(),
      nextObservation: observation(),
      terminated: false,
      truncated: false,
    };
    agent.observe({ ...step, action, reward: k % 3 });
  }
  assertEquals(agent.qValues(observation()).length, 5);
  assertEquals(agent.onlineNetwork.architecture.byteScale, undefined);
  assert(agent.gradientSteps > 0);
});

Deno.test("the policy file of an agent for images has their shape and their scale", () => {
  const { agent } = run({ ...SMALL, dueling: true }, 40);
  const { architecture, tensors } = decodeOnnx(encodeOnnx(agent.policyFile({ env: "Dot-v0" })));
  assertEquals([architecture.image, architecture.byteScale], [[3, 4, 1], 255]);
  assertEquals(architecture.convolution, SMALL.convolution);
  assertEquals(tensors, agent.onlineNetwork.tensors());
});

Deno.test("convolutions that do not fit, and options of images elsewhere, are refused by name", () => {
  const env = new DotEnv();
  const vector = { observationSpace: new Box(-1, 1, { shape: [4] }), actionSpace: new Discrete(2) };
  const create = (spaces: ConstructorParameters<typeof Dqn>[0], options: object) => () =>
    Reflect.construct(Dqn, [spaces, { ...SMALL, ...options }]);
  const layer = { filters: 4, kernel: 2, stride: 1 };
  const bad: [() => unknown, typeof RangeError | typeof TypeError, string][] = [
    [
      create(vector, {}),
      RangeError,
      "convolution must be absent for observations that are no images, got 5x2s1,4x2s1 for Box(-1.0, 1.0, (4,), float32)",
    ],
    [
      create(env, { convolution: undefined }),
      RangeError,
      'convolution must be given for images, such as "minatar", got none for Box(0, 255, (3, 4, 1), uint8)',
    ],
    [
      create(env, { convolution: "nature" }),
      RangeError,
      "convolution must fit into images of 3 × 4 × 1, got 32x8s4,64x4s2,64x3s1: the kernel of layer 0 must fit into its input of 3 × 4, got 8",
    ],
    [
      create(env, { convolution: [layer, layer, layer] }),
      RangeError,
      "the kernel of layer 2 must fit into its input of 1 × 2, got 2",
    ],
    [
      create(env, { convolution: [{ ...layer, filters: 0 }] }),
      RangeError,
      'convolution must be layers { filters, kernel, stride } of whole numbers from 1, or minatar or nature, got [{"filters":0',
    ],
    [create(env, { convolution: [{ ...layer, padding: 1 }] }), RangeError, "convolution must be layers"],
    [create(env, { convolution: [] }), RangeError, "convolution must be layers"],
    [
      create(env, { convolution: "atari" }),
      RangeError,
      "convolution must be layers { filters, kernel, stride } of whole numbers from 1, or minatar or nature, got atari",
    ],
    [create(env, { convolution: 3 }), TypeError, "convolution must be layers"],
    [create(env, { observationScale: 0 }), RangeError, "observationScale must be finite and above 0, got 0"],
    [
      create(vector, { convolution: undefined, observationScale: 2 }),
      RangeError,
      "observationScale must be absent for observations of float32, got 2",
    ],
    [
      create({ ...vector, observationSpace: new Box(-1, 1, { shape: [2, 2] }) }, {}),
      TypeError,
      "the observation space must be a Box of vectors or of images (rows, columns, channels), got Box",
    ],
  ];
  for (const [run, kind, message] of bad) assertThrows(run, kind, message);
  assertThrows(() => new Pqn(env), RangeError, "Cannot create a Pqn: convolution must be given for images");
  assertThrows(
    () => Reflect.construct(Pqn, [vector, { convolution: "minatar" }]),
    RangeError,
    "Cannot create a Pqn: convolution must be absent for observations that are no images, got 16x3s1",
  );
});

Deno.test("a snapshot of a network for images is refused where the network is another", () => {
  const { agent } = run(SMALL, 30);
  const other = { ...SMALL, convolution: [{ filters: 5, kernel: 2, stride: 1 }] };
  assertThrows(
    () => Dqn.from(new DotEnv(), other, agent.snapshot()),
    TypeError,
    "the network must be 3x4x1-5x2s1-8-2, bytes divided by 255, got 3x4x1-5x2s1-4x2s1-8-2, bytes divided by 255",
  );
  assertThrows(
    () => Dqn.from(new DotEnv(), { ...SMALL, observationScale: 2 }, agent.snapshot()),
    TypeError,
    "bytes.scale must be 2, got 255",
  );
});
