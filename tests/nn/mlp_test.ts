import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomSeeded } from "@std/random";
import { type Loss, type Matrix, Mlp, mlpLayers, mlpLength, ReferenceKernels } from "../../nn/mod.ts";

/** The loss of a network as a function of its float64 parameters: weights (inputs, outputs) row by row, then biases. */
function lossInFloat64(
  sizes: readonly number[],
  parameters: readonly number[],
  inputs: readonly number[][],
  actions: readonly number[],
  targets: readonly number[],
  weights: readonly number[],
  loss: Loss,
): number {
  let sum = 0;
  inputs.forEach((input, row) => {
    let values = [...input];
    let at = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
      const outputs = sizes[layer]!;
      const next = Array.from({ length: outputs }, (_, j) => parameters[at + values.length * outputs + j]!);
      values.forEach((value, i) => {
        for (let j = 0; j < outputs; j++) next[j] = next[j]! + value * parameters[at + i * outputs + j]!;
      });
      at += (values.length + 1) * outputs;
      values = layer < sizes.length - 1 ? next.map((value) => Math.max(0, value)) : next;
    }
    const error = values[actions[row]!]! - targets[row]!;
    const size = Math.abs(error);
    const value = loss === "mse" ? error ** 2 : size <= 1 ? error ** 2 / 2 : size - 0.5;
    sum += weights[row]! * value;
  });
  return sum / inputs.length;
}

const dense = (matrix: Matrix): number[] =>
  Array.from({ length: matrix.rows * matrix.columns }, (_, k) => {
    const row = Math.floor(k / matrix.columns);
    return matrix.data[row * matrix.stride + k % matrix.columns]!;
  });

Deno.test("gradients agree with central differences in float64", () => {
  const random = randomSeeded(11n);
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const kernels = new ReferenceKernels();
  for (let round = 0; round < 24; round++) {
    const hidden = Array.from({ length: whole(0, 3) }, () => whole(1, 9));
    const sizes = [whole(1, 6), ...hidden, whole(1, 5)];
    const rows = whole(1, 7);
    const loss: Loss = round % 2 === 0 ? "mse" : "huber";
    const network = new Mlp(sizes, kernels);
    network.initialize("he", random);
    for (const { bias, weight } of network.layers) {
      for (let j = 0; j < weight.columns; j++) bias[j] = random() - 0.5;
    }
    const activations = network.createActivations(rows);
    const workspace = network.createBackwardWorkspace(rows);
    const inputs = Array.from(
      { length: rows },
      () => Array.from({ length: sizes[0]! }, () => Math.fround(2 * random() - 1)),
    );
    inputs.forEach((row, r) => activations[0]!.data.set(row, r * activations[0]!.stride));
    const actions = inputs.map(() => whole(0, sizes.at(-1)! - 1));
    const targets = inputs.map(() => Math.fround(4 * random() - 2));
    const weights = inputs.map(() => Math.fround(0.5 + random()));
    const gradients = kernels.allocate(mlpLength(sizes));
    const layers = mlpLayers(sizes, gradients);
    const output = network.forward(activations);
    const value = kernels.tdLoss(
      loss,
      output,
      new Int32Array(actions),
      new Float32Array(targets),
      new Float32Array(weights),
      workspace.gradients.at(-1)!,
      new Float32Array(rows),
    );
    network.backward(activations, workspace, layers);

    const parameters = network.tensors().flatMap((tensor) => [...tensor.data]);
    const analytic = layers.flatMap(({ weight, bias }) => [
      ...dense(weight),
      ...bias.subarray(0, weight.columns),
    ]);
    const lossAt = (changed: number[]) =>
      lossInFloat64(sizes, changed, inputs, actions, targets, weights, loss);
    assert(Math.abs(value - lossAt(parameters)) <= 1e-5 * Math.max(1, value));
    const step = 1e-6;
    const numeric = parameters.map((_, k) => {
      const shifted = (by: number) => parameters.map((p, i) => i === k ? p + by : p);
      return (lossAt(shifted(step)) - lossAt(shifted(-step))) / (2 * step);
    });
    const size = Math.sqrt(numeric.reduce((sum, g) => sum + g * g, 0) / numeric.length);
    numeric.forEach((expected, k) => {
      const difference = Math.abs(analytic[k]! - expected);
      assert(
        difference <= 1e-4 * Math.max(Math.abs(expected), size, 1e-6),
        `parameter ${k} of ${sizes.join("-")}: ${analytic[k]} instead of ${expected}`,
      );
    });
  }
});

Deno.test("a forward pass by hand", () => {
  const network = new Mlp([2, 2, 1], new ReferenceKernels());
  network.setTensors([
    { name: "layers.0.weight", shape: [2, 2], data: new Float32Array([1, -1, 2, 0.5]) },
    { name: "layers.0.bias", shape: [2], data: new Float32Array([0.5, -3]) },
    { name: "layers.1.weight", shape: [2, 1], data: new Float32Array([10, 100]) },
    { name: "layers.1.bias", shape: [1], data: new Float32Array([7]) },
  ]);
  const activations = network.createActivations(1);
  activations[0]!.data.set([1, 2]);
  // hidden: 0.5 + 1 + 4 = 5.5, and -3 - 1 + 1 = -3, which the ReLU makes 0
  assertEquals(network.forward(activations).data[0], 7 + 10 * 5.5);
});

