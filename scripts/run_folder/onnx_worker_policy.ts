import type { ActionRows } from "../../agents/action_rows.ts";
import { bestColumns } from "../../agents/best_columns.ts";
import type { ActOptions } from "../../agents/mod.ts";
import type { BoxArray, DiscreteAction } from "../../envs/mod.ts";
import type { OnnxRequest } from "../run/open_onnx.ts";
import { UsageError } from "../cli/usage_error.ts";
import type { OnnxWorkerMessage, OnnxWorkerRequest } from "./onnx_worker_messages.ts";
import { ANSWERED, SharedValues, WAITING } from "./shared_values.ts";

/** How long a model may take to load, and to decide. */
const LIMIT_SECONDS = 10;

/** Options of {@linkcode OnnxWorkerPolicy.load}. */
export interface OnnxWorkerOptions extends Omit<OnnxRequest, "actions"> {
  /** Path of the file, for messages. */
  readonly path: string;
  /** Numbers in an observation. */
  readonly observationLength: number;
  /** Whether the model takes bytes. @default {false} */
  readonly isBytes?: boolean;
  /** The actions that the values are of. */
  readonly actions: ActionRows<DiscreteAction>;
  /** Seconds that it may take to load, and to decide. @default {10} */
  readonly limitSeconds?: number;
}

/** A model in ONNX Runtime, in a worker of its own: one that does not answer is stopped, and the command goes on to say so. */
export class OnnxWorkerPolicy {
  readonly #worker: Worker;
  readonly #shared: SharedValues;
  readonly #options: OnnxWorkerOptions;

  private constructor(worker: Worker, shared: SharedValues, options: OnnxWorkerOptions) {
    this.#worker = worker;
    this.#shared = shared;
    this.#options = options;
  }

  /**
   * Loads a model.
   *
   * @param options The model.
   * @returns The policy; the caller closes it.
   * @throws {UsageError} If ONNX Runtime does not run the model, or takes too long.
   */
  static async load(options: OnnxWorkerOptions): Promise<OnnxWorkerPolicy> {
    const { bytes, output, actions, observationLength, isBytes = false } = options;
    const sizes = { observationLength, isBytes, actions: actions.size };
    const shared = new SharedValues(sizes);
    const worker = new Worker(new URL("onnx_worker.ts", import.meta.url), { type: "module" });
    const policy = new OnnxWorkerPolicy(worker, shared, options);
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const { port1, port2 } = new MessageChannel();
    let limit: ReturnType<typeof setTimeout> | undefined;
    port1.onmessage = ({ data }: MessageEvent<OnnxWorkerMessage>) => {
      // The time of the model alone is limited, not that of ONNX Runtime's start.
      if (data.kind === "started") limit = setTimeout(() => resolve(policy.#tooSlow), 1000 * policy.#limit);
      else resolve(data.kind === "failed" ? data.reason : undefined);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(event.message);
    };
    const request: OnnxWorkerRequest = {
      kind: "load",
      model: { bytes, output, actions: actions.size },
      buffer: shared.buffer,
      sizes,
      port: port2,
    };
    worker.postMessage(request, [port2]);
    const reason = await promise;
    clearTimeout(limit);
    port1.close();
    if (reason !== undefined) policy.#fail(reason);
    return policy;
  }

  /**
   * The value of each action.
   *
   * @param observation As many numbers as given when it was loaded.
   * @throws {UsageError} If the model fails, or takes too long.
   */
  qValues(observation: BoxArray): Float32Array {
    const { state, values } = this.#shared;
    this.#shared.observation.set(observation);
    Atomics.store(state, 0, WAITING);
    const request: OnnxWorkerRequest = { kind: "decide" };
    this.#worker.postMessage(request);
    Atomics.wait(state, 0, WAITING, 1000 * this.#limit);
    const result = Atomics.load(state, 0);
    if (result === WAITING) this.#fail(this.#tooSlow);
    if (result !== ANSWERED) this.#fail(this.#shared.error);
    return values.slice();
  }

  /**
   * The action with the highest value, the first of equal ones.
   *
   * @param observation As for {@linkcode OnnxWorkerPolicy.qValues}.
   * @param options Which actions are allowed.
   * @throws {UsageError} If the model fails, or takes too long.
   */
  act(observation: BoxArray, { actionMask }: ActOptions = {}): DiscreteAction {
    const { actions } = this.#options;
    return actions.fromColumns(bestColumns(this.qValues(observation), actionMask, actions.counts));
  }

  /** Stops the worker. */
  close(): void {
    this.#worker.terminate();
  }

  get #limit(): number {
    return this.#options.limitSeconds ?? LIMIT_SECONDS;
  }

  get #tooSlow(): string {
    return `ONNX Runtime must answer within ${this.#limit} s, got nothing`;
  }

  #fail(reason: string): never {
    this.close();
    throw new UsageError(`Cannot play ${this.#options.path}: ${reason}`);
  }
}
