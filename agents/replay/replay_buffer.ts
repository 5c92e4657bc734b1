/**
 * Experience replay.
 *
 * @module
 */

import type { Kernels } from "../../nn/kernels/kernels.ts";
import { ReferenceKernels } from "../../nn/kernels/reference_kernels.ts";
import { createMatrix } from "../../nn/matrix.ts";
import { checkSteps, checkTransition } from "./_check_transition.ts";
import { ReplayColumns } from "./_replay_columns.ts";
import type { ByteObservationsOptions } from "./byte_observations.ts";
import { requireWhole } from "../require_whole.ts";
import type { DiscreteAction } from "../../envs/env.ts";
import type { BoxArray } from "../../envs/spaces/box_dtype.ts";
import type { Transition } from "../agent.ts";
import { type Batch, createBatch } from "./batch.ts";
import type { Pcg32 } from "../pcg32.ts";
import type { ReplayRows } from "./replay_rows.ts";
import type { ReplayBufferSnapshot } from "./replay_buffer_snapshot.ts";

/** Options of {@linkcode ReplayBuffer}; whole numbers. */
export interface ReplayBufferOptions {
  /** Number of transitions that fit, from 1 to 2³¹ − 1. */
  capacity: number;
  /** Length of an observation, from 1. */
  observationLength: number;
  /**
   * Number of actions, for environments with action masks; 0 without masks.
   *
   * @default {0}
   */
  maskLength?: number;
  /**
   * Parts of an action that is an Int32Array; 0 for one that is a number.
   *
   * @default {0}
   */
  actionParts?: number;
  /**
   * For observations of bytes, Uint8Arrays: their channels, and the number by which they are divided in batches.
   *
   * @default {undefined, for observations of float32}
   */
  bytes?: ByteObservationsOptions | undefined;
}

/** Slots are int32. */
const MOST_SLOTS = 2 ** 31 - 1;

/**
 * The most recent transitions, in preallocated columns; when full, the newest overwrites the oldest (Mnih et al. 2015).
 *
 * | operation | cost |
 * |---|---|
 * | `add` | O(observation length), allocates nothing |
 * | `sampleInto` | O(rows · observation length), allocates nothing |
 * | memory, float32 | 8 · observation length + 12 bytes per transition, 2 · actions more with masks, 4 more per further part of an action |
 * | memory, bytes | observation length + 8 · channels + 12 bytes where the next observation is that of the next transition; frames stacked as channels once |
 *
 * @example The lecture's lab 1: fill the buffer, draw a mini-batch, look at the shapes
 * ```ts
 * import { Pcg32, ReplayBuffer } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v0");
 * const replayBuffer = new ReplayBuffer({ capacity: 10_000, observationLength: 4 });
 * for (let episode = 0; episode < 10; episode++) {
 *   let { observation } = env.reset(episode === 0 ? { seed: 0 } : {});
 *   let done = false;
 *   while (!done) {
 *     const action = 0; // always push to the left
 *     const { observation: nextObservation, reward, terminated, truncated } = env.step(action);
 *     replayBuffer.add({ observation, action, reward, nextObservation, terminated, truncated });
 *     observation = nextObservation;
 *     done = terminated || truncated;
 *   }
 * }
 *
 * const batch = replayBuffer.sample(32, Pcg32.seeded(0n));
 * assertEquals([batch.observations.rows, batch.observations.columns], [32, 4]);
 * assertEquals(batch.actions.length, 32);
 * assertEquals(batch.rewards.length, 32);
 * assertEquals([batch.nextObservations.rows, batch.nextObservations.columns], [32, 4]);
 * assertEquals(batch.terminated.length, 32);
 * ```
 */
export class ReplayBuffer {
  /** Capacity in transitions. */
  readonly capacity: number;
  /** Length of an observation. */
  readonly observationLength: number;
  /** Length of an action mask; 0 without masks. */
  readonly maskLength: number;
  /** Parts of an action that is an Int32Array; 0 for one that is a number. */
  readonly actionParts: number;
  /** How observations of bytes are taken; undefined for observations of float32. */
  readonly bytes: ByteObservationsOptions | undefined;
  readonly #columns: ReplayColumns;
  #slots = new Int32Array(0);
  #added = 0;

