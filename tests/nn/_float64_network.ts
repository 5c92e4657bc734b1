/**
 * A Q-network and its losses in float64, written from the papers' formulas: what gradients are compared with.
 *
 * @module
 */

import type { LayerNoise, NetworkArchitecture } from "../../nn/mod.ts";
import { convolutionOutput, LAYER_NORM_EPSILON, networkConvolutions, networkParts } from "../../nn/mod.ts";

/** Parameters by the names of their tensors. */
export type Parameters = Readonly<Record<string, readonly number[]>>;

/** Layer normalisation (Ba et al. 2016, eq. 4). */
export function layerNorm(
  values: readonly number[],
  gain: ArrayLike<number>,
  bias: ArrayLike<number>,
): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const deviation = Math.sqrt(variance + LAYER_NORM_EPSILON);
  return values.map((value, j) => (value - mean) / deviation * gain[j]! + bias[j]!);
}

/** The output of a network's convolutions for one image, each followed by ReLU; the image itself without any. */
export function convolve(
  architecture: NetworkArchitecture,
  image: readonly number[],
  parameterOf: (name: string) => ArrayLike<number>,
): readonly number[] {
  return networkConvolutions(architecture).reduce<readonly number[]>((input, shape, layer) => {
    const { columns, channels, filters, kernel, stride } = shape;
    const weight = parameterOf(`convolution.${layer}.weight`),
      bias = parameterOf(`convolution.${layer}.bias`);
    const output = convolutionOutput(shape);
    return Array.from({ length: output.rows * output.columns * filters }, (_, at) => {
      const filter = at % filters, place = Math.floor(at / filters);
      const row = Math.floor(place / output.columns), column = place % output.columns;
      let sum = bias[filter]!;
      for (let i = 0; i < kernel; i++) {
        for (let j = 0; j < kernel; j++) {
          for (let c = 0; c < channels; c++) {
            const x = input[((row * stride + i) * columns + column * stride + j) * channels + c]!;
            sum += x * weight[((i * kernel + j) * channels + c) * filters + filter]!;
          }
        }
      }
      return Math.max(0, sum);
    });
  }, image);
}

/** One layer: weights (inputs, outputs) row by row, under noise if there is any, normalised and with ReLU if it has them. */
function layer(
  input: readonly number[],
  parameters: Parameters,
  name: string,
  noise: LayerNoise | undefined,
  relu: boolean,
): number[] {
  const outputs = parameters[`${name}.bias`]!.length;
  const element = (kind: "weight" | "bias", at: number, left: number, j: number) => {
    const mean = parameters[`${name}.${kind}`]![at]!;
    const sigma = parameters[`${name}.${kind}_sigma`]?.[at] ?? 0;
    return noise === undefined ? mean : mean + sigma * left * noise.outputs[j]!;
  };
  const sums = Array.from({ length: outputs }, (_, j) => {
    let sum = element("bias", j, 1, j);
    input.forEach((x, i) => sum += x * element("weight", i * outputs + j, noise?.inputs[i] ?? 0, j));
    return sum;
  });
  const [gain, bias] = [parameters[`${name}.norm_gain`], parameters[`${name}.norm_bias`]];
  const values = gain === undefined || bias === undefined ? sums : layerNorm(sums, gain, bias);
  return relu ? values.map((value) => Math.max(0, value)) : values;
}

/** The output for one observation, actions · atoms numbers; `noises` are those of all layers in order. */
export function forward(
  architecture: NetworkArchitecture,
  parameters: Parameters,
  observation: readonly number[],
  noises: readonly LayerNoise[],
): number[] {
  const { actionCount, atoms } = architecture;
  const outputs: Record<string, number[]> = {};
  const features = convolve(architecture, observation, (name) => parameters[name]!);
  let used = 0;
  for (const { name, sizes } of networkParts(architecture)) {
    let values = outputs.torso ?? [...features];
    for (let i = 0; i + 1 < sizes.length; i++) {
      const relu = i + 2 < sizes.length || name === "torso";
      values = layer(values, parameters, `${name}.${i}`, noises[used++], relu);
    }
    outputs[name] = values;
  }
  const { layers, value, advantage } = outputs;
  if (layers !== undefined) return layers;
  return advantage!.map((a, k) => {
    const z = k % atoms;
    let mean = 0;
    for (let other = 0; other < actionCount; other++) mean += advantage![other * atoms + z]! / actionCount;
    return value![z]! + a - mean;
  });
}

/** −Σ target ln softmax(logits): C51's loss. */
export function crossEntropy(logits: readonly number[], target: readonly number[]): number {
  const most = Math.max(...logits);
  const logSum = most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  return target.reduce((sum, mass, z) => sum + mass * (logSum - logits[z]!), 0);
}

/** Σᵢ meanⱼ |τᵢ − [u < 0]| Huber(u) with u = targetⱼ − quantileᵢ: QR-DQN's loss. */
export function quantileHuber(quantiles: readonly number[], targets: readonly number[]): number {
  let loss = 0;
  quantiles.forEach((quantile, i) => {
    for (const target of targets) {
      const u = target - quantile;
      const huber = Math.abs(u) <= 1 ? u * u / 2 : Math.abs(u) - 0.5;
      loss += Math.abs((i + 0.5) / quantiles.length - (u < 0 ? 1 : 0)) * huber / targets.length;
    }
  });
  return loss;
}
