import type { Kernels } from "../../nn/kernels/kernels.ts";
import type { Matrix } from "../../nn/matrix.ts";
import type { DiscreteAction } from "../../envs/env.ts";
import type { BoxArray } from "../../envs/spaces/box_dtype.ts";
import type { Transition } from "../agent.ts";
import type { TransitionLengths } from "./_check_transition.ts";
import { ByteObservations } from "./_byte_observations.ts";
import type { ByteObservationsSnapshot } from "./byte_observations.ts";
import { type ColumnRule, createColumn, type ReplayColumn } from "./_replay_column.ts";
import type { Batch } from "./batch.ts";
import type { ReplayBufferSnapshot } from "./replay_buffer_snapshot.ts";

type Arrays = ReplayBufferSnapshot["columns"];

/** The kernels that fill a batch. */
type GatherKernels = Pick<Kernels, "gatherRows" | "scaleBytes">;

/** One column for each part of a transition. */
type Columns = { readonly [Name in keyof Arrays]: ReplayColumn<Arrays[Name]> };

const ANY: ColumnRule = { words: "numbers", firstOdd: () => undefined };
const FINITE: ColumnRule = {
  words: "finite",
  firstOdd: (values) => values.find((value) => value - value !== 0),
};
const ZERO_OR_ONE: ColumnRule = { words: "0 or 1", firstOdd: (values) => values.find((value) => value > 1) };
const FROM_ONE: ColumnRule = { words: "from 1", firstOdd: (values) => values.find((value) => value < 1) };

/** The storage of a replay buffer: a preallocated array for each part of a transition. */
export class ReplayColumns {
  readonly #columns: Columns;
  readonly #observations: Matrix;
  readonly #nextObservations: Matrix;
  readonly #capacity: number;
  readonly #bytes: ByteObservations | undefined;

