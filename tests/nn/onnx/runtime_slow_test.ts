import { assert, assertEquals, assertRejects } from "@std/assert";
import { Dqn, GreedyPolicy, RandomAgent, randomStream, train } from "../../../agents/mod.ts";
import type { OnnxObservation } from "../../../agents/onnx_policy.ts";
import { makeEnv, NormalizeObservation } from "../../../envs/mod.ts";
import {
  buildWithKernels,
  encodeOnnx,
  type NetworkArchitecture,
  type OnnxPolicyFile,
  QNetwork,
} from "../../../nn/mod.ts";
import { ARCHITECTURES, randomPolicy, referenceValues } from "./_policies.ts";
import { inRuntime } from "./_runtime.ts";

/** Observations per kind of policy. */
const COUNT = 10_000;
/** How far two values may be apart, as a part of the largest Q-value of the row, or of 1 where all are smaller. */
const TOLERANCE = 1e-5;

/** Half of them drawn at random, half of them visited by a random agent in CartPole. */
function observations(): Float32Array[] {
  const random = randomStream(3, "replay");
  const drawn = Array.from(
    { length: COUNT / 2 },
    () => Float32Array.from({ length: 4 }, () => 6 * random.next() - 3),
  );
  const env = makeEnv("CartPole-v1");
  const visited: Float32Array[] = [];
  for (const record of train(env, new RandomAgent(env), { steps: COUNT / 2 })) {
    if (record.kind === "step") visited.push(record.observation);
  }
  return [...drawn, ...visited];
}

const OBSERVATIONS = observations();

/** Observations of a network: those above, or fewer drawn at random, if it takes bytes or images. */
function observationsOf(
  { observationLength: length, image, byteScale }: NetworkArchitecture,
): OnnxObservation[] {
  if (image === undefined && byteScale === undefined) return OBSERVATIONS;
  const random = randomStream(4, "replay");
  return Array.from(
    { length: COUNT / 10 },
    () =>
      byteScale === undefined
        ? Float32Array.from({ length }, () => 2 * random.next() - 1)
        : Uint8Array.from({ length }, () => 256 * random.next()),
  );
}

/** Compares rows of values; returns the largest difference, as {@linkcode TOLERANCE} measures it. */
function compare(
  valuesOf: (observation: OnnxObservation) => readonly number[],
  observations: readonly OnnxObservation[],
  rows: readonly Float32Array[],
): number {
  let worst = 0;
  rows.forEach((row, r) => {
    const expected = valuesOf(observations[r]!);
    assertEquals(row.length, expected.length);
    const scale = Math.max(1, ...expected.map(Math.abs));
    expected.forEach((value, a) => worst = Math.max(worst, Math.abs(row[a]! - value) / scale));
    const [best = 0, second = -Infinity] = expected.toSorted((x, y) => y - x);
    if (best - second > TOLERANCE * scale) {
      assertEquals(row.indexOf(Math.max(...row)), expected.indexOf(best), `the action of observation ${r}`);
    }
  });
  return worst;
}

/** The Q-values of our own network, its observations normalised as `NormalizeObservation` does. */
function ownValues({ architecture, tensors, normalization }: OnnxPolicyFile) {
  const policy = buildWithKernels((kernels) =>
    new GreedyPolicy(new QNetwork(architecture, kernels), kernels)
  );
  policy.network.setTensors([
    ...tensors.filter(({ name }) => !name.endsWith("_sigma")),
    ...tensors.filter(({ name }) => name.endsWith("_sigma")),
  ]);
  return (observation: OnnxObservation) => {
    const { mean, std } = normalization ?? {};
    const seen = mean === undefined || std === undefined
      ? observation
      : Float32Array.from(observation, (value, i) => (value - mean[i]!) / std[i]!);
    return [...policy.qValues(seen)];
  };
}

