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

import { bestColumns } from "./best_columns.ts";
import type { OnnxObservation, OnnxSession, OnnxTensor, OnnxTensorConstructor } from "./onnx_session.ts";

export type {
  OnnxObservation,
  OnnxPortMetadata,
  OnnxSession,
  OnnxTensor,
  OnnxTensorConstructor,
} from "./onnx_session.ts";

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
  /**
   * The output to act by: Q-values, or logits, one per action; or whole numbers, which are the actions, counted from 0.
   *
   * @default {"q_values", or the model's only output}
   */
  output?: string | undefined;
  /**
   * The number of actions; needed if the output is the action itself.
   *
   * @default {undefined, the length of the output's rows}
   */
  actions?: number | undefined;
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

const Q_VALUES = "q_values";

/** No dimension is as long. */
const MANY = 2 ** 31;

/**
 * Takes the action with the highest value that an ONNX session computes, the first of equal ones. The model may be of any
 * program: one input of float32 or uint8, shape (batch, …observation), and an output of float32, shape (batch, actions), whatever their
 * names are; the values may be Q-values or logits. An output of whole numbers, shape (batch) or (batch, 1), is taken as the action itself. A
 * batch of fixed size is filled up with zeros. A model that nobody has looked at belongs into a worker, which can be stopped
 * if it does not answer; `onnxOutline` of `@bellman/dqn/nn` refuses those that loop.
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
  readonly #actions: number | undefined;
  readonly #input: string;
  /** Dimensions of an observation; one of them may be NaN, which stands for what is left. */
  readonly #shape: readonly number[];
  readonly #batch: number | undefined;
  /** The type of its elements; undefined if the runtime does not report it. */
  readonly #type: string | undefined;
  /** Elements of an observation; undefined if the runtime does not report it. */
  readonly observationLength: number | undefined;
  /** The output that the actions follow from. */
  readonly output: string;

  /**
   * Wraps a session; the caller releases it.
   *
   * @param session A loaded model.
   * @param Tensor The runtime's tensor constructor.
   * @param options The output to act by, the action that its first value belongs to, and the parts of an action.
   * @throws {TypeError} If the model does not have one input of float32 or uint8, or not the output, or several of which none is named,
   * or there are not as many first actions as parts.
   * @throws {RangeError} If a first action is not a whole number, or the number of actions or of a part's values is not one from 1.
   */
  constructor(session: OnnxSession<T>, Tensor: OnnxTensorConstructor<T>, options: OnnxPolicyOptions = {}) {
    const { firstAction = 0, actions, actionParts } = options;
    const [input] = session.inputNames;
    if (input === undefined || session.inputNames.length !== 1) {
      throw refusal(`the model must have one input, got ${list(session.inputNames)}`);
    }
    if (actions !== undefined && !(Number.isSafeInteger(actions) && actions >= 1)) {
      throw new RangeError(
        `Cannot create an OnnxPolicy: actions must be a whole number from 1, got ${actions}`,
      );
    }
    this.output = outputOf(session.outputNames, options.output);
    const { shape, type } = session.inputMetadata?.find(({ name }) => name === input) ?? {};
    if (type !== undefined && type !== "float32" && type !== "uint8") {
      throw refusal(`the input ${input} must be float32 or uint8, got ${type}`);
    }
    // A model that tells no shape has an empty one in ONNX Runtime.
    const [batch, ...dims] = shape === undefined || shape.length === 0 ? ["", NaN] : shape;
    this.#shape = dims.map((dim) => isLength(dim) ? dim : NaN);
    if (dims.length === 0 || this.#shape.filter(Number.isNaN).length > 1) {
      throw refusal(`the input ${input} must be of shape (batch, elements), got (${list(shape ?? [])})`);
    }
    this.#session = session;
    this.#Tensor = Tensor;
    this.#parts = checkParts(actionParts);
    this.#firsts = checkFirsts(firstAction, actionParts?.length ?? 1);
    this.#actions = actions;
    this.#input = input;
    this.#type = type;
    this.#batch = isLength(batch) && batch >= 1 ? batch : undefined;
    const length = this.#shape.reduce((product, dim) => product * dim, 1);
    this.observationLength = Number.isNaN(length) ? undefined : length;
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
    return rows.map((values) => this.#firsts[0]! + bestColumns(values)[0]!);
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
    const zeros = (count: number) => isBytes ? new Uint8Array(count) : new Float32Array(count);
    const input = zeros(rows * columns);
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
    const values: Float32Array[] = [];
    const size = this.#batch ?? rows;
    for (let row = 0; row < rows; row += size) {
      const chunk = zeros(size * columns);
      chunk.set(input.subarray(row * columns, (row + size) * columns));
      values.push(...(await this.#run(chunk, size, columns)).slice(0, rows - row));
    }
    return values;
  }

  /** The values of each row of a matrix. */
  async #run(input: OnnxObservation, rows: number, columns: number): Promise<Float32Array[]> {
    const known = this.#shape.reduce((product, dim) => Number.isNaN(dim) ? product : product * dim, 1);
    if (columns % known !== 0) {
      throw new TypeError(
        `Cannot act: the observation must fill (${list(this.#shape)}), got ${columns} elements`,
      );
    }
    const shape = this.#shape.map((dim) => Number.isNaN(dim) ? columns / known : dim);
    const feeds = {
      [this.#input]: input instanceof Uint8Array
        ? new this.#Tensor("uint8", input, [rows, ...shape])
        : new this.#Tensor("float32", input, [rows, ...shape]),
    };
    const output = (await this.#session.run(feeds))[this.output];
    const { data, dims } = output ?? { data: undefined, dims: [] };
    if (data instanceof BigInt64Array || data instanceof Int32Array) return this.#rowsOf(data, dims, rows);
    const actions = dims[1] ?? 0;
    if (
      !(data instanceof Float32Array) || dims.length !== 2 || dims[0] !== rows || actions < 1 ||
      data.length !== rows * actions || (this.#actions !== undefined && this.#actions !== actions)
    ) {
      const expected = `(${rows}, ${this.#actions ?? "actions"})`;
      throw new TypeError(
        `Cannot act: ${this.output} must be float32 of shape ${expected}, got shape (${dims.join(", ")})`,
      );
    }
    if (data.some(Number.isNaN)) throw new RangeError(`Cannot act: ${this.output} must be numbers, got NaN`);
    return Array.from({ length: rows }, (_, r) => data.slice(r * actions, (r + 1) * actions));
  }

  /** Values of 1 for the actions that a model has chosen, and 0 for all others. */
  #rowsOf(data: BigInt64Array | Int32Array, dims: readonly number[], rows: number): Float32Array[] {
    const count = this.#actions;
    if (count === undefined) {
      throw new TypeError(
        `Cannot act: ${this.output} is the action itself, so the option actions must be given, got none`,
      );
    }
    if (data.length !== rows || dims[0] !== rows || dims.length > 2) {
      throw new TypeError(
        `Cannot act: ${this.output} must be of shape (${rows}) or (${rows}, 1), got shape (${list(dims)})`,
      );
    }
    return Array.from<number | bigint, Float32Array>(data, (action) => {
      const index = Number(action);
      if (index >= 0 && index < count) {
        const values = new Float32Array(count);
        values[index] = 1;
        return values;
      }
      throw new RangeError(`Cannot act: ${this.output} must be from 0 to ${count - 1}, got ${action}`);
    });
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
    const counts = this.#parts ?? [values.length];
    const count = counts.reduce((sum, count) => sum + count, 0);
    if (count !== values.length) {
      throw new TypeError(
        `Cannot act: ${this.output} must have ${count} columns for the parts ${counts}, got ${values.length}`,
      );
    }
    let first = 0;
    const columns = bestColumns(values, actionMask, counts);
    return counts.map((count, i) => {
      first += count;
      return columns[i]! - (first - count);
    });
  }
}

function outputOf(names: readonly string[], asked: string | undefined): string {
  if (asked !== undefined) {
    if (names.includes(asked)) return asked;
    throw refusal(`the model must have the output ${asked}, got ${list(names)}`);
  }
  const [only] = names;
  if (names.includes(Q_VALUES)) return Q_VALUES;
  if (only !== undefined && names.length === 1) return only;
  throw refusal(`the option output must name one of the model's outputs, ${list(names)}`);
}

function refusal(rule: string): TypeError {
  return new TypeError(`Cannot create an OnnxPolicy: ${rule}`);
}

function list(values: readonly (number | string)[]): string {
  return values.length === 0 ? "none" : values.join(", ");
}

/** Whether a dimension is known: a model may have -1 for one that is not, of which ONNX Runtime makes 2³² - 1. */
function isLength(dim: number | string | undefined): dim is number {
  return typeof dim === "number" && dim >= 0 && dim < MANY;
}

/** The type of an observation's elements, by ONNX Runtime's name. */
function typeOf(observation: OnnxObservation): "float32" | "uint8" {
  return observation instanceof Uint8Array ? "uint8" : "float32";
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
