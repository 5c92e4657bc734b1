import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DecoupledCategoricalHead } from "../../../agents/dqn/_decoupled_categorical_head.ts";
import { DecoupledHead } from "../../../agents/dqn/_decoupled_head.ts";
import { QuantileHead } from "../../../agents/dqn/_quantile_head.ts";
import { ValueHead } from "../../../agents/dqn/_value_head.ts";
import { bestOfParts } from "../../../agents/best_of_parts.ts";
import {
  architectureOf,
  constantSchedule,
  decodeSnapshot,
  Dqn,
  type DqnOptions,
  encodeSnapshot,
  maskActions,
  readDqnSnapshot,
  train,
} from "../../../agents/mod.ts";
import { LunarLanderContinuous } from "../../../envs/box2d/mod.ts";
import { Box, MultiDiscrete, MultiDiscreteActions, TimeLimit } from "../../../envs/mod.ts";
import { createKernels, createMatrix, decodeOnnx, encodeOnnx, type Matrix } from "../../../nn/mod.ts";

const SPACES = {
  observationSpace: new Box([-1, -1], [1, 1]),
  actionSpace: new MultiDiscrete([3, 2], { start: [-1, 4] }),
};
const SMALL: DqnOptions = { hidden: [8, 6], batchSize: 4, bufferSize: 32, learningStarts: 4 };

function transition(k: number, changes: { terminated?: boolean; truncated?: boolean } = {}) {
  const at = (i: number) => new Float32Array([Math.fround((i % 7) / 7), Math.fround((i % 11) / 11)]);
  return {
    observation: at(k),
    action: Int32Array.of(k % 3 - 1, 4 + k % 2),
    reward: (k % 5) / 5,
    nextObservation: at(k + 1),
    terminated: false,
    truncated: false,
    ...changes,
  };
}

const rowsOf = ({ data, rows, columns, stride }: Matrix) =>
  Array.from({ length: rows }, (_, r) => [...data.subarray(r * stride, r * stride + columns)]);

/** A matrix in the memory of kernels. */
function matrix(kernels: ReturnType<typeof createKernels>, rows: readonly (readonly number[])[]): Matrix {
  const result = createMatrix(rows.length, rows[0]!.length, (length) => kernels.allocate(length));
  rows.forEach((row, r) => result.data.set(row, r * result.stride));
  return result;
}

