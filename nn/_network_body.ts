import type { Prng } from "@std/random";
import { convolutionLayersIn, convolutionLength, ConvolutionStack } from "./_convolution_stack.ts";
import { layerTensors } from "./_layer_tensors.ts";
import { duelingBackward, duelingForward } from "./_dueling_parts.ts";
import type { InitializerName } from "./initializers.ts";
import type { ConvolutionShape } from "./kernels/convolution_kernels.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { createMatrix, type Matrix } from "./matrix.ts";
import { type BackwardWorkspace, Mlp } from "./mlp.ts";
import type { Tensor } from "./tensor.ts";
import { type LinearLayer, mlpLayers, mlpLength } from "./mlp_layout.ts";
import {
  type NetworkArchitecture,
  networkConvolutions,
  type NetworkPart,
  networkParts,
} from "./network_architecture.ts";

/** Room for a forward pass. */
export interface BodyActivations {
  /** The input, shape (rows, observation length). */
  readonly observations: Matrix;
  /** The output, shape (rows, actions · atoms). */
  readonly output: Matrix;
  /** The observations and the output of each convolution; empty without convolutions. */
  readonly convolution: readonly Matrix[];
  /** The activations of each perceptron, in the order of the parts. */
  readonly parts: readonly (readonly Matrix[])[];
}

/** Room for a backward pass. */
export interface BodyGradients {
  /** dLoss/doutput; fill it before the pass. */
  readonly outputGradient: Matrix;
  /** dLoss/doutput of each convolution, after an unused matrix for the observations; empty without convolutions. */
  readonly convolution: readonly Matrix[];
  /** The arrays for dLoss/dparameter of each convolution. */
  readonly convolutionLayers: readonly LinearLayer[];
  /** The workspace of each perceptron. */
  readonly parts: readonly BackwardWorkspace[];
  /** The arrays for dLoss/dparameter, by perceptron and layer. */
  readonly layers: readonly (readonly LinearLayer[])[];
  /** The gradient of the value from one part of the action; undefined unless the network is dueling and has several. */
  readonly partValue?: Matrix | undefined;
}

/** Length of the array that holds the parameters of all convolutions and perceptrons. */
export function bodyLength(architecture: NetworkArchitecture): number {
  return networkParts(architecture).reduce(
    (sum, { sizes, normalized }) => sum + mlpLength(sizes, normalized),
    convolutionLength(networkConvolutions(architecture)),
  );
}

/**
 * The convolutions and perceptrons of a network, over one array of weights; two bodies of one architecture can share their
 * workspaces.
 */
export class NetworkBody {
  readonly parts: readonly NetworkPart[];
  /** One perceptron for each part. */
  readonly perceptrons: readonly Mlp[];
  /** The convolutions; undefined without any. */
  readonly convolution: ConvolutionStack | undefined;
  readonly #kernels: Kernels;
  readonly #shapes: readonly ConvolutionShape[];
  readonly #dueling: boolean;
  /** Values per part of the action. */
  readonly #actionParts: readonly number[];
  /** The index of the first stream: after the torso, if there is one. */
  readonly #streams: 0 | 1;

  constructor(architecture: NetworkArchitecture, kernels: Kernels, parameters: Float32Array) {
    this.parts = networkParts(architecture);
    this.#kernels = kernels;
    this.#dueling = architecture.dueling;
    this.#actionParts = architecture.actionParts ?? [architecture.actionCount];
    this.#streams = this.parts[0]!.name === "torso" ? 1 : 0;
    this.#shapes = networkConvolutions(architecture);
    this.convolution = this.#shapes.length === 0
      ? undefined
      : new ConvolutionStack(this.#shapes, kernels, parameters);
    this.perceptrons = this.#eachPart(parameters).map(({ name, sizes, normalized, data }) =>
      new Mlp(sizes, kernels, {
        parameters: data,
        reluOutput: name === "torso",
        layerNorm: normalized > 0,
      })
    );
  }

  /** All layers, in the order of their parameters. */
  get layers(): LinearLayer[] {
    return [...this.convolution?.layers ?? [], ...this.denseLayers];
  }

  /** The layers of the perceptrons. */
  get denseLayers(): LinearLayer[] {
    return this.perceptrons.flatMap(({ layers }) => layers);
  }

  createActivations(rows: number): BodyActivations {
    const convolution = this.convolution?.createRows(rows) ?? [];
    const parts: Matrix[][] = [];
    for (const perceptron of this.perceptrons) {
      // Streams start at the torso's output, at that of the convolutions, or at the observations.
      const input = this.#streams === 1 ? parts[0]?.at(-1) : parts[0]?.[0];
      parts.push(perceptron.createActivations(rows, input ?? convolution.at(-1)));
    }
    const last = parts.at(-1)!.at(-1)!;
    const output = this.#dueling ? this.#createLike(last) : last;
    return { observations: convolution[0] ?? parts[0]![0]!, output, convolution, parts };
  }

