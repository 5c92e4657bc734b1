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
   * The action of the first Q-value: the start of the Discrete action space. With several parts, one for all or one for each.
   *
   * @default {0}
   */
  firstAction?: number | readonly number[];
  /**
   * Number of values of each part of an action: `actionParts` in the file's metadata under `architecture`.
   *
   * @default {undefined, an action is one number}
   */
  actionParts?: readonly number[] | undefined;
}

/** Options of {@linkcode OnnxPolicy.act}. */
export interface OnnxActOptions {
  /**
   * Which actions are allowed, 1 or 0 each; an all-zero mask allows every action. With several parts, which values of each part,
   * part after part.
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
 * Actions of several parts take the best value of each part: {@linkcode OnnxPolicy.actParts}.
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
 *
 * const parts = new OnnxPolicy(session, Tensor, { actionParts: [2, 1] });
 * assertEquals(await parts.actParts(new Float32Array(2)), Int32Array.of(1, 0));
 * ```
 */
export class OnnxPolicy<T extends OnnxTensor> {
  readonly #session: OnnxSession<T>;
  readonly #Tensor: OnnxTensorConstructor<T>;
  /** Number of values of each part, and its first one; undefined if an action is one number. */
  readonly #parts: readonly number[] | undefined;
  readonly #firsts: readonly number[];
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
   * @param options The action that the first Q-value belongs to, and the parts of an action.
   * @throws {TypeError} If the model has other inputs or outputs, or there are not as many first actions as parts.
   * @throws {RangeError} If a first action is not a whole number, or a part's number of values is not one from 1.
   */
  constructor(session: OnnxSession<T>, Tensor: OnnxTensorConstructor<T>, options: OnnxPolicyOptions = {}) {
    const ports = [["input", INPUT, session.inputNames], ["output", OUTPUT, session.outputNames]] as const;
    for (const [kind, expected, names] of ports) {
      if (names.length === 1 && names[0] === expected) continue;
      throw new TypeError(
        `Cannot create an OnnxPolicy: the model must have the ${kind} ${expected}, got ${names.join(", ")}`,
      );
    }
    const { firstAction = 0, actionParts } = options;
    this.#session = session;
    this.#Tensor = Tensor;
    this.#parts = checkParts(actionParts);
    this.#firsts = checkFirsts(firstAction, actionParts?.length ?? 1);
    const { type, shape } = session.inputMetadata?.find(({ name }) => name === INPUT) ?? {};
    const [, ...lengths] = shape ?? [];
    const known = lengths.filter((length) => typeof length === "number");
    this.#type = type;
    this.#shape = known.length > 0 && known.length === lengths.length ? known : undefined;
    this.observationLength = this.#shape?.reduce((product, length) => product * length, 1);
  }

  /**
   * Chooses an action that is one number.
   *
   * @param observation One element per input of the model, in row-major order; a Uint8Array if the model takes bytes.
   * @param options Which actions are allowed.
   * @returns The action.
   * @throws {TypeError} If the observation has the wrong type or length, the mask has the wrong length, the model returns another shape, or the actions have
   * parts.
   * @throws {RangeError} If an element of the observation is not finite, or the model returns NaN.
   */
  async act(observation: OnnxObservation, options: OnnxActOptions = {}): Promise<number> {
    this.#requireWhole();
    return this.#firsts[0]! + (await this.#choose(observation, options))[0]!;
  }

