/**
 * The kernels of convolutions as plain loops.
 *
 * @module
 */

import type { Matrix } from "../matrix.ts";
import { type ConvolutionKernels, convolutionOutput, type ConvolutionShape } from "./convolution_kernels.ts";

const { fround } = Math;

/** {@linkcode ConvolutionKernels} in TypeScript, written to be read. */
export class ReferenceConvolution implements ConvolutionKernels {
  /** See {@linkcode ConvolutionKernels.forward}. */
  forward(
    input: Matrix,
    weight: Matrix,
    bias: Float32Array,
    output: Matrix,
    shape: ConvolutionShape,
  ): void {
    const { filters } = shape;
    const { data: x } = input, { data: w } = weight, { data: y } = output;
    eachPlace(input.rows, shape, (image, place, corner) => {
      const at = image * output.stride + place * filters;
      for (let f = 0; f < filters; f++) y[at + f] = bias[f]! + 0; // −0 becomes 0
      eachElement(shape, image * input.stride + corner, (k, i) => {
        const left = x[i]!;
        if (left === 0) return;
        for (let f = 0; f < filters; f++) y[at + f] = y[at + f]! + fround(left * w[k * weight.stride + f]!);
      });
      for (let f = 0; f < filters; f++) if (!(y[at + f]! > 0)) y[at + f] = 0;
    });
  }

  /** See {@linkcode ConvolutionKernels.inputGradient}. */
  inputGradient(
    outputGradient: Matrix,
    weight: Matrix,
    activation: Matrix,
    inputGradient: Matrix,
    shape: ConvolutionShape,
  ): void {
    const { filters } = shape;
    const { data: dy } = outputGradient, { data: w } = weight, { data: dx } = inputGradient;
    dx.fill(0);
    eachPlace(outputGradient.rows, shape, (image, place, corner) => {
      const at = image * outputGradient.stride + place * filters;
      eachElement(shape, image * inputGradient.stride + corner, (k, i) => {
        let sum = 0;
        for (let f = 0; f < filters; f++) {
          const left = dy[at + f]!;
          if (left !== 0) sum = fround(sum + fround(left * w[k * weight.stride + f]!));
        }
        dx[i] = dx[i]! + sum;
      });
    });
    for (let r = 0; r < activation.rows; r++) {
      for (let c = 0; c < activation.columns; c++) {
        if (!(activation.data[r * activation.stride + c]! > 0)) dx[r * inputGradient.stride + c] = 0;
      }
    }
  }

  /** See {@linkcode ConvolutionKernels.weightGradient}. */
  weightGradient(
    input: Matrix,
    outputGradient: Matrix,
    weightGradient: Matrix,
    biasGradient: Float32Array,
    shape: ConvolutionShape,
  ): void {
    const { filters } = shape;
    const { data: x } = input, { data: dy } = outputGradient, { data: dw, stride } = weightGradient;
    dw.fill(0);
    biasGradient.fill(0);
    eachPlace(input.rows, shape, (image, place, corner) => {
      const at = image * outputGradient.stride + place * filters;
      for (let f = 0; f < filters; f++) biasGradient[f] = biasGradient[f]! + dy[at + f]!;
      eachElement(shape, image * input.stride + corner, (k, i) => {
        const left = x[i]!;
        if (left === 0) return;
        for (let f = 0; f < filters; f++) {
          dw[k * stride + f] = dw[k * stride + f]! + fround(left * dy[at + f]!);
        }
      });
    });
  }
}

/** Calls back for each image and place of the output, in order, with the place of its patch's first element in the image. */
function eachPlace(
  images: number,
  shape: ConvolutionShape,
  callback: (image: number, place: number, corner: number) => void,
): void {
  const output = convolutionOutput(shape);
  for (let image = 0; image < images; image++) {
    let place = 0;
    for (let row = 0; row < output.rows; row++) {
      for (let column = 0; column < output.columns; column++) {
        callback(image, place++, (row * shape.columns + column) * shape.stride * shape.channels);
      }
    }
  }
}

/** Calls back for each element of a patch, in order, with its index in the patch and in the image. */
function eachElement(
  { columns, channels, kernel }: ConvolutionShape,
  corner: number,
  callback: (k: number, i: number) => void,
): void {
  let k = 0;
  for (let row = 0; row < kernel; row++) {
    for (let column = 0; column < kernel; column++) {
      for (let channel = 0; channel < channels; channel++) {
        callback(k++, corner + (row * columns + column) * channels + channel);
      }
    }
  }
}
