import { assert, assertEquals } from "@std/assert";
import { randomSeeded } from "@std/random";
import {
  createKernels,
  createMatrix,
  drawLayerNoise,
  type LayerNoise,
  type Matrix,
  type NetworkArchitecture,
  QNetwork,
  QValueReader,
} from "../../nn/mod.ts";
import { crossEntropy, forward, type Parameters, quantileHuber } from "./_float64_network.ts";

const ROWS = 6;
const SEED = 41n;

/** The elements of a matrix without padding. */
const dense = ({ data, rows, columns, stride }: Matrix): number[] =>
  Array.from({ length: rows }, (_, r) => [...data.subarray(r * stride, r * stride + columns)]).flat();

/** A network after one backward pass of its loss, and what goes into that loss. */
function backward(architecture: NetworkArchitecture, kernel: "simd" | "reference") {
  const random = randomSeeded(SEED);
  const { actionCount, atoms, distribution } = architecture;
  const kernels = createKernels(200_000, kernel);
  const network = new QNetwork(architecture, kernels);
  network.initialize("he", random);
  // Parameters of every size: neither biases of zero nor sigmas that are all the same.
  network.setTensors(
    network.tensors().map((tensor) => ({
      ...tensor,
      data: tensor.data.map((value) => value * (0.5 + random()) + 0.1 * (random() - 0.5)),
    })),
  );
  const activations = network.createActivations(ROWS), gradients = network.createGradients(ROWS);
  const { observations } = activations;
  for (let r = 0; r < ROWS; r++) {
    for (let c = 0; c < observations.columns; c++) {
      observations.data[r * observations.stride + c] = 2 * random() - 1;
    }
  }
  const actions = kernels.allocateInt32(ROWS), weights = kernels.allocate(ROWS);
  const targets = createMatrix(ROWS, atoms, (length) => kernels.allocate(length));
  for (let r = 0; r < ROWS; r++) {
    actions[r] = Math.floor(random() * actionCount);
    weights[r] = 0.5 + random();
    const masses = Array.from({ length: atoms }, random);
    const sum = distribution === "c51" ? masses.reduce((total, mass) => total + mass, 0) : 0.5;
    targets.data.set(masses.map((mass) => mass / sum), r * targets.stride);
  }
  network.drawNoise(randomSeeded(SEED));
  const output = network.forward(activations, true);
  const losses = kernels.allocate(ROWS);
  const { outputGradient } = gradients;
  if (distribution === "c51") {
    const reader = new QValueReader(architecture, ROWS, kernels);
    reader.read(output);
    const logSums = kernels.allocate(ROWS);
    for (let r = 0; r < ROWS; r++) {
      const group = r * actionCount + actions[r]!;
      logSums[r] = reader.largest[group]! + Math.log(reader.sums[group]!);
    }
    const chances = reader.probabilities!;
    kernels.heads.crossEntropy(output, actions, chances, logSums, targets, weights, outputGradient, losses);
  } else if (distribution === "qr") {
    kernels.heads.quantileHuber(output, actions, targets, weights, outputGradient, losses);
  } else {
    const wanted = kernels.allocate(ROWS);
    wanted.set(dense(targets));
    kernels.tdLoss("mse", output, actions, wanted, weights, outputGradient, losses);
  }
  network.backward(activations, gradients);
  const { convolutionLayers, layers } = gradients.body;
  const means = [...convolutionLayers, ...layers.flat()].flatMap(({ weight, bias, norm }) => [
    dense(weight),
    ...[bias, ...norm === undefined ? [] : [norm.gain, norm.bias]].map((array) => [
      ...array.subarray(0, weight.columns),
    ]),
  ]);
  const sigmas = gradients.noisy.map(({ sigma }) => dense(sigma));
  return { network, observations, actions, weights, targets, gradients: [...means, ...sigmas] };
}

/** The noise of each layer, from the stream that the network drew it from. */
function noisesOf(network: QNetwork): LayerNoise[] {
  const random = randomSeeded(SEED);
  const layers = network.tensors().filter(({ name }) => /^(?!convolution).*\.weight$/.test(name));
  return !network.architecture.noisy ? [] : layers.map(({ shape }) => {
    const [inputs, outputs] = [new Float32Array(shape[0]!), new Float32Array(shape[1]!)];
    const noise = { inputs, outputs };
    drawLayerNoise(noise, shape[1]!, random);
    return noise;
  });
}

