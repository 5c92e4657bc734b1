import { Pcg32 } from "../../../agents/mod.ts";
import { convolve, layerNorm } from "../_float64_network.ts";
import {
  atomSupport,
  type NetworkArchitecture,
  networkConvolutions,
  networkParts,
  type OnnxPolicyFile,
} from "../../../nn/mod.ts";

const PLAIN: NetworkArchitecture = {
  observationLength: 4,
  hidden: [24, 16],
  actionCount: 3,
  dueling: false,
  noisy: false,
  distribution: "none",
  atoms: 1,
  vMin: 0,
  vMax: 0,
};
const C51 = { distribution: "c51", atoms: 51, vMin: -10, vMax: 30 } as const;
const QR = { distribution: "qr", atoms: 32 } as const;

const IMAGE = {
  observationLength: 99,
  image: [11, 9, 1],
  convolution: [{ filters: 6, kernel: 4, stride: 2 }, { filters: 5, kernel: 2, stride: 1 }],
  byteScale: 255,
} as const;

/** Every kind of network that is exported, by name. */
export const ARCHITECTURES: Readonly<Record<string, NetworkArchitecture>> = {
  "plain": PLAIN,
  "linear": { ...PLAIN, hidden: [] },
  "deep": { ...PLAIN, hidden: [16, 12, 8] },
  "one action": { ...PLAIN, actionCount: 1 },
  "dueling": { ...PLAIN, dueling: true },
  "dueling, one hidden layer": { ...PLAIN, dueling: true, hidden: [16] },
  "dueling, linear": { ...PLAIN, dueling: true, hidden: [] },
  "noisy": { ...PLAIN, noisy: true },
  "c51": { ...PLAIN, ...C51 },
  "qr": { ...PLAIN, ...QR },
  "dueling, noisy": { ...PLAIN, dueling: true, noisy: true },
  "dueling, c51": { ...PLAIN, dueling: true, ...C51 },
  "dueling, qr": { ...PLAIN, dueling: true, ...QR },
  "dueling, noisy, c51": { ...PLAIN, dueling: true, noisy: true, ...C51 },
  "dueling, noisy, qr": { ...PLAIN, dueling: true, noisy: true, ...QR },
  "two parts": { ...PLAIN, actionCount: 5, actionParts: [3, 2] },
  "three parts, dueling": { ...PLAIN, actionCount: 7, actionParts: [3, 3, 1], dueling: true },
  "two parts, dueling, noisy, qr": {
    ...PLAIN,
    actionCount: 5,
    actionParts: [2, 3],
    dueling: true,
    noisy: true,
    ...QR,
  },
  "layer norm": { ...PLAIN, layerNorm: true },
  "layer norm, linear": { ...PLAIN, hidden: [], layerNorm: true },
  "layer norm, dueling": { ...PLAIN, hidden: [16, 12, 8], dueling: true, layerNorm: true },
  "layer norm, dueling, noisy, c51": { ...PLAIN, dueling: true, noisy: true, ...C51, layerNorm: true },
  "layer norm, one hidden layer, qr": { ...PLAIN, hidden: [16], dueling: true, ...QR, layerNorm: true },
  "bytes": { ...PLAIN, byteScale: 255 },
  "convolution": {
    ...PLAIN,
    observationLength: 60,
    image: [6, 5, 2],
    convolution: [{ filters: 8, kernel: 3, stride: 1 }],
  },
  "convolutions, bytes, dueling": { ...PLAIN, ...IMAGE, dueling: true },
  "convolutions, bytes, dueling, linear": { ...PLAIN, ...IMAGE, hidden: [], dueling: true },
  "convolutions, bytes, layer norm, dueling, noisy, c51": {
    ...PLAIN,
    ...IMAGE,
    dueling: true,
    noisy: true,
    ...C51,
    layerNorm: true,
  },
};