for (const [name, architecture] of Object.entries(ARCHITECTURES)) {
  for (const normalized of [false, true]) {
    if (normalized && randomPolicy(architecture, { normalized }).normalization === undefined) continue;
    const title = normalized ? `${name}, normalised` : name;
    Deno.test(`ONNX Runtime computes what our network and the formulas say: ${title}`, () => {
      const policy = randomPolicy(architecture, { normalized });
      return inRuntime(encodeOnnx(policy), async (runtime) => {
        const observations = observationsOf(architecture);
        assertEquals(runtime.observationLength, architecture.observationLength);
        const rows: Float32Array[] = [];
        // Batches of every size in turn.
        for (let at = 0, i = 0; at < observations.length; i++) {
          const size = [64, 7, 1][i % 3]!;
          rows.push(...await runtime.qValuesBatch(observations.slice(at, at + size)));
          at += size;
        }
        assertEquals(rows.length, observations.length);
        const fromOurs = compare(ownValues(policy), observations, rows);
        assert(fromOurs < TOLERANCE, `largest difference from our network ${fromOurs}`);
        const fromFormulas = compare(
          (observation) => referenceValues(policy, observation),
          observations,
          rows,
        );
        assert(fromFormulas < TOLERANCE, `largest difference from the formulas ${fromFormulas}`);
      });
    });
  }
}

Deno.test("a policy learned on normalised observations plays on plain ones", () => {
  const env = new NormalizeObservation(makeEnv("MountainCar-v0"));
  const agent = new Dqn(env, { seed: 1, hidden: [16], learningStarts: 128, distribution: "qr", atoms: 8 });
  for (const _ of train(env, agent, { seed: 1, steps: 600 }));
  env.freeze();
  const { architecture } = agent.onlineNetwork;
  const tensors = agent.onlineNetwork.tensors();
  const file = encodeOnnx({ architecture, tensors, normalization: env, metadata: {} });
  return inRuntime(file, async (runtime) => {
    const plain = makeEnv("MountainCar-v0");
    let [seen, shown] = [env.reset({ seed: 2 }).observation, plain.reset({ seed: 2 }).observation];
    for (let step = 0; step < 150; step++) {
      const [expected, got] = [agent.qValues(seen), await runtime.qValues(shown)];
      const scale = Math.max(1, ...expected.map(Math.abs));
      got.forEach((value, a) => assert(Math.abs(value - expected[a]!) < TOLERANCE * scale));
      const action = step % 3;
      [seen, shown] = [env.step(action).observation, plain.step(action).observation];
    }
  });
});

Deno.test("equal Q-values give the first action in ONNX Runtime, too", () => {
  const architecture = { ...ARCHITECTURES["linear"]!, actionCount: 5 };
  const tensors = [
    { name: "layers.0.weight", shape: [4, 5], data: new Float32Array(20) },
    { name: "layers.0.bias", shape: [5], data: Float32Array.of(0, 2, 1, 2, 2) },
  ];
  return inRuntime(encodeOnnx({ architecture, tensors, metadata: {} }), async (runtime) => {
    assertEquals(await runtime.act(new Float32Array(4)), 1);
  });
});

Deno.test("an observation of another length is refused before ONNX Runtime sees it", () =>
  inRuntime(encodeOnnx(randomPolicy(ARCHITECTURES["plain"]!)), async (runtime) => {
    await assertRejects(() => runtime.act(new Float32Array(5)), TypeError, "must have 4 elements, got 5");
  }));

Deno.test("an image of another size, or of another type, is refused before ONNX Runtime sees it", () =>
  inRuntime(encodeOnnx(randomPolicy(ARCHITECTURES["convolutions, bytes, dueling"]!)), async (runtime) => {
    await assertRejects(() => runtime.act(new Uint8Array(98)), TypeError, "must have 99 elements, got 98");
    const floats = "the observation must be of uint8, got one of float32";
    await assertRejects(() => runtime.act(new Float32Array(99)), TypeError, floats);
  }));
