/**
 * Acting through an ONNX runtime: all that a page needs to play an exported policy. The caller supplies the runtime.
 *
 * ```ts
 * import { OnnxPolicy } from "@bellman/dqn/onnx-policy";
 * import { buildWithKernels, encodeOnnx, Mlp } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 * import { InferenceSession, Tensor } from "onnxruntime-web/wasm";
 *
 * const network = buildWithKernels((kernels) => new Mlp([4, 2], kernels));
 * network.layers[0]!.bias[1] = 1; // action 1 always has the higher value
 * const architecture = {
 *   observationLength: 4,
 *   hidden: [],
 *   actionCount: 2,
 *   dueling: false,
 *   noisy: false,
 *   distribution: "none" as const,
 *   atoms: 1,
 *   vMin: 0,
 *   vMax: 0,
 * };
 * const file = encodeOnnx({ architecture, tensors: network.tensors(), metadata: {} });
 *
 * const policy = new OnnxPolicy(await InferenceSession.create(file), Tensor);
 * assertEquals(await policy.act(new Float32Array(4)), 1);
 * assertEquals([...await policy.qValues(new Float32Array(4))], [0, 1]);
 * ```
 *
 * @module
 */

/** The part of an ONNX Runtime tensor that {@linkcode OnnxPolicy} uses. */
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

/** The part of an `ort.InferenceSession` that {@linkcode OnnxPolicy} uses. */
export interface OnnxSession<T extends OnnxTensor = OnnxTensor> {
  /** Names of the inputs. */
  readonly inputNames: readonly string[];
  /** Names of the outputs. */
  readonly outputNames: readonly string[];
  /** Types and shapes of the inputs, if the runtime reports them; a dimension of variable length has a name instead. */
  readonly inputMetadata?: readonly {
    readonly name: string;
    readonly type?: string;
    readonly shape?: readonly (number | string)[];
  }[];
  /** Runs the model once. */
  run(feeds: Readonly<Record<string, T>>): Promise<Readonly<Record<string, OnnxTensor>>>;
}

/** Options of {@linkcode OnnxPolicy}. */
export interface OnnxPolicyOptions {
  /**
   * The action of the first Q-value: the start of the Discrete action space.
   *
   * @default {0}
   */
  firstAction?: number;
}

/** Options of {@linkcode OnnxPolicy.act}. */
export interface OnnxActOptions {
  /**
   * Which actions are allowed, 1 or 0 each; an all-zero mask allows every action.
   *
   * @default {undefined, all}
   */
  actionMask?: Uint8Array | undefined;
}

/** An observation; the model says which of the two it takes. */
export type OnnxObservation = Float32Array | Uint8Array;

const INPUT = "observation";
const OUTPUT = "q_values";

/**
 * Takes the action with the highest Q-value that an ONNX session computes, the first of equal ones. The model must be as
 * `encodeOnnx` writes it: input `observation`, float32 or uint8, shape (batch, elements) or, for images, (batch, rows, columns,
 * channels); output `q_values`, shape (batch, actions), float32.
 *
 * @typeParam T The runtime's tensors.
 *
 * @example Any runtime with this shape will do
 * ```ts
 * import { OnnxPolicy } from "@bellman/dqn/onnx-policy";
 * import { assertEquals } from "@std/assert";
 *
 * class Tensor {
 *   constructor(readonly type: string, readonly data: unknown, readonly dims: readonly number[]) {}
 * }
 * const session = {
 *   inputNames: ["observation"],
 *   outputNames: ["q_values"],
 *   run: () => Promise.resolve({ q_values: new Tensor("float32", Float32Array.of(1, 3, 3), [1, 3]) }),
 * };
 * assertEquals(await new OnnxPolicy(session, Tensor, { firstAction: -1 }).act(new Float32Array(2)), 0);
 * ```
 */
export class OnnxPolicy<T extends OnnxTensor> {
  readonly #session: OnnxSession<T>;
  readonly #Tensor: OnnxTensorConstructor<T>;
  readonly #firstAction: number;
  /** Elements of an observation; undefined if the runtime does not report it. */
  readonly observationLength: number | undefined;
  /** The shape of an observation; undefined if the runtime does not report it. */
  readonly #shape: readonly number[] | undefined;
  /** The type of its elements; undefined if the runtime does not report it. */
  readonly #type: string | undefined;

  /**
   * Wraps a session; the caller releases it.
   *
   * @param session A loaded model.
   * @param Tensor The runtime's tensor constructor.
   * @param options The action that the first Q-value belongs to.
   * @throws {TypeError} If the model has other inputs or outputs.
   * @throws {RangeError} If the first action is not a whole number.
   */
  constructor(session: OnnxSession<T>, Tensor: OnnxTensorConstructor<T>, options: OnnxPolicyOptions = {}) {
    const ports = [["input", INPUT, session.inputNames], ["output", OUTPUT, session.outputNames]] as const;
    for (const [kind, expected, names] of ports) {
      if (names.length === 1 && names[0] === expected) continue;
      throw new TypeError(
        `Cannot create an OnnxPolicy: the model must have the ${kind} ${expected}, got ${names.join(", ")}`,
      );
    }
    const { firstAction = 0 } = options;
    if (!Number.isSafeInteger(firstAction)) {
      throw new RangeError(
        `Cannot create an OnnxPolicy: firstAction must be a whole number, got ${firstAction}`,
      );
    }
    this.#session = session;
    this.#Tensor = Tensor;
    this.#firstAction = firstAction;
    const { type, shape } = session.inputMetadata?.find(({ name }) => name === INPUT) ?? {};
    const [, ...lengths] = shape ?? [];
    const known = lengths.filter((length) => typeof length === "number");
    this.#type = type;
    this.#shape = known.length > 0 && known.length === lengths.length ? known : undefined;
    this.observationLength = this.#shape?.reduce((product, length) => product * length, 1);
  }