  /**
   * Allocates the columns.
   *
   * @param options The number of transitions and their sizes.
   * @throws {RangeError} If one of them is not a whole number in its range, or the columns do not fit into memory.
   */
  constructor(options: ReplayBufferOptions) {
    const { capacity, observationLength, maskLength = 0, actionParts = 0, bytes } = options;
    requireWhole("create a ReplayBuffer", "capacity", capacity, 1);
    requireWhole("create a ReplayBuffer", "observationLength", observationLength, 1);
    requireWhole("create a ReplayBuffer", "maskLength", maskLength, 0);
    requireWhole("create a ReplayBuffer", "actionParts", actionParts, 0);
    this.capacity = capacity;
    this.observationLength = observationLength;
    this.maskLength = maskLength;
    this.actionParts = actionParts;
    this.bytes = bytes === undefined ? undefined : { ...bytes };
    if (bytes !== undefined) checkBytes(bytes, observationLength);
    try {
      if (capacity > MOST_SLOTS) throw new RangeError(`Cannot number ${capacity} slots in int32`);
      this.#columns = new ReplayColumns(capacity, this);
    } catch (error) {
      const size = capacity * (8 * observationLength + 8 + 4 * Math.max(1, actionParts) + 2 * maskLength);
      const message =
        `Cannot create a ReplayBuffer: capacity must fit into memory, got ${capacity} transitions of ${size} bytes in all`;
      throw new RangeError(message, { cause: error });
    }
  }

  /** Bytes of memory that the columns hold now; observations of bytes take more as transitions are added. */
  get byteLength(): number {
    return this.#columns.bytes;
  }

