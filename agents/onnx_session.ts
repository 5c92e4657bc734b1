/**
 * The part of ONNX Runtime that playing a policy takes.
 *
 * @module
 */

/** The part of an ONNX Runtime tensor that `OnnxPolicy` uses. */
export interface OnnxTensor {
  /** The elements in row-major order; a Float32Array if the type is float32. */
  readonly data: unknown;
  /** Length of each dimension. */
  readonly dims: readonly number[];
}

/** Makes a tensor: `ort.Tensor`. */
export interface OnnxTensorConstructor<T extends OnnxTensor = OnnxTensor> {
  /** A tensor of float32 numbers. */
  new (type: "float32", data: Float32Array, dims: readonly number[]): T;
  /** A tensor of bytes. */
  new (type: "uint8", data: Uint8Array, dims: readonly number[]): T;
}

/** An observation; the model says which of the two it takes. */
export type OnnxObservation = Float32Array | Uint8Array;

/** What an ONNX Runtime session reports about an input or an output. */
export interface OnnxPortMetadata {
  /** Its name. */
  readonly name: string;
  /** The type of its elements, if it is a tensor and the runtime reports it. */
  readonly type?: string;
  /** Length of each dimension, if the runtime reports it; a dimension of variable length has a name instead. */
  readonly shape?: readonly (number | string)[];
}

/** The part of an `ort.InferenceSession` that `OnnxPolicy` uses. */
export interface OnnxSession<T extends OnnxTensor = OnnxTensor> {
  /** Names of the inputs. */
  readonly inputNames: readonly string[];
  /** Names of the outputs. */
  readonly outputNames: readonly string[];
  /** Types and shapes of the inputs, if the runtime reports them. */
  readonly inputMetadata?: readonly OnnxPortMetadata[];
  /** Runs the model once. */
  run(feeds: Readonly<Record<string, T>>): Promise<Readonly<Record<string, OnnxTensor>>>;
}
