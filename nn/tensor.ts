/**
 * A trained parameter of a network.
 *
 * @module
 */

/** A trained parameter without padding. */
export interface Tensor {
  /** Its name, such as `layers.0.weight`. */
  name: string;
  /** Length of each dimension; a weight is (inputs, outputs), that of a convolution (kernel row, kernel column, channel, filter). */
  shape: number[];
  /** The elements in row-major order. */
  data: Float32Array;
}
