import type { Kernels } from "../../nn/kernels/kernels.ts";
import type { Matrix } from "../../nn/matrix.ts";
import type { Transition } from "../agent.ts";
import type { Batch } from "./batch.ts";
import type { ReplayBufferSnapshot } from "./replay_buffer_snapshot.ts";

type Columns = ReplayBufferSnapshot["columns"];

const NAMES = [
  "observations",
  "actions",
  "rewards",
  "nextObservations",
  "terminated",
  "steps",
  "actionMasks",
  "nextActionMasks",
] as const;

/** Where a replay buffer keeps its transitions: a preallocated array for each of their parts, row after row without padding. */
export class ReplayColumns {
  readonly #columns: Columns;
  /** Elements of a row in each column. */
  readonly #widths: Readonly<Record<keyof Columns, number>>;
  readonly #observations: Matrix;
  readonly #nextObservations: Matrix;

  /** Fails with a RangeError if the columns do not fit into memory. */
  constructor(capacity: number, observationLength: number, maskLength: number) {
    this.#columns = {
      observations: new Float32Array(capacity * observationLength),
      actions: new Int32Array(capacity),
      rewards: new Float32Array(capacity),
      nextObservations: new Float32Array(capacity * observationLength),
      terminated: new Uint8Array(capacity),
      steps: new Uint16Array(capacity),
      actionMasks: new Uint8Array(capacity * maskLength),
      nextActionMasks: new Uint8Array(capacity * maskLength),
    };
    this.#widths = {
      observations: observationLength,
      actions: 1,
      rewards: 1,
      nextObservations: observationLength,
      terminated: 1,
      steps: 1,
      actionMasks: maskLength,
      nextActionMasks: maskLength,
    };
    const size = { rows: capacity, columns: observationLength, stride: observationLength };
    this.#observations = { data: this.#columns.observations, ...size };
    this.#nextObservations = { data: this.#columns.nextObservations, ...size };
  }

  /** Copies a transition, whose lengths have been checked, into a row. */
  set(row: number, transition: Transition<Float32Array, number> & { steps?: number }): void {
    const columns = this.#columns;
    const { observations: length, actionMasks: maskLength } = this.#widths;
    const { actionMask, nextActionMask } = transition;
    columns.observations.set(transition.observation, row * length);
    columns.nextObservations.set(transition.nextObservation, row * length);
    columns.actions[row] = transition.action;
    columns.rewards[row] = transition.reward;
    columns.terminated[row] = transition.terminated ? 1 : 0;
    columns.steps[row] = transition.steps ?? 1;
    if (maskLength === 0 || actionMask === undefined || nextActionMask === undefined) return;
    columns.actionMasks.set(actionMask, row * maskLength);
    columns.nextActionMasks.set(nextActionMask, row * maskLength);
  }

  /** Copies rows out. */
  gatherInto(batch: Batch, slots: Int32Array, kernels: Pick<Kernels, "gatherRows">): void {
    const columns = this.#columns;
    const { actions, rewards, terminated, steps } = batch;
    for (let row = 0; row < slots.length; row++) {
      const slot = slots[row]!;
      actions[row] = columns.actions[slot]!;
      rewards[row] = columns.rewards[slot]!;
      terminated[row] = columns.terminated[slot]!;
      steps[row] = columns.steps[slot]!;
    }
    kernels.gatherRows(this.#observations, slots, batch.observations);
    kernels.gatherRows(this.#nextObservations, slots, batch.nextObservations);
    const length = this.#widths.actionMasks;
    for (let i = 0; i < slots.length * length; i++) {
      const row = Math.floor(i / length);
      const from = slots[row]! * length + i - row * length;
      batch.actionMasks[i] = columns.actionMasks[from]!;
      batch.nextActionMasks[i] = columns.nextActionMasks[from]!;
    }
  }

  /** The first rows, as copies or as views. */
  first(rows: number, asViews: boolean): Columns {
    const { observations, actions, rewards, nextObservations, terminated, steps } = this.#columns;
    const { actionMasks, nextActionMasks } = this.#columns;
    const { observations: length, actionMasks: maskLength } = this.#widths;
    const views = {
      observations: observations.subarray(0, rows * length),
      actions: actions.subarray(0, rows),
      rewards: rewards.subarray(0, rows),
      nextObservations: nextObservations.subarray(0, rows * length),
      terminated: terminated.subarray(0, rows),
      steps: steps.subarray(0, rows),
      actionMasks: actionMasks.subarray(0, rows * maskLength),
      nextActionMasks: nextActionMasks.subarray(0, rows * maskLength),
    };
    if (asViews) return views;
    return {
      observations: views.observations.slice(),
      actions: views.actions.slice(),
      rewards: views.rewards.slice(),
      nextObservations: views.nextObservations.slice(),
      terminated: views.terminated.slice(),
      steps: views.steps.slice(),
      actionMasks: views.actionMasks.slice(),
      nextActionMasks: views.nextActionMasks.slice(),
    };
  }

  /** Takes over the first rows; fails with a TypeError where a column is not as long as so many rows, and changes nothing then. */
  restore(columns: Columns, rows: number): void {
    for (const name of NAMES) {
      const length = rows * this.#widths[name];
      if (columns[name].length === length) continue;
      throw new TypeError(
        `Cannot restore a ReplayBuffer: ${name} must have ${length} elements, got ${columns[name].length}`,
      );
    }
    for (const name of NAMES) this.#columns[name].set(columns[name]);
  }
}