  /**
   * Chooses an action.
   *
   * @param observation One element per input of the model, in row-major order; a Uint8Array if the model takes bytes.
   * @param options Which actions are allowed.
   * @returns The action.
   * @throws {TypeError} If the observation has the wrong type or length, the mask has the wrong length, or the model returns another shape.
   * @throws {RangeError} If an element of the observation is not finite, or the model returns NaN.
   */
  async act(observation: OnnxObservation, options: OnnxActOptions = {}): Promise<number> {
    const values = await this.qValues(observation);
    const { actionMask } = options;
    if (actionMask === undefined || actionMask.length === 0) return this.#best(values);
    if (actionMask.length !== values.length) {
      throw new TypeError(
        `Cannot act: the action mask must have ${values.length} elements, got ${actionMask.length}`,
      );
    }
    if (!actionMask.some((allowed) => allowed !== 0)) return this.#best(values);
    return this.#best(values.map((value, a) => actionMask[a] === 0 ? -Infinity : value));
  }

  /**
   * Chooses an action for each of several observations in one run of the model.
   *
   * @param observations At least one, each with one element per input of the model.
   * @returns One action per observation.
   * @throws {TypeError} If an observation has the wrong type or length, or the model returns another shape.
   * @throws {RangeError} If there is no observation, or an element of one is not finite, or the model returns NaN.
   */
  async actBatch(observations: readonly OnnxObservation[]): Promise<number[]> {
    const rows = await this.qValuesBatch(observations);
    return rows.map((values) => this.#best(values));
  }

  /**
   * The Q-value of each action.
   *
   * @param observation One element per input of the model, in row-major order; a Uint8Array if the model takes bytes.
   * @returns One value per action.
   * @throws {TypeError} If the observation has the wrong type or length, or the model returns another shape.
   * @throws {RangeError} If an element of the observation is not finite, or the model returns NaN.
   */
  async qValues(observation: OnnxObservation): Promise<Float32Array> {
    const [values] = await this.qValuesBatch([observation]);
    return values!;
  }

  /**
   * The Q-values of several observations in one run of the model.
   *
   * @param observations At least one, each with one element per input of the model.
   * @returns For each observation, one value per action.
   * @throws {TypeError} If an observation has the wrong type or length, or the model returns another shape.
   * @throws {RangeError} If there is no observation, or an element of one is not finite, or the model returns NaN.
   */
  async qValuesBatch(observations: readonly OnnxObservation[]): Promise<Float32Array[]> {
    const rows = observations.length;
    if (rows === 0) throw new RangeError("Cannot act: there must be at least one observation, got none");
    const columns = this.observationLength ?? observations[0]!.length;
    const isBytes = (this.#type ?? typeOf(observations[0]!)) === "uint8";
    const input = isBytes ? new Uint8Array(rows * columns) : new Float32Array(rows * columns);
    for (const [r, observation] of observations.entries()) {
      if (typeOf(observation) !== typeOf(input)) {
        throw new TypeError(
          `Cannot act: the observation must be of ${typeOf(input)}, got one of ${typeOf(observation)}`,
        );
      }
      if (observation.length !== columns) {
        throw new TypeError(
          `Cannot act: the observation must have ${columns} elements, got ${observation.length}`,
        );
      }
      const at = observation.findIndex((value) => !Number.isFinite(value));
      if (at !== -1) {
        throw new RangeError(
          `Cannot act: the observation must be finite, got ${observation[at]} at index ${at}`,
        );
      }
      input.set(observation, r * columns);
    }
    const dims = [rows, ...this.#shape ?? [columns]];
    const tensor = input instanceof Uint8Array
      ? new this.#Tensor("uint8", input, dims)
      : new this.#Tensor("float32", input, dims);
    const feeds = { [INPUT]: tensor };
    const output = (await this.#session.run(feeds))[OUTPUT];
    const { data, dims: got } = output ?? { data: undefined, dims: [] };
    const actions = got[1] ?? 0;
    if (
      !(data instanceof Float32Array) || got.length !== 2 || got[0] !== rows || actions < 1 ||
      data.length !== rows * actions
    ) {
      throw new TypeError(
        `Cannot act: ${OUTPUT} must be float32 of shape (${rows}, actions), got shape (${got.join(", ")})`,
      );
    }
    if (data.some(Number.isNaN)) throw new RangeError(`Cannot act: ${OUTPUT} must be numbers, got NaN`);
    return observations.map((_, r) => data.slice(r * actions, (r + 1) * actions));
  }

  #best(values: Float32Array): number {
    let best = 0;
    for (let a = 1; a < values.length; a++) if (values[a]! > values[best]!) best = a;
    return this.#firstAction + best;
  }
}

/** The type of an observation's elements, by ONNX Runtime's name. */
function typeOf(observation: OnnxObservation): "float32" | "uint8" {
  return observation instanceof Uint8Array ? "uint8" : "float32";
}