  /**
   * Chooses an action of several parts: the best value of each.
   *
   * @param observation As for {@linkcode OnnxPolicy.act}.
   * @param options Which values are allowed.
   * @returns One number per part, each counted from its first action.
   * @throws {TypeError} If the observation has the wrong type or length, the mask has the wrong length, the model returns another shape, or no parts were given.
   * @throws {RangeError} If an element of the observation is not finite, or the model returns NaN.
   */
  async actParts(observation: OnnxObservation, options: OnnxActOptions = {}): Promise<Int32Array> {
    if (this.#parts === undefined) {
      throw new TypeError("Cannot act: actionParts must be given to an OnnxPolicy for actParts, got none");
    }
    const chosen = await this.#choose(observation, options);
    return Int32Array.from(chosen, (value, i) => this.#firsts[i]! + value);
  }

  /**
   * Chooses an action for each of several observations in one run of the model.
   *
   * @param observations At least one, each with one element per input of the model.
   * @returns One action per observation.
   * @throws {TypeError} If an observation has the wrong type or length, the model returns another shape, or the actions have parts.
   * @throws {RangeError} If there is no observation, or an element of one is not finite, or the model returns NaN.
   */
  async actBatch(observations: readonly OnnxObservation[]): Promise<number[]> {
    this.#requireWhole();
    const rows = await this.qValuesBatch(observations);
    return rows.map((values) => this.#firsts[0]! + best(values));
  }

  /**
   * The Q-value of each action, or of each value of each part.
   *
   * @param observation One element per input of the model, in row-major order; a Uint8Array if the model takes bytes.
   * @returns One value per action; with several parts, one per value of each part, part after part.
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

  #requireWhole(): void {
    const parts = this.#parts;
    if (parts === undefined) return;
    throw new TypeError(
      `Cannot act: actions must be of one number, got ${parts.length} parts (use actParts)`,
    );
  }

  /** The best allowed value of each part, counted from 0. */
  async #choose(observation: OnnxObservation, { actionMask }: OnnxActOptions): Promise<number[]> {
    const values = await this.qValues(observation);
    if (actionMask !== undefined && actionMask.length > 0 && actionMask.length !== values.length) {
      throw new TypeError(
        `Cannot act: the action mask must have ${values.length} elements, got ${actionMask.length}`,
      );
    }
    const counts = this.#parts ?? [values.length];
    const count = counts.reduce((sum, count) => sum + count, 0);
    if (count !== values.length) {
      throw new TypeError(
        `Cannot act: ${OUTPUT} must have ${count} columns for the parts ${counts}, got ${values.length}`,
      );
    }
    let end = 0;
    return counts.map((count) => {
      const first = end;
      end += count;
      return best(values.subarray(first, end), actionMask?.subarray(first, end));
    });
  }
}

/** The type of an observation's elements, by ONNX Runtime's name. */
function typeOf(observation: OnnxObservation): "float32" | "uint8" {
  return observation instanceof Uint8Array ? "uint8" : "float32";
}

/** The index of the largest allowed value, of equal ones the first; a mask that allows none allows all. */
function best(values: Float32Array, mask?: Uint8Array): number {
  const isMasked = mask !== undefined && mask.some((allowed) => allowed !== 0);
  const allowed = isMasked ? values.map((value, a) => mask[a] === 0 ? -Infinity : value) : values;
  let best = 0;
  for (let a = 1; a < allowed.length; a++) if (allowed[a]! > allowed[best]!) best = a;
  return best;
}

function checkParts(parts: readonly number[] | undefined): readonly number[] | undefined {
  if (parts === undefined) return undefined;
  if (parts.length > 0 && parts.every((count) => Number.isSafeInteger(count) && count >= 1)) {
    return [...parts];
  }
  throw new RangeError(
    `Cannot create an OnnxPolicy: actionParts must be whole numbers from 1, got ${
      parts.length === 0 ? "none" : parts
    }`,
  );
}

/** The first action of each part. */
function checkFirsts(first: number | readonly number[], parts: number): readonly number[] {
  const firsts = typeof first === "number" ? new Array<number>(parts).fill(first) : [...first];
  if (firsts.length !== parts) {
    throw new TypeError(
      `Cannot create an OnnxPolicy: firstAction must be one number, or one for each of ${parts} parts, got ${firsts.length}`,
    );
  }
  const odd = firsts.find((value) => !Number.isSafeInteger(value));
  if (odd === undefined) return firsts;
  throw new RangeError(`Cannot create an OnnxPolicy: firstAction must be a whole number, got ${odd}`);
}