/** A policy with random weights as large as a trained network's; images and bytes are never normalised. */
export function randomPolicy(
  architecture: NetworkArchitecture,
  options: { seed?: number; normalized?: boolean } = {},
): OnnxPolicyFile {
  const random = Pcg32.seeded(BigInt(options.seed ?? 1));
  const tensor = (name: string, shape: number[], bound: number) => ({
    name,
    shape,
    data: Float32Array.from(
      { length: shape.reduce((a, b) => a * b, 1) },
      () => (2 * random.next() - 1) * bound,
    ),
  });
  const convolutions = networkConvolutions(architecture).flatMap(({ kernel, channels, filters }, i) => [
    tensor(`convolution.${i}.weight`, [kernel, kernel, channels, filters], 2 / kernel / Math.sqrt(channels)),
    tensor(`convolution.${i}.bias`, [filters], 1),
  ]);
  const dense = networkParts(architecture).flatMap(({ name, sizes, normalized }) =>
    sizes.slice(1).flatMap((outputs, i) => {
      const inputs = sizes[i]!;
      const suffixes = architecture.noisy ? ["", "_sigma"] : [""];
      return suffixes.flatMap((suffix) => [
        tensor(`${name}.${i}.weight${suffix}`, [inputs, outputs], 2 / Math.sqrt(inputs)),
        tensor(`${name}.${i}.bias${suffix}`, [outputs], 1),
        ...(i < normalized && suffix === ""
          ? [tensor(`${name}.${i}.norm_gain`, [outputs], 2), tensor(`${name}.${i}.norm_bias`, [outputs], 1)]
          : []),
      ]);
    })
  );
  const length = architecture.observationLength;
  const statistics = {
    mean: tensor("", [length], 1).data,
    std: tensor("", [length], 0.5).data.map((value) => value + 1),
  };
  const isVector = architecture.image === undefined && architecture.byteScale === undefined;
  return {
    architecture,
    tensors: [...convolutions, ...dense],
    ...(options.normalized && isVector ? { normalization: statistics } : {}),
    metadata: { env: "Test-v0" },
  };
}

/** The Q-values of an observation in float64, by the formulas alone. */
export function referenceValues(policy: OnnxPolicyFile, observation: ArrayLike<number>): number[] {
  const { architecture, normalization } = policy;
  const { actionCount, atoms, distribution, byteScale = 1 } = architecture;
  const tensors = new Map(policy.tensors.map(({ name, data }) => [name, data]));
  const seen = Array.from(
    observation,
    (x, i) =>
      normalization === undefined ? x / byteScale : (x - normalization.mean[i]!) / normalization.std[i]!,
  );
  let features = convolve(architecture, seen, (name) => tensors.get(name)!);
  const outputs = new Map<string, readonly number[]>();
  for (const { name, sizes, normalized } of networkParts(architecture)) {
    const layers = sizes.length - 1;
    let input = features;
    for (let i = 0; i < layers; i++) {
      const [weight, bias] = [tensors.get(`${name}.${i}.weight`)!, tensors.get(`${name}.${i}.bias`)!];
      const values = Array.from(
        bias,
        (b, c) => input.reduce((sum, x, r) => sum + x * weight[r * bias.length + c]!, b),
      );
      const normed = i < normalized
        ? layerNorm(values, tensors.get(`${name}.${i}.norm_gain`)!, tensors.get(`${name}.${i}.norm_bias`)!)
        : values;
      input = i < layers - 1 || name === "torso" ? normed.map((x) => Math.max(x, 0)) : normed;
    }
    if (name === "torso") features = input;
    else outputs.set(name, input);
  }
  const advantage = outputs.get("layers") ?? outputs.get("advantage")!;
  const value = outputs.get("value");
  const support = atomSupport(architecture);
  return Array.from({ length: actionCount }, (_, a) => {
    const row = Array.from({ length: atoms }, (_, z) => {
      const own = advantage[a * atoms + z]!;
      if (value === undefined) return own;
      let [first, end] = [0, 0];
      for (const count of architecture.actionParts ?? [actionCount]) {
        if (a < end) break;
        [first, end] = [end, end + count];
      }
      let sum = 0;
      for (let b = first; b < end; b++) sum += advantage[b * atoms + z]!;
      return value[z]! + own - sum / (end - first);
    });
    if (distribution !== "c51") return row.reduce((sum, x) => sum + x) / atoms;
    const largest = Math.max(...row);
    const weights = row.map((x) => Math.exp(x - largest));
    return weights.reduce((sum, w, z) => sum + w * support[z]!, 0) / weights.reduce((sum, w) => sum + w);
  });
}
