import type { Prng } from "@std/random";
import { initializeLayer, type InitializerName } from "./initializers.ts";
import { convolutionOutput, type ConvolutionShape } from "./kernels/convolution_kernels.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { createMatrix, type Matrix, rowStride } from "./matrix.ts";
import type { LinearLayer } from "./mlp_layout.ts";

/** Elements of a patch: the rows of a layer's weight. */
function termsOf({ kernel, channels }: ConvolutionShape): number {
  return kernel * kernel * channels;
}

/** Elements of a layer's output. */
function outputLength(shape: ConvolutionShape): number {
  const { rows, columns } = convolutionOutput(shape);
  return rows * columns * shape.filters;
}

/** Length of the array that holds the parameters of all layers, padding included. */
export function convolutionLength(shapes: readonly ConvolutionShape[]): number {
  return shapes.reduce((sum, shape) => sum + (termsOf(shape) + 1) * rowStride(shape.filters), 0);
}

/** The layers as views into one array: weight and bias of the first, then those of the second, and so on. */
export function convolutionLayersIn(shapes: readonly ConvolutionShape[], data: Float32Array): LinearLayer[] {
  let start = 0;
  const take = (length: number): Float32Array => data.subarray(start, start += length);
  return shapes.map((shape) => {
    const rows = termsOf(shape), columns = shape.filters, stride = rowStride(columns);
    const weight = { data: take(rows * stride), rows, columns, stride };
    return { weight, bias: take(stride), kernel: shape.kernel };
  });
}

/** Convolutions with ReLU after each, over one array of weights. */
export class ConvolutionStack {
  readonly layers: readonly LinearLayer[];
  readonly #shapes: readonly ConvolutionShape[];
  readonly #kernels: Kernels;

  /** At least one layer; each shape's input is the output of the one before. */
  constructor(shapes: readonly ConvolutionShape[], kernels: Kernels, parameters: Float32Array) {
    this.layers = convolutionLayersIn(shapes, parameters);
    this.#shapes = shapes;
    this.#kernels = kernels;
  }

  initialize(initializer: InitializerName, prng: Prng): void {
    for (const layer of this.layers) initializeLayer(layer, initializer, prng);
  }

  /** Room for the images and the output of each layer, or for their gradients. */
  createRows(rows: number): Matrix[] {
    const { rows: height, columns, channels } = this.#shapes[0]!;
    const lengths = [height * columns * channels, ...this.#shapes.map(outputLength)];
    return lengths.map((length) => createMatrix(rows, length, (n) => this.#kernels.allocate(n)));
  }

  /** Passes the images in `rows[0]` through all layers. */
  forward(rows: readonly Matrix[]): void {
    for (let i = 0; i < this.#shapes.length; i++) {
      const { weight, bias } = this.layers[i]!;
      this.#kernels.convolution.forward(rows[i]!, weight, bias, rows[i + 1]!, this.#shapes[i]!);
    }
  }

  /** Propagates the last of `gradients` back; the first, that of the images, is not computed. */
  backward(
    rows: readonly Matrix[],
    gradients: readonly Matrix[],
    parameterGradients: readonly LinearLayer[],
  ): void {
    const { convolution } = this.#kernels;
    for (let i = this.#shapes.length - 1; i >= 0; i--) {
      const shape = this.#shapes[i]!, gradient = gradients[i + 1]!;
      const { weight, bias } = parameterGradients[i]!;
      convolution.weightGradient(rows[i]!, gradient, weight, bias, shape);
      if (i === 0) return;
      convolution.inputGradient(gradient, this.layers[i]!.weight, rows[i]!, gradients[i]!, shape);
    }
  }
}