Deno.test("a forward pass with layer normalisation by hand", () => {
  const network = new Mlp([2, 2, 1], new ReferenceKernels(), { layerNorm: true });
  network.setTensors([
    { name: "layers.0.weight", shape: [2, 2], data: new Float32Array([1, -1, 2, 0.5]) },
    { name: "layers.0.bias", shape: [2], data: new Float32Array([0.5, -3]) },
    { name: "layers.0.norm_gain", shape: [2], data: new Float32Array([2, 3]) },
    { name: "layers.0.norm_bias", shape: [2], data: new Float32Array([0.25, 4]) },
    { name: "layers.1.weight", shape: [2, 1], data: new Float32Array([10, 100]) },
    { name: "layers.1.bias", shape: [1], data: new Float32Array([7]) },
  ]);
  const activations = network.createActivations(1);
  activations[0]!.data.set([1, 2]);
  // hidden: 5.5 and −3, of mean 1.25 and deviation 4.25; so about 1 and −1, then 2 + 0.25 and −3 + 4
  assertAlmostEquals(network.forward(activations).data[0]!, 7 + 10 * 2.25 + 100 * 1, 1e-4);
});

Deno.test("the output is never normalised, but a torso's output is", () => {
  const names = (reluOutput: boolean) =>
    new Mlp([2, 3, 1], new ReferenceKernels(), { layerNorm: true, reluOutput }).tensors().map(({ name }) =>
      name
    );
  const own = ["layers.0.weight", "layers.0.bias", "layers.0.norm_gain", "layers.0.norm_bias"];
  assertEquals(names(false), [...own, "layers.1.weight", "layers.1.bias"]);
  assertEquals(names(true), [...own, ...own.map((name) => name.replace("0", "1"))]);
});

Deno.test("fresh gains are 1 and biases 0, and normalisation draws nothing", () => {
  const [plain, normalized] = [false, true].map((layerNorm) => {
    const network = new Mlp([3, 5, 2], new ReferenceKernels(), { layerNorm });
    network.initialize("pytorch", randomSeeded(2n));
    return network.tensors();
  });
  assertEquals(normalized!.filter(({ name }) => !name.includes("norm")), plain);
  assertEquals([...normalized![2]!.data, ...normalized![3]!.data], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
});

Deno.test("tensors survive a round trip, and padding stays zero", () => {
  const network = new Mlp([3, 5, 2], new ReferenceKernels(), { layerNorm: true });
  network.initialize("pytorch", randomSeeded(2n));
  const other = new Mlp([3, 5, 2], new ReferenceKernels(), { layerNorm: true });
  other.setTensors(network.tensors());
  assertEquals(other.parameters, network.parameters);
  for (const { weight, bias, norm } of network.layers) {
    for (const array of norm === undefined ? [] : [norm.gain, norm.bias]) {
      assert(array.subarray(weight.columns).every((value) => value === 0));
    }
    for (let r = 0; r < weight.rows; r++) {
      const padding = weight.data.subarray(r * weight.stride + weight.columns, (r + 1) * weight.stride);
      assert(padding.every((value) => value === 0));
    }
    assert(bias.subarray(weight.columns).every((value) => value === 0));
  }
});

Deno.test("an Mlp refuses bad sizes and foreign tensors", () => {
  const kernels = new ReferenceKernels();
  assertThrows(() => new Mlp([4], kernels), RangeError, "at least two whole numbers from 1, got [4]");
  assertThrows(() => new Mlp([4, 0, 2], kernels), RangeError, "got [4, 0, 2]");
  assertThrows(() => new Mlp([4, 1.5], kernels), RangeError, "got [4, 1.5]");
  const network = new Mlp([2, 3, 1], kernels);
  const before = network.parameters.slice();
  const foreign = new Mlp([2, 4, 1], kernels).tensors();
  assertThrows(
    () => network.setTensors(foreign),
    TypeError,
    "tensor 0 must be layers.0.weight (2, 3), got layers.0.weight (2, 4)",
  );
  assertThrows(
    () => network.setTensors(network.tensors().slice(1)),
    TypeError,
    "tensor 0 must be layers.0.weight",
  );
  assertThrows(
    () => network.setTensors(network.tensors().slice(0, 3)),
    TypeError,
    "tensor 3 must be layers.1.bias (1), got nothing",
  );
  assertThrows(
    () => network.setTensors([...network.tensors(), ...foreign.slice(0, 1)]),
    TypeError,
    "tensor 4 must be absent",
  );
  assertEquals(network.parameters, before);
});

Deno.test("a network refuses tensors that are not finite, and stays as it was", () => {
  const mlp = new Mlp([2, 3, 1], new ReferenceKernels());
  const before = mlp.parameters.slice();
  for (const odd of [NaN, Infinity, -Infinity]) {
    const tensors = mlp.tensors().map((tensor) => ({ ...tensor, data: tensor.data.map(() => 1) }));
    tensors[2]!.data[1] = odd;
    assertThrows(
      () => mlp.setTensors(tensors),
      RangeError,
      `Cannot set the tensors of an Mlp: layers.1.weight must be finite, got ${odd}`,
    );
  }
  assertEquals(mlp.parameters, before);
});