  /** Number of transitions held, at most the capacity. */
  get size(): number {
    return Math.min(this.#added, this.capacity);
  }

  /**
   * Stores a copy of a transition; when the buffer is full, it overwrites the oldest.
   *
   * @param transition The transition; no reference to it is kept, and `steps` defaults to 1.
   * @returns The slot that now holds it.
   * @throws {TypeError} If an observation has the wrong type or length, a mask the wrong length or is missing, or the action is
   * not a whole number; nothing is changed then.
   * @throws {RangeError} If a column cannot hold a value: an action beyond int32, steps that are not from 1 to 65,535, a reward or
   * an observation that is not finite in float32; nothing is changed then.
   */
  add(transition: Transition<BoxArray, DiscreteAction> & { steps?: number }): number {
    checkTransition(transition, this);
    if (transition.steps !== undefined) checkSteps(transition.steps);
    const slot = this.#added % this.capacity;
    this.#added++;
    this.#columns.set(slot, transition, this.size);
    return slot;
  }

  /**
   * Draws transitions uniformly, with replacement.
   *
   * @param rows Number of transitions to draw, a whole number from 1.
   * @param random The stream to draw from, once per row.
   * @returns A fresh batch.
   * @throws {RangeError} If the buffer is empty, or `rows` is not a whole number from 1.
   */
  sample(rows: number, random: Pcg32): Batch {
    requireWhole("sample from a ReplayBuffer", "rows", rows, 1);
    const observations = createMatrix(rows, this.observationLength);
    const nextObservations = createMatrix(rows, this.observationLength);
    const batch = createBatch(observations, nextObservations, this.maskLength, this.actionParts);
    this.sampleInto(batch, random);
    return batch;
  }

  /**
   * Draws as many transitions as a batch has rows, uniformly, with replacement.
   *
   * @param batch Overwritten.
   * @param random The stream to draw from, once per row.
   * @param kernels The kernels that own the batch's matrices, if any do.
   * @throws {RangeError} If the buffer is empty.
   * @throws {TypeError} If the batch has the wrong sizes.
   */
  sampleInto(
    batch: Batch,
    random: Pcg32,
    kernels: Pick<Kernels, "gatherRows" | "scaleBytes"> = new ReferenceKernels(),
  ): void {
    const size = this.size;
    if (size === 0) {
      throw new RangeError("Cannot sample from a ReplayBuffer: it must hold a transition, got none");
    }
    const rows = batch.rewards.length;
    if (this.#slots.length !== rows) this.#slots = new Int32Array(rows);
    for (let row = 0; row < rows; row++) this.#slots[row] = random.nextIndex(size);
    this.gatherInto(batch, this.#slots, kernels);
  }

  /**
   * Copies chosen transitions out.
   *
   * @param batch Overwritten.
   * @param slots One slot in use for each row.
   * @param kernels The kernels that own the batch's matrices, if any do.
   * @throws {RangeError} If a slot is not in use.
   * @throws {TypeError} If the batch has the wrong sizes.
   */
  gatherInto(
    batch: Batch,
    slots: Int32Array,
    kernels: Pick<Kernels, "gatherRows" | "scaleBytes"> = new ReferenceKernels(),
  ): void {
    this.#checkBatch(batch, slots);
    this.#columns.gatherInto(batch, slots, kernels);
  }

  /** Throws unless the batch has a row for each slot, and each slot holds a transition. */
  #checkBatch({ observations, actions, actionMasks }: Batch, slots: Int32Array): void {
    const { observationLength, maskLength, actionParts } = this;
    const rows = slots.length;
    if (
      actions.length !== rows * Math.max(1, actionParts) || observations.rows !== rows ||
      observations.columns !== observationLength ||
      actionMasks.length !== rows * maskLength
    ) {
      throw new TypeError(
        `Cannot sample from a ReplayBuffer: the batch must be of ${rows} rows, ${observationLength} numbers in each observation and ${maskLength} in each mask, got ${actions.length}, ${observations.columns} and ${
          actionMasks.length / observations.rows
        }`,
      );
    }
    this.#checkSlots(slots);
  }

  /** Throws unless each slot holds a transition. */
  #checkSlots(slots: Int32Array): void {
    const { size } = this;
    for (let row = 0; row < slots.length; row++) {
      const slot = slots[row]!;
      if (slot >= 0 && slot < size) continue;
      throw new RangeError(
        `Cannot sample from a ReplayBuffer: slots must be whole numbers from 0 to ${size - 1}, got ${slot}`,
      );
    }
  }

  /**
   * The transitions as plain columns, which `encodeReplay` writes as a file.
   *
   * @param slots Which transitions, in this order; all by default, oldest first.
   * @returns Copies; the shape of an observation is that of a vector, and there is no metadata.
   * @throws {RangeError} If a slot is not in use.
   */
  rows(slots: Int32Array = this.#byAge()): ReplayRows {
    this.#checkSlots(slots);
    const { observationLength, actionParts, maskLength, size } = this;
    const columns = this.#columns.first(size, true);
    const width = Math.max(1, actionParts);
    const copy = <T extends ColumnArray<T>>(source: T, target: T, length: number): T => {
      slots.forEach((slot, row) =>
        target.set(source.subarray(slot * length, (slot + 1) * length), row * length)
      );
      return target;
    };
    const count = slots.length;
    const observations = (isNext: boolean) => {
      if (this.bytes === undefined) {
        const source = isNext ? columns.nextObservations : columns.observations;
        return copy(source, new Float32Array(count * observationLength), observationLength);
      }
      const target = new Uint8Array(count * observationLength);
      slots.forEach((slot, row) =>
        this.#columns.copyBytes(slot, isNext, target.subarray(row * observationLength))
      );
      return target;
    };
    const steps = copy(columns.steps, new Uint16Array(count), 1);
    return {
      observationShape: [observationLength],
      actionParts,
      observations: observations(false),
      actions: copy(columns.actions, new Int32Array(count * width), width),
      rewards: copy(columns.rewards, new Float32Array(count), 1),
      nextObservations: observations(true),
      terminations: copy(columns.terminated, new Uint8Array(count), 1),
      truncations: copy(columns.truncated, new Uint8Array(count), 1),
      ...(steps.some((value) => value > 1) ? { steps } : {}),
      ...(maskLength === 0 ? {} : {
        actionMasks: copy(columns.actionMasks, new Uint8Array(count * maskLength), maskLength),
        nextActionMasks: copy(columns.nextActionMasks, new Uint8Array(count * maskLength), maskLength),
      }),
      metadata: {},
    };
  }

  /** The slots in use, oldest first. */
  #byAge(): Int32Array {
    const { size, capacity } = this;
    const oldest = this.#added > capacity ? this.#added % capacity : 0;
    return Int32Array.from({ length: size }, (_, k) => (oldest + k) % size);
  }