for (const kernel of ["reference", "simd"] as const) {
  Deno.test(`the value of several parts is their mean, and each has its share of the gradient: ${kernel}`, () => {
    const kernels = createKernels(10_000, kernel);
    const architecture = architectureOf(2, [3, 2], {});
    const head = new DecoupledHead(2, kernels, architecture, new ValueHead(2, kernels, "mse"));
    // Parts of 3 and 2 values; the best ones of the first row are 5 and 7, of the second 3 and 1.
    const next = matrix(kernels, [[1, 5, 2, 7, 0], [3, 3, 1, 0, 1]]);
    const values = head.read(next);
    const best = kernels.allocateInt32(4);
    bestOfParts(values, [3, 2], best);
    assertEquals([...best], [1, 3, 0, 4]);
    head.setTargets(Float32Array.of(1, 2), Float32Array.of(0.5, 0), { actions: best, soft: undefined });
    // Targets: 1 + 0.5 · (5 + 7) / 2 = 4, and 2 where the task has ended.
    const output = matrix(kernels, [[0, 0, 6, 0, 4], [1, 0, 0, 2, 0]]);
    const actions = kernels.allocateInt32(4);
    actions.set([2, 4, 0, 3]);
    const weights = kernels.allocate(2);
    weights.set([1, 0.5]);
    const gradient = matrix(kernels, [[9, 9, 9, 9, 9], [9, 9, 9, 9, 9]]);
    // Errors: (6 + 4) / 2 − 4 = 1 and (1 + 2) / 2 − 2 = −0.5; loss (1 · 1 + 0.5 · 0.25) / 2.
    assertEquals(head.loss(output, actions, weights, gradient), 0.5625);
    assertEquals([...head.surprises], [1, 0.5]);
    assertEquals(head.meanQ(), (5 + 1.5) / 2);
    // 2 · error · weight / 2 rows / 2 parts.
    assertEquals(rowsOf(gradient), [[0, 0, 0.5, 0, 0.5], [-0.125, 0, 0, -0.125, 0]]);
  });

  Deno.test(`quantiles of several parts are their means: ${kernel}`, () => {
    const kernels = createKernels(10_000, kernel);
    const options = { distribution: "qr", atoms: 2 } as const;
    const joint = new QuantileHead(1, kernels, architectureOf(2, 1, options));
    const head = new DecoupledHead(1, kernels, architectureOf(2, [2, 1], options), joint);
    const next = matrix(kernels, [[0, 2, 4, 8, 2, 6]]);
    assertEquals(rowsOf(head.read(next)), [[1, 6, 4]]);
    const best = kernels.allocateInt32(2);
    best.set([1, 2]);
    head.setTargets(Float32Array.of(1), Float32Array.of(0.5), { actions: best, soft: undefined });
    // Targets: 1 + 0.5 · (4 + 2) / 2 = 2.5 and 1 + 0.5 · (8 + 6) / 2 = 4.5. Quantiles (2 + 2) / 2 = 2 and (4 + 6) / 2 = 5.
    const output = matrix(kernels, [[2, 4, 0, 0, 2, 6]]);
    const actions = kernels.allocateInt32(2);
    actions.set([0, 2]);
    const gradient = matrix(kernels, [[9, 9, 9, 9, 9, 9]]);
    const weights = kernels.allocate(1).fill(1);
    // u is 0.5 and 2.5 for the first (τ = 1/4), −2.5 and −0.5 for the second (τ = 3/4).
    const loss = (0.25 * (0.125 + 2) + 0.25 * (2 + 0.125)) / 2;
    assertAlmostEquals(head.loss(output, actions, weights, gradient), loss, 1e-7);
    const [first, second] = [-0.25 * (0.5 + 1) / 2 / 2, 0.25 * (1 + 0.5) / 2 / 2];
    assertEquals(rowsOf(gradient), [[first, second, 0, 0, first, second]]);
    assertEquals([...head.surprises], [0]);
    assertEquals(head.meanQ(), 3.5);
  });
}

/** Logits of probabilities. */
const logs = (...probabilities: number[]) => probabilities.map((p) => Math.log(p));

for (const kernel of ["reference", "simd"] as const) {
  Deno.test(`C51: the target of several parts is the mixture of theirs, and each learns it: ${kernel}`, () => {
    const kernels = createKernels(10_000, kernel);
    const options = { distribution: "c51", atoms: 3, vMin: 0, vMax: 2 } as const;
    const head = new DecoupledCategoricalHead(2, kernels, architectureOf(2, [2, 1], options));
    const half = [...logs(1 / 3, 1 / 3, 1 / 3), ...logs(0.5, 0.25, 0.25), ...logs(0.25, 0.5, 0.25)];
    const rowOfOnes = [...logs(0.2, 0.4, 0.4), ...logs(0.2, 0.4, 0.4), ...logs(0.2, 0.4, 0.4)];
    const values = rowsOf(head.read(matrix(kernels, [half, rowOfOnes])));
    [[1, 0.75, 1], [1.2, 1.2, 1.2]].forEach((row, r) =>
      row.forEach((value, a) => assertAlmostEquals(values[r]![a]!, value, 1e-6))
    );
    // The next action (1, 0): the mixture of (0.5, 0.25, 0.25) and (0.25, 0.5, 0.25) is (0.375, 0.375, 0.25). With reward 1 and
    // discount 0.5 its atoms 0, 1, 2 go to 1, 1.5, 2: (0, 0.375 + 0.1875, 0.1875 + 0.25). Where the task has ended all goes to 0.5.
    const next = kernels.allocateInt32(4);
    next.set([1, 2, 0, 2]);
    head.setTargets(Float32Array.of(1, 0.5), Float32Array.of(0.5, 0), { actions: next, soft: undefined });
    const [first, second] = [[0, 0.5625, 0.4375], [0.5, 0.5, 0]];
    const uniform = logs(1 / 3, 1 / 3, 1 / 3);
    const output = matrix(kernels, [
      [...logs(0.5, 0.25, 0.25), ...uniform, ...logs(0.25, 0.25, 0.5)],
      [...uniform, ...logs(0.25, 0.5, 0.25), ...logs(0.5, 0.25, 0.25)],
    ]);
    const actions = kernels.allocateInt32(4);
    actions.set([0, 2, 1, 2]);
    const weights = kernels.allocate(2);
    weights.set([1, 0.5]);
    const gradient = matrix(kernels, [new Array<number>(9).fill(7), new Array<number>(9).fill(7)]);
    const loss = head.loss(output, actions, weights, gradient);
    const cross = (m: number[], p: number[]) => -m.reduce((sum, mass, z) => sum + mass * Math.log(p[z]!), 0);
    const surprises = [
      (cross(first, [0.5, 0.25, 0.25]) + cross(first, [0.25, 0.25, 0.5])) / 2,
      (cross(second, [0.25, 0.5, 0.25]) + cross(second, [0.5, 0.25, 0.25])) / 2,
    ];
    surprises.forEach((surprise, r) => assertAlmostEquals(head.surprises[r]!, surprise, 1e-6));
    assertAlmostEquals(loss, (surprises[0]! + 0.5 * surprises[1]!) / 2, 1e-6);
    // (p − m) · weight / 2 rows / 2 parts.
    const expected = [
      [...[0.5, 0.25 - 0.5625, 0.25 - 0.4375].map((d) => d / 4), 0, 0, 0]
        .concat([0.25, 0.25 - 0.5625, 0.5 - 0.4375].map((d) => d / 4)),
      [0, 0, 0, ...[-0.25, 0, 0.25].map((d) => d / 8), ...[0, -0.25, 0.25].map((d) => d / 8)],
    ];
    rowsOf(gradient).forEach((row, r) =>
      row.forEach((value, i) => assertAlmostEquals(value, expected[r]![i]!, 1e-6, `row ${r}, ${i}`))
    );
    // Means 0.75 and 1.25 of the first row's parts, 1 and 0.75 of the second's.
    assertAlmostEquals(head.meanQ(), (1 + 0.875) / 2, 1e-6);
  });
}