/** The weighted mean loss as a function of the parameters, in float64. */
function lossIn64(
  { network, observations, actions, weights, targets }: ReturnType<typeof backward>,
  parameters: Parameters,
  noises: readonly LayerNoise[],
): number {
  const { atoms, distribution } = network.architecture;
  let sum = 0;
  for (let r = 0; r < ROWS; r++) {
    const start = r * observations.stride;
    const observation = [...observations.data.subarray(start, start + observations.columns)];
    const output = forward(network.architecture, parameters, observation, noises);
    const chosen = output.slice(actions[r]! * atoms, (actions[r]! + 1) * atoms);
    const target = [...targets.data.subarray(r * targets.stride, r * targets.stride + atoms)];
    const loss = distribution === "c51"
      ? crossEntropy(chosen, target)
      : distribution === "qr"
      ? quantileHuber(chosen, target)
      : (chosen[0]! - target[0]!) ** 2;
    sum += weights[r]! * loss;
  }
  return sum / ROWS;
}

/** Compares every gradient with central differences of the loss in float64, and both kernels. */
function compare(architecture: NetworkArchitecture, name: readonly string[]): void {
  Deno.test(`gradients agree with central differences: ${name.join(", ")}`, () => {
    const pass = backward(architecture, "reference");
    const tensors = pass.network.tensors();
    const noises = noisesOf(pass.network);
    assertEquals(tensors.length, pass.gradients.length);
    const parameters = Object.fromEntries(tensors.map(({ name, data }) => [name, [...data]]));
    const step = 1e-6;
    tensors.forEach(({ name, data }, k) => {
      data.forEach((value, i) => {
        const lossAt = (shifted: number) =>
          lossIn64(pass, { ...parameters, [name]: parameters[name]!.with(i, shifted) }, noises);
        const expected = (lossAt(value + step) - lossAt(value - step)) / (2 * step);
        const actual = pass.gradients[k]![i]!;
        const tolerance = 1e-4 * Math.max(Math.abs(expected), 0.01);
        assert(
          Math.abs(actual - expected) <= tolerance,
          `${name}[${i}]: ${actual} instead of ${expected}`,
        );
      });
    });
    // Something is learned, by sigmas as by means.
    for (const gradient of pass.gradients) assert(gradient.some((element) => element !== 0));
    assertEquals(backward(architecture, "simd").gradients, pass.gradients);
  });
}

for (const distribution of ["none", "c51", "qr"] as const) {
  for (const [dueling, noisy] of [[false, false], [true, false], [false, true], [true, true]] as const) {
    for (const [hidden, layerNorm] of [[[4, 5], false], [[7], false], [[4, 5], true], [[7], true]] as const) {
      const architecture: NetworkArchitecture = {
        observationLength: 3,
        hidden,
        actionCount: 3,
        dueling,
        noisy,
        distribution,
        atoms: distribution === "none" ? 1 : 5,
        vMin: -1,
        vMax: distribution === "c51" ? 3 : -1,
        layerNorm,
      };
      const name = [
        distribution,
        ...dueling ? ["dueling"] : [],
        ...noisy ? ["noisy"] : [],
        ...layerNorm ? ["layer norm"] : [],
        `hidden ${hidden}`,
      ];
      compare(architecture, name);
    }
  }
}

for (
  const [hidden, dueling, noisy, distribution, layerNorm] of [
    [[7], false, false, "none", false],
    [[8, 6], true, false, "none", false],
    [[7], true, true, "qr", false],
    [[], true, false, "none", false],
    [[7], false, true, "c51", true],
  ] as const
) {
  const architecture: NetworkArchitecture = {
    observationLength: 84,
    image: [7, 6, 2],
    convolution: [{ filters: 3, kernel: 3, stride: 2 }, { filters: 4, kernel: 2, stride: 1 }],
    hidden,
    actionCount: 3,
    dueling,
    noisy,
    distribution,
    atoms: distribution === "none" ? 1 : 5,
    vMin: -1,
    vMax: distribution === "c51" ? 3 : -1,
    layerNorm,
  };
  compare(architecture, [
    "convolutions",
    distribution,
    ...dueling ? ["dueling"] : [],
    ...noisy ? ["noisy"] : [],
    ...layerNorm ? ["layer norm"] : [],
    `hidden ${hidden}`,
  ]);
}