  /**
   * The whole state.
   *
   * @param options `views`: whether the columns are views of the buffer, valid until the next transition is added. Use them to write
   * the columns at once, since copying a million transitions takes time.
   * @returns Copies, unless `views` is set.
   */
  snapshot(options: { views?: boolean } = {}): ReplayBufferSnapshot {
    const { capacity, observationLength, maskLength, actionParts, size } = this;
    const { views = false } = options;
    const byteObservations = this.#columns.firstBytes(size, views);
    return {
      capacity,
      observationLength,
      maskLength,
      ...(actionParts === 0 ? {} : { actionParts }),
      ...(this.bytes === undefined ? {} : { bytes: { ...this.bytes } }),
      added: this.#added,
      columns: this.#columns.first(size, views),
      ...(byteObservations === undefined ? {} : { byteObservations }),
    };
  }

  /**
   * Restores a snapshot of a buffer of the same sizes. If it throws, nothing has changed.
   *
   * @param snapshot From {@linkcode ReplayBuffer.snapshot}.
   * @throws {RangeError} If the number of transitions is out of range, or a column holds a value that `add` refuses.
   * @throws {TypeError} If a size differs, or a column's length does not match the number of transitions.
   */
  restore(snapshot: ReplayBufferSnapshot): void {
    const { added, columns, byteObservations } = snapshot;
    requireWhole("restore a ReplayBuffer", "added", added, 0);
    for (const name of ["capacity", "observationLength", "maskLength", "actionParts"] as const) {
      const got = snapshot[name] ?? 0;
      if (got === this[name]) continue;
      throw new TypeError(`Cannot restore a ReplayBuffer: ${name} must be ${this[name]}, got ${got}`);
    }
    for (const name of ["channels", "scale"] as const) {
      const [own, got] = [this.bytes?.[name], snapshot.bytes?.[name]];
      if (got === own) continue;
      throw new TypeError(
        `Cannot restore a ReplayBuffer: bytes.${name} must be ${own ?? "absent"}, got ${got ?? "none"}`,
      );
    }
    const rows = Math.min(added, this.capacity);
    const oldest = added > this.capacity ? added % this.capacity : 0;
    this.#columns.restore(columns, byteObservations, rows, oldest);
    this.#added = added;
  }

  /**
   * Creates a buffer from a snapshot.
   *
   * @param snapshot From {@linkcode ReplayBuffer.snapshot}.
   * @returns A new buffer.
   * @throws {RangeError} If a size or a count is out of range.
   * @throws {TypeError} If a column's length does not match the counts.
   */
  static from(snapshot: ReplayBufferSnapshot): ReplayBuffer {
    const { capacity, observationLength, maskLength, actionParts = 0, bytes } = snapshot;
    const buffer = new ReplayBuffer({ capacity, observationLength, maskLength, actionParts, bytes });
    buffer.restore(snapshot);
    return buffer;
  }
}

/** The part of an array that copies use. */
interface ColumnArray<T> {
  subarray(begin: number, end: number): T;
  set(source: T, offset: number): void;
}

/** Throws a RangeError unless an observation has whole planes, and bytes can be divided. */
function checkBytes({ channels, scale }: ByteObservationsOptions, observationLength: number): void {
  requireWhole("create a ReplayBuffer", "bytes.channels", channels, 1);
  if (observationLength % channels !== 0) {
    throw new RangeError(
      `Cannot create a ReplayBuffer: bytes.channels must divide the ${observationLength} elements of an observation, got ${channels}`,
    );
  }
  if (Math.fround(scale) !== scale || !(scale > 0 && scale < Infinity)) {
    throw new RangeError(
      `Cannot create a ReplayBuffer: bytes.scale must be finite and above 0 in float32, got ${scale}`,
    );
  }
}