  /** Throws a RangeError if the columns do not fit into memory. */
  constructor(
    capacity: number,
    { observationLength: length, maskLength, actionParts, bytes }: TransitionLengths,
  ) {
    const width = Math.max(1, actionParts);
    const observationLength = bytes === undefined ? length : 0;
    this.#capacity = capacity;
    this.#bytes = bytes === undefined ? undefined : new ByteObservations(capacity, length, bytes);
    const { observations, nextObservations } = this.#columns = {
      observations: createColumn(new Float32Array(capacity * observationLength), FINITE, observationLength),
      actions: createColumn(new Int32Array(capacity * width), ANY, width),
      rewards: createColumn(new Float32Array(capacity), FINITE),
      nextObservations: createColumn(
        new Float32Array(capacity * observationLength),
        FINITE,
        observationLength,
      ),
      terminated: createColumn(new Uint8Array(capacity), ZERO_OR_ONE),
      truncated: createColumn(new Uint8Array(capacity), ZERO_OR_ONE),
      steps: createColumn(new Uint16Array(capacity), FROM_ONE),
      actionMasks: createColumn(new Uint8Array(capacity * maskLength), ANY, maskLength),
      nextActionMasks: createColumn(new Uint8Array(capacity * maskLength), ANY, maskLength),
    };
    const size = { rows: capacity, columns: observationLength, stride: observationLength };
    this.#observations = { data: observations.data, ...size };
    this.#nextObservations = { data: nextObservations.data, ...size };
  }

  /** Copies a checked transition into a row; `size` is the number of rows in use afterwards. */
  set(
    row: number,
    transition: Transition<BoxArray, DiscreteAction> & { steps?: number },
    size: number,
  ): void {
    const columns = this.#columns;
    const { observations, nextObservations, actionMasks, nextActionMasks } = columns;
    const { observation, nextObservation, actionMask, nextActionMask } = transition;
    if (observation instanceof Uint8Array && nextObservation instanceof Uint8Array) {
      this.#bytes?.set(row, observation, nextObservation, size < this.#capacity ? 0 : (row + 1) % size);
    } else {
      observations.data.set(observation, row * observations.width);
      nextObservations.data.set(nextObservation, row * nextObservations.width);
    }
    const { action } = transition;
    if (typeof action === "number") columns.actions.data[row] = action;
    else columns.actions.data.set(action, row * columns.actions.width);
    columns.rewards.data[row] = transition.reward;
    columns.terminated.data[row] = transition.terminated ? 1 : 0;
    columns.truncated.data[row] = transition.truncated ? 1 : 0;
    columns.steps.data[row] = transition.steps ?? 1;
    if (actionMasks.width === 0 || actionMask === undefined || nextActionMask === undefined) return;
    actionMasks.data.set(actionMask, row * actionMasks.width);
    nextActionMasks.data.set(nextActionMask, row * nextActionMasks.width);
  }

  /** Copies rows out. */
  gatherInto(batch: Batch, slots: Int32Array, kernels: GatherKernels): void {
    if (this.#bytes !== undefined) {
      this.#bytes.gatherInto(batch.observations, batch.nextObservations, slots, kernels);
    } else {
      kernels.gatherRows(this.#observations, slots, batch.observations);
      kernels.gatherRows(this.#nextObservations, slots, batch.nextObservations);
    }
    // One loop for all, but a separate statement for each array: engines are many times slower where one statement sees several types.
    const { actions, rewards, terminated, steps, actionMasks, nextActionMasks } = this.#columns;
    const { width } = actionMasks;
    const { width: parts } = actions;
    for (let row = 0; row < slots.length; row++) {
      const slot = slots[row]!;
      if (parts === 1) batch.actions[row] = actions.data[slot]!;
      else for (let i = 0; i < parts; i++) batch.actions[row * parts + i] = actions.data[slot * parts + i]!;
      batch.rewards[row] = rewards.data[slot]!;
      batch.terminated[row] = terminated.data[slot]!;
      batch.steps[row] = steps.data[slot]!;
      for (let i = 0; i < width; i++) {
        batch.actionMasks[row * width + i] = actionMasks.data[slot * width + i]!;
        batch.nextActionMasks[row * width + i] = nextActionMasks.data[slot * width + i]!;
      }
    }
  }

  /** Bytes of all memory that it holds. */
  get bytes(): number {
    const columns = Object.values(this.#columns).map(({ data }) => data.byteLength);
    return columns.reduce((sum, bytes) => sum + bytes, this.#bytes?.bytes ?? 0);
  }

  /** The first rows' observations of bytes, as copies or as views; undefined for observations of float32. */
  firstBytes(rows: number, asViews: boolean): ByteObservationsSnapshot | undefined {
    return this.#bytes?.snapshot(rows, asViews);
  }

  /** The observations of a row, or the next ones, of a buffer of bytes, copied to the start of a target. */
  copyBytes(row: number, isNext: boolean, target: Uint8Array): void {
    this.#bytes?.copyTo(row, isNext, target);
  }

  /** The first rows, as copies or as views. */
  first(rows: number, asViews: boolean): Arrays {
    const columns = this.#columns;
    const first = <T>(column: ReplayColumn<T>): T => column.first(rows, asViews);
    return {
      observations: first(columns.observations),
      actions: first(columns.actions),
      rewards: first(columns.rewards),
      nextObservations: first(columns.nextObservations),
      terminated: first(columns.terminated),
      truncated: first(columns.truncated),
      steps: first(columns.steps),
      actionMasks: first(columns.actionMasks),
      nextActionMasks: first(columns.nextActionMasks),
    };
  }

  /**
   * Overwrites the first rows, the oldest of which is given. Throws if a column has the wrong length or breaks its rule; nothing
   * is changed then.
   */
  restore(
    arrays: Arrays,
    byteObservations: ByteObservationsSnapshot | undefined,
    rows: number,
    oldest: number,
  ): void {
    const columns = this.#columns;
    const names = namesOf(columns);
    for (const name of names) {
      const length = rows * columns[name].width;
      const array = arrays[name];
      if (array.length !== length) {
        throw new TypeError(
          `Cannot restore a ReplayBuffer: ${name} must have ${length} elements, got ${array.length}`,
        );
      }
      const { rule } = columns[name];
      const odd = rule.firstOdd(array);
      if (odd === undefined) continue;
      throw new RangeError(`Cannot restore a ReplayBuffer: ${name} must be ${rule.words}, got ${odd}`);
    }
    const restore = <Name extends keyof Arrays>(name: Name) => columns[name].restore(arrays[name]);
    if ((byteObservations === undefined) !== (this.#bytes === undefined)) {
      throw new TypeError(
        `Cannot restore a ReplayBuffer: byteObservations must be ${
          this.#bytes === undefined ? "absent" : "there"
        }, got ${byteObservations === undefined ? "none" : "some"}`,
      );
    }
    if (byteObservations !== undefined) {
      this.#bytes?.check(byteObservations, rows, oldest);
      this.#bytes?.restore(byteObservations);
    }
    names.forEach(restore);
  }
}

/** The names of an object's own properties, in their order. */
function namesOf<T extends object>(parts: T): Extract<keyof T, string>[] {
  const names: Extract<keyof T, string>[] = [];
  for (const name in parts) names.push(name);
  return names;
}