Deno.test("masks hold for each part, and one that allows nothing allows everything", () => {
  const values = createMatrix(1, 5);
  values.data.set([1, 2, 3, 4, 5]);
  maskActions(values, new Uint8Array([1, 1, 0, 0, 0]), [3, 2]);
  assertEquals(rowsOf(values), [[1, 2, -Infinity, 4, 5]]);
});

const maskOf = (k: number) => Uint8Array.of(1, k % 2, 1, (k + 1) % 2, k % 2);

const VARIANTS: [string, DqnOptions][] = [
  ["plain", {}],
  ["double, dueling", { double: true, dueling: true }],
  ["prioritized, 3-step, huber, clipped", { prioritized: true, nStep: 3, loss: "huber", maxGradNorm: 0.5 }],
  ["noisy, layer norm", { noisy: true, layerNorm: true }],
  ["action mask, 2-step", { actionMask: true, nStep: 2 }],
  ["Rainbow", {
    distribution: "c51",
    atoms: 5,
    vMin: 0,
    vMax: 3,
    double: true,
    dueling: true,
    prioritized: true,
    nStep: 3,
    noisy: true,
  }],
  ["everything with quantiles", {
    distribution: "qr",
    atoms: 5,
    double: true,
    dueling: true,
    prioritized: true,
    nStep: 3,
    noisy: true,
    layerNorm: true,
  }],
];

for (const [name, options] of VARIANTS) {
  Deno.test(`several parts: an agent continues from a snapshot, with either kernels: ${name}`, () => {
    const all: DqnOptions = { ...SMALL, epsilon: constantSchedule(0.3), ...options };
    const spaces = { ...SPACES, offersActionMask: options.actionMask === true };
    const play = (agent: Dqn<Int32Array>, from: number, to: number) => {
      for (let k = from; k < to; k++) {
        const step = transition(k, { terminated: k % 7 === 6, truncated: k % 9 === 8 });
        const [actionMask, nextActionMask] = [maskOf(k), maskOf(k + 1)];
        const action = agent.act(step.observation, { actionMask });
        if (options.actionMask === true) {
          assertEquals([actionMask[action[0]! + 1], actionMask[action[1]! - 4 + 3]], [1, 1]);
        }
        agent.observe({ ...step, action, actionMask, nextActionMask });
        action.fill(77); // the agent must have copied it
      }
    };
    for (const cut of [1, 4, 17, 30]) {
      const whole = new Dqn(spaces, { ...all, kernel: "simd" });
      play(whole, 0, cut);
      const saved = decodeSnapshot(encodeSnapshot(whole.snapshot())).snapshot;
      const resumed = Dqn.from(spaces, { ...all, kernel: "reference" }, readDqnSnapshot(saved));
      play(whole, cut, 60);
      play(resumed, cut, 60);
      assertEquals(resumed.snapshot(), whole.snapshot());
    }
  });

  Deno.test(`several parts: a policy file gives the agent's network: ${name}`, () => {
    const agent = new Dqn({ ...SPACES, offersActionMask: options.actionMask === true }, {
      ...SMALL,
      ...options,
    });
    const file = agent.policyFile();
    const read = decodeOnnx(encodeOnnx(file));
    assertEquals(read.architecture.actionParts, [3, 2]);
    assertEquals(read.metadata["action_space"], "MultiDiscrete([3 2], start=[-1  4])");
    assertEquals(
      read.tensors,
      file.tensors.filter((tensor) => !tensor.name.endsWith("_sigma")),
    );
  });
}

