import { type BoxArray, type BoxDtype, newBoxArray } from "../../envs/spaces/box_dtype.ts";
import type { Kernels } from "../../nn/kernels/kernels.ts";
import type { Matrix } from "../../nn/matrix.ts";
import type { Transition } from "../agent.ts";
import type { RolloutSteps } from "./lambda_returns.ts";
import type { RolloutSnapshot } from "./pqn_snapshot.ts";

/** The steps of some turns: step t of copy i is in row t · copies + i. */
export class Rollout implements RolloutSteps {
  readonly copies: number;
  /** Number of parts of an action. */
  readonly width: number;
  /** The observations, one after the other. */
  readonly observations: BoxArray;
  /** Columns of the network's output, one per part of an action. */
  readonly actions: Int32Array;
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** The value of each observation. */
  readonly values: Float32Array;
  readonly nextValues: Float32Array;
  readonly #rows: number;
  readonly #columns: number;
  readonly #byteScale: number | undefined;
  #filled = 0;

  /** `byteScale` divides observations of bytes when they are gathered; it is undefined for float32. */
  constructor(copies: number, turns: number, observationLength: number, width = 1, byteScale?: number) {
    const rows = copies * turns;
    this.copies = copies;
    this.width = width;
    this.#rows = rows;
    this.#columns = observationLength;
    this.#byteScale = byteScale;
    this.observations = newBoxArray<BoxDtype>(
      byteScale === undefined ? "float32" : "uint8",
      rows * observationLength,
    );
    this.actions = new Int32Array(rows * width);
    this.rewards = new Float32Array(rows);
    this.terminated = new Uint8Array(rows);
    this.truncated = new Uint8Array(rows);
    this.values = new Float32Array(rows);
    this.nextValues = new Float32Array(rows);
  }

  /** The copy whose step comes next. */
  get nextCopy(): number {
    return this.#filled % this.copies;
  }

  get isFull(): boolean {
    return this.#filled === this.#rows;
  }

  /** Whether the next step ends the rollout of its copy. */
  get isLastTurn(): boolean {
    return this.#filled + this.copies >= this.#rows;
  }

  /**
   * Adds the next copy's step.
   *
   * @param step Copied.
   * @param columns The action as columns of the network's output, one per part.
   * @param value The value of its observation.
   * @param nextValue The value of its next observation; ignored if that is the observation of the copy's next step.
   */
  add(
    step: Omit<Transition<BoxArray>, "action">,
    columns: Int32Array,
    value: number,
    nextValue: number,
  ): void {
    const k = this.#filled++;
    this.observations.set(step.observation, k * this.#columns);
    this.actions.set(columns, k * this.width);
    this.rewards[k] = step.reward;
    this.terminated[k] = step.terminated ? 1 : 0;
    this.truncated[k] = step.truncated ? 1 : 0;
    this.values[k] = value;
    this.nextValues[k] = nextValue;
  }

  /** Sets the next value of every step whose next observation is that of the copy's next step. */
  linkValues(): void {
    const { copies, values, nextValues, truncated } = this;
    for (let k = 0; k + copies < values.length; k++) {
      if (truncated[k] === 0) nextValues[k] = values[k + copies]!;
    }
  }

  /** Copies the observations of some steps into a matrix; bytes are divided. */
  gatherInto(steps: Int32Array, target: Matrix, kernels: Pick<Kernels, "gatherRows" | "scaleBytes">): void {
    const { observations: data } = this;
    const columns = this.#columns;
    if (!(data instanceof Uint8Array)) {
      return kernels.gatherRows({ data, rows: this.#rows, columns, stride: columns }, steps, target);
    }
    const scale = Math.fround(this.#byteScale ?? 1);
    for (let r = 0; r < steps.length; r++) {
      kernels.scaleBytes(data, steps[r]! * columns, columns, scale, target.data, r * target.stride, 1);
    }
  }

  clear(): void {
    this.#filled = 0;
  }

  snapshot(): RolloutSnapshot {
    const filled = this.#filled;
    return {
      observations: this.observations.slice(0, filled * this.#columns),
      actions: this.actions.slice(0, filled * this.width),
      rewards: this.rewards.slice(0, filled),
      terminated: this.terminated.slice(0, filled),
      truncated: this.truncated.slice(0, filled),
      values: this.values.slice(0, filled),
      nextValues: this.nextValues.slice(0, filled),
    };
  }

  /** Restores a snapshot; throws a TypeError or a RangeError if it does not fit. `counts` is the number of values of each part. */
  restore(snapshot: RolloutSnapshot, counts: readonly number[]): void {
    const { actions, observations } = snapshot;
    const filled = Math.floor(actions.length / this.width);
    const [rows, columns] = [this.#rows, this.#columns];
    if (filled >= rows) refuse(`rollout must have fewer than ${rows} steps, got ${filled}`);
    requireLength("rollout.actions", actions.length, filled * this.width);
    for (const name of ["rewards", "terminated", "truncated", "values", "nextValues"] as const) {
      requireLength(`rollout.${name}`, snapshot[name].length, filled);
    }
    requireLength("rollout.observations", observations.length, filled * columns);
    if (observations instanceof Uint8Array !== this.observations instanceof Uint8Array) {
      const [own, got] = this.#byteScale === undefined ? ["float32", "uint8"] : ["uint8", "float32"];
      throw new TypeError(`Cannot restore a Pqn: rollout.observations must be of ${own}, got ${got}`);
    }
    for (const name of ["observations", "rewards", "values", "nextValues"] as const) {
      const odd = snapshot[name].find((value) => value - value !== 0);
      if (odd !== undefined) refuse(`rollout.${name} must be finite, got ${odd}`);
    }
    for (const name of ["terminated", "truncated"] as const) {
      const odd = snapshot[name].find((value) => value > 1);
      if (odd !== undefined) refuse(`rollout.${name} must be 0 or 1, got ${odd}`);
    }
    requireColumns(actions, counts);
    this.observations.set(observations);
    this.actions.set(actions);
    this.rewards.set(snapshot.rewards);
    this.terminated.set(snapshot.terminated);
    this.truncated.set(snapshot.truncated);
    this.values.set(snapshot.values);
    this.nextValues.set(snapshot.nextValues);
    this.#filled = filled;
  }
}

function requireLength(name: string, got: number, length: number): void {
  if (got === length) return;
  throw new TypeError(`Cannot restore a Pqn: ${name} must have ${length} elements, got ${got}`);
}

/** Throws a RangeError if a column is not one of its part's. */
function requireColumns(columns: Int32Array, counts: readonly number[]): void {
  let first = 0;
  for (const [i, count] of counts.entries()) {
    for (let k = i; k < columns.length; k += counts.length) {
      const column = columns[k]!;
      if (column >= first && column < first + count) continue;
      refuse(`rollout.actions must be from ${first} to ${first + count - 1}, got ${column}`);
    }
    first += count;
  }
}

function refuse(rule: string): never {
  throw new RangeError(`Cannot restore a Pqn: ${rule}`);
}