  /** Room for a backward pass that leaves the gradients in an array as long as the parameters. */
  createGradients(rows: number, gradients: Float32Array): BodyGradients {
    const convolution = this.convolution?.createRows(rows) ?? [];
    const parts: BackwardWorkspace[] = [];
    for (const [i, perceptron] of this.perceptrons.entries()) {
      // The first stream's gradient of its input also receives the sum of both.
      const ofTorso = this.#streams === 1 && i === 1 ? parts[0]!.gradients.at(-1)! : undefined;
      const shared = i === 0 ? convolution.at(-1) : ofTorso;
      parts.push(perceptron.createBackwardWorkspace(rows, shared));
    }
    const last = parts.at(-1)!.gradients.at(-1)!;
    return {
      outputGradient: this.#dueling ? this.#createLike(last) : last,
      convolution,
      convolutionLayers: convolutionLayersIn(this.#shapes, gradients),
      parts,
      layers: this.#eachPart(gradients).map(layersOf),
      partValue: this.#dueling && this.#actionParts.length > 1
        ? this.#createLike(parts[this.#streams]!.gradients.at(-1)!)
        : undefined,
    };
  }

  /** The layers of the perceptrons as views of another array of the same length as the parameters. */
  denseLayersIn(array: Float32Array): LinearLayer[] {
    return this.#eachPart(array).flatMap(layersOf);
  }

  /** The parts, each with its piece of an array; the parameters of convolutions come first. */
  #eachPart(array: Float32Array): PartOfArray[] {
    let start = convolutionLength(this.#shapes);
    return this.parts.map((part) => {
      const end = start + mlpLength(part.sizes, part.normalized);
      const data = array.subarray(start, end);
      start = end;
      return { ...part, data };
    });
  }

  initialize(initializer: InitializerName, prng: Prng): void {
    this.convolution?.initialize(initializer, prng);
    for (const perceptron of this.perceptrons) perceptron.initialize(initializer, prng);
  }

  /** All parameters without padding. */
  tensors(suffix = ""): Tensor[] {
    return [
      ...layerTensors("convolution", this.convolution?.layers ?? [], suffix),
      ...this.parts.flatMap(({ name }, i) => layerTensors(name, this.perceptrons[i]!.layers, suffix)),
    ];
  }

  #createLike({ rows, columns }: Matrix): Matrix {
    return createMatrix(rows, columns, (length) => this.#kernels.allocate(length));
  }

  forward({ convolution, parts, output }: BodyActivations): Matrix {
    this.convolution?.forward(convolution);
    for (let i = 0; i < parts.length; i++) this.perceptrons[i]!.forward(parts[i]!);
    if (this.#dueling) {
      const [value, advantage] = [parts[this.#streams]!, parts[this.#streams + 1]!];
      duelingForward(
        this.#kernels,
        this.#actionParts,
        value[value.length - 1]!,
        advantage[advantage.length - 1]!,
        output,
      );
    }
    return output;
  }

  backward(activations: BodyActivations, gradients: BodyGradients): void {
    const { outputGradient, parts, layers, partValue } = gradients;
    const first = this.#streams;
    const hasConvolution = this.convolution !== undefined;
    if (this.#dueling) {
      const { gradients: value } = parts[first]!;
      const { gradients: advantage } = parts[first + 1]!;
      duelingBackward(
        this.#kernels,
        this.#actionParts,
        outputGradient,
        value[value.length - 1]!,
        advantage[advantage.length - 1]!,
        partValue,
      );
    }
    for (let i = first; i < parts.length; i++) {
      this.perceptrons[i]!.backward(
        activations.parts[i]!,
        parts[i]!,
        layers[i]!,
        first === 1 || hasConvolution,
      );
    }
    if (this.#dueling && (first === 1 || hasConvolution)) {
      this.#kernels.heads.add(parts[first]!.gradients[0]!.data, parts[first + 1]!.gradients[0]!.data);
    }
    if (first === 1) {
      this.perceptrons[0]!.backward(activations.parts[0]!, parts[0]!, layers[0]!, hasConvolution);
    }
    this.convolution?.backward(activations.convolution, gradients.convolution, gradients.convolutionLayers);
  }
}

/** A part, and its piece of an array. */
type PartOfArray = NetworkPart & { readonly data: Float32Array };

function layersOf({ sizes, data, normalized }: PartOfArray): LinearLayer[] {
  return mlpLayers(sizes, data, normalized);
}