Deno.test("with dueling each part's advantages have a mean of zero", () => {
  const agent = new Dqn(SPACES, { ...SMALL, dueling: true });
  for (const observation of [[0, 0], [0.5, -1]]) {
    const values = agent.qValues(Float32Array.from(observation));
    const [first, second] = [values.subarray(0, 3), values.subarray(3)];
    const mean = (part: Float32Array) => part.reduce((sum, value) => sum + value, 0) / part.length;
    assertAlmostEquals(mean(first), mean(second), 1e-6); // both the value of the state
  }
});

Deno.test("ε is drawn for each part, and the others are greedy", () => {
  const agent = new Dqn(SPACES, { ...SMALL, epsilon: constantSchedule(0.5), learningStarts: 1e6 });
  const observation = Float32Array.of(0.3, -0.2);
  const greedy = agent.act(observation, { greedy: true });
  const other = [0, 0, 0, 0];
  for (let i = 0; i < 4_000; i++) {
    const action = agent.act(observation);
    assertEquals(SPACES.actionSpace.contains(action), true);
    other[(action[0] === greedy[0] ? 0 : 1) + (action[1] === greedy[1] ? 0 : 2)]!++;
  }
  // A part differs from the greedy one with probability ½ · ⅔, or ½ · ½, independently.
  [2 / 3 * 3 / 4, 1 / 3 * 3 / 4, 2 / 3 / 4, 1 / 3 / 4].forEach((share, i) =>
    assertAlmostEquals(other[i]! / 4_000, share, 0.03)
  );
});

Deno.test("a Dqn refuses actions of several parts that are not its own, and options that do not work with them", () => {
  const agent = new Dqn(SPACES, SMALL);
  const observe = (action: unknown) => Reflect.apply(agent.observe, agent, [{ ...transition(0), action }]);
  assertThrows(() => observe(Int32Array.of(-1, 6)), RangeError, "action must be in MultiDiscrete([3 2]");
  assertThrows(() => observe(Int32Array.of(0)), TypeError, "action must be in MultiDiscrete([3 2]");
  assertThrows(() => observe(1), TypeError, "action must be in MultiDiscrete([3 2]");
  assertThrows(
    () => new Dqn(SPACES, { munchausen: true }),
    RangeError,
    "munchausen must be false for actions of several parts, 2, got true",
  );
  const { replayBuffer, ...rest } = agent.snapshot();
  const single = { ...replayBuffer };
  delete single.actionParts;
  assertThrows(
    () => Dqn.from(SPACES, SMALL, { ...rest, replayBuffer: single }),
    TypeError,
    "actionParts must be 2, got 0",
  );
});

Deno.test("a Dqn with decoupled heads trains in an environment of two engines", () => {
  const make = () => new TimeLimit(new MultiDiscreteActions(new LunarLanderContinuous(), 3), 1_000);
  const env = make();
  const agent = new Dqn(env, { hidden: [16], batchSize: 16, learningStarts: 50, seed: 3 });
  let steps = 0;
  const evaluation = { env: make(), interval: 150, episodes: 1, seed: 5 };
  for (const record of train(env, agent, { steps: 300, seed: 3, evaluation })) {
    if (record.kind === "step") steps += record.action.length / 2;
  }
  assertEquals([steps, agent.gradientSteps > 0], [300, true]);
});
