import type { Prng } from "@std/random";
import { drawLayerNoise, type LayerNoise } from "./factorised_noise.ts";
import type { ConvolutionStack } from "./_convolution_stack.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { Matrix } from "./matrix.ts";
import type { LinearLayer } from "./mlp_layout.ts";

/** A weight, or a bias as a matrix of one row, in each of three arrays, and the two factors of its noise. */
interface NoisyMatrix {
  readonly mean: Matrix;
  readonly sigma: Matrix;
  readonly perturbed: Matrix;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** The gradient of a mean, and the array for that of its sigma. */
export interface NoisyGradient {
  /** dLoss/dmean. */
  readonly mean: Matrix;
  /** Receives dLoss/dsigma. */
  readonly sigma: Matrix;
}

/** Parameters without noise: their source and their destination. */
type Copied = readonly [from: Float32Array, to: Float32Array];

/** The dense layers of a noisy network, and their noise. */
export class NoisyLayers {
  readonly #kernels: Kernels;
  readonly #columns: readonly number[];
  readonly #noise: readonly LayerNoise[];
  readonly #matrices: readonly NoisyMatrix[];
  /** Gains and biases of normalisations, and convolutions, which have no noise. */
  readonly #copied: readonly Copied[];

  constructor(
    kernels: Kernels,
    means: readonly LinearLayer[],
    sigmas: readonly LinearLayer[],
    perturbed: readonly LinearLayer[],
    /** The convolutions of the means, and those of the perturbed body. */
    [from, to]: readonly [ConvolutionStack | undefined, ConvolutionStack | undefined] = [
      undefined,
      undefined,
    ],
  ) {
    this.#kernels = kernels;
    this.#columns = means.map(({ weight }) => weight.columns);
    this.#noise = means.map(({ weight }) => ({
      inputs: kernels.allocate(weight.rows),
      outputs: kernels.allocate(weight.stride),
    }));
    const norms = means.flatMap(({ norm: from }, i): Copied[] => {
      const to = perturbed[i]!.norm;
      return from === undefined || to === undefined ? [] : [[from.gain, to.gain], [from.bias, to.bias]];
    });
    const convolutions = (from?.layers ?? []).flatMap(({ weight, bias }, i): Copied[] => {
      const noiseless = to?.layers[i];
      return noiseless === undefined ? [] : [[weight.data, noiseless.weight.data], [bias, noiseless.bias]];
    });
    this.#copied = [...norms, ...convolutions];
    const one = kernels.allocate(1).fill(1);
    const [mean, sigma, noisy] = [means, sigmas, perturbed].map(matricesOf);
    this.#matrices = mean!.map((matrix, k) => ({
      mean: matrix,
      sigma: sigma![k]!,
      perturbed: noisy![k]!,
      left: k % 2 === 0 ? this.#noise[k >> 1]!.inputs : one,
      right: this.#noise[k >> 1]!.outputs,
    }));
  }

  /** Draws fresh noise for all layers in order, and computes the perturbed weights. */
  draw(prng: Prng): void {
    for (let i = 0; i < this.#noise.length; i++) drawLayerNoise(this.#noise[i]!, this.#columns[i]!, prng);
    for (const { mean, sigma, perturbed, left, right } of this.#matrices) {
      this.#kernels.heads.perturb(mean, sigma, left, right, perturbed);
    }
    for (const [from, to] of this.#copied) to.set(from);
  }

  createGradients(means: readonly LinearLayer[], sigmas: readonly LinearLayer[]): NoisyGradient[] {
    const sigma = matricesOf(sigmas);
    return matricesOf(means).map((matrix, k) => ({ mean: matrix, sigma: sigma[k]! }));
  }

  /** Computes the gradients of the sigmas from those of the perturbed weights, which are also those of the means. */
  backward(gradients: readonly NoisyGradient[]): void {
    for (let k = 0; k < gradients.length; k++) {
      const { left, right } = this.#matrices[k]!;
      this.#kernels.heads.noiseGradient(gradients[k]!.mean, left, right, gradients[k]!.sigma);
    }
  }
}

/** Weight and bias of each layer, the bias as a matrix of one row. */
function matricesOf(layers: readonly LinearLayer[]): Matrix[] {
  return layers.flatMap(({ weight, bias }) => [
    weight,
    { data: bias, rows: 1, columns: weight.columns, stride: weight.stride },
  ]);
}
