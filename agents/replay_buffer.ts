/**
 * Experience replay.
 *
 * @module
 */

import type { Kernels } from "../nn/kernels/kernels.ts";
import { ReferenceKernels } from "../nn/kernels/reference_kernels.ts";
import { createMatrix, type Matrix } from "../nn/matrix.ts";
import { requireWhole } from "./_require_whole.ts";
import type { Transition } from "./agent.ts";
import type { Pcg32 } from "./pcg32.ts";

/** Transitions by column; row r of each column belongs to transition r. */
export interface Batch {
  /** Shape (rows, observation length). */
  readonly observations: Matrix;
  /** One action per row. */
  readonly actions: Int32Array;
  /** One reward per row, rounded to float32. */
  readonly rewards: Float32Array;
  /** Shape (rows, observation length). */
  readonly nextObservations: Matrix;
  /** 1 where the task ended, else 0; a truncated step counts as 0. */
  readonly terminated: Uint8Array;
  /** Environment steps that each row spans; 1 but for n-step returns. */
  readonly steps: Uint16Array;
  /** Which actions were allowed, row by row; empty where the buffer has no masks. */
  readonly actionMasks: Uint8Array;
  /** Which actions are allowed next, row by row; empty where the buffer has no masks. */
  readonly nextActionMasks: Uint8Array;
}

/** The state of a {@linkcode ReplayBuffer}. */
export interface ReplayBufferSnapshot {
  /** Number of transitions that fit. */
  capacity: number;
  /** Length of an observation. */
  observationLength: number;
  /** Length of an action mask; 0 without masks. */
  maskLength: number;
  /** Number of transitions ever added. */
  added: number;
  /** The columns, up to the number of transitions held, in the order of their slots. */
  columns: {
    observations: Float32Array;
    actions: Int32Array;
    rewards: Float32Array;
    nextObservations: Float32Array;
    terminated: Uint8Array;
    steps: Uint16Array;
    actionMasks: Uint8Array;
    nextActionMasks: Uint8Array;
  };
}

/** Options of {@linkcode ReplayBuffer}; whole numbers. */
export interface ReplayBufferOptions {
  /** Number of transitions that fit, from 1. */
  capacity: number;
  /** Length of an observation, from 1. */
  observationLength: number;
  /**
   * Number of actions, for environments with action masks; without masks 0.
   *
   * @default {0}
   */
  maskLength?: number;
}

const COLUMNS = [
  "observations",
  "actions",
  "rewards",
  "nextObservations",
  "terminated",
  "steps",
  "actionMasks",
  "nextActionMasks",
] as const;

/**
 * Allocates a batch around the two matrices of its observations.
 *
 * @param observations Shape (rows, observation length).
 * @param nextObservations The same shape.
 * @param maskLength Length of an action mask; 0 without masks.
 * @returns All zeros.
 *
 * @example Usage
 * ```ts
 * import { createBatch } from "@bellman/dqn/agents";
 * import { createMatrix } from "@bellman/dqn/nn";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(createBatch(createMatrix(32, 4), createMatrix(32, 4)).actions.length, 32);
 * ```
 */
export function createBatch(observations: Matrix, nextObservations: Matrix, maskLength = 0): Batch {
  const { rows } = observations;
  return {
    observations,
    actions: new Int32Array(rows),
    rewards: new Float32Array(rows),
    nextObservations,
    terminated: new Uint8Array(rows),
    steps: new Uint16Array(rows),
    actionMasks: new Uint8Array(rows * maskLength),
    nextActionMasks: new Uint8Array(rows * maskLength),
  };
}

/**
 * The most recent transitions, in preallocated columns; the oldest gives way to the newest (Mnih et al. 2015).
 *
 * | operation | cost |
 * |---|---|
 * | `add` | O(observation length), allocates nothing |
 * | `sampleInto` | O(rows · observation length), allocates nothing |
 * | memory | 8 · observation length + 11 bytes per transition, 2 · actions more with masks |
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
  /** Number of transitions that fit. */
  readonly capacity: number;
  /** Length of an observation. */
  readonly observationLength: number;
  /** Length of an action mask; 0 without masks. */
  readonly maskLength: number;
  readonly #observations: Matrix;
  readonly #actions: Int32Array;
  readonly #rewards: Float32Array;
  readonly #nextObservations: Matrix;
  readonly #terminated: Uint8Array;
  readonly #steps: Uint16Array;
  readonly #actionMasks: Uint8Array;
  readonly #nextActionMasks: Uint8Array;
  #slots = new Int32Array(0);
  #added = 0;

  /**
   * Allocates the columns.
   *
   * @param options How many transitions of which sizes.
   * @throws {RangeError} If one of them is no whole number in its range, or the columns do not fit into memory.
   */
  constructor(options: ReplayBufferOptions) {
    const { capacity, observationLength, maskLength = 0 } = options;
    requireWhole("create a ReplayBuffer", "capacity", capacity, 1);
    requireWhole("create a ReplayBuffer", "observationLength", observationLength, 1);
    requireWhole("create a ReplayBuffer", "maskLength", maskLength, 0);
    this.capacity = capacity;
    this.observationLength = observationLength;
    this.maskLength = maskLength;
    try {
      this.#observations = this.#createRows();
      this.#actions = new Int32Array(capacity);
      this.#rewards = new Float32Array(capacity);
      this.#nextObservations = this.#createRows();
      this.#terminated = new Uint8Array(capacity);
      this.#steps = new Uint16Array(capacity);
      this.#actionMasks = new Uint8Array(capacity * maskLength);
      this.#nextActionMasks = new Uint8Array(capacity * maskLength);
    } catch (error) {
      const bytes = capacity * (8 * observationLength + 11 + 2 * maskLength);
      const message =
        `Cannot create a ReplayBuffer: capacity must fit into memory, got ${capacity} transitions of ${bytes} bytes in all`;
      throw new RangeError(message, { cause: error });
    }
  }

  /** Observations one after the other, without padding: there are many. */
  #createRows(): Matrix {
    const { capacity: rows, observationLength: columns } = this;
    return { data: new Float32Array(rows * columns), rows, columns, stride: columns };
  }

  /** Number of transitions held, at most the capacity. */
  get size(): number {
    return Math.min(this.#added, this.capacity);
  }

  /**
   * Copies one transition in, in place of the oldest when the buffer is full.
   *
   * @param transition Nothing of it is kept; `steps` is 1 where it does not say otherwise.
   * @returns The slot that it has come into.
   * @throws {TypeError} If an observation has another length than the buffer's, or an action mask is missing.
   */
  add(transition: Transition<Float32Array, number> & { steps?: number }): number {
    const { observation, nextObservation } = transition;
    const length = this.observationLength;
    if (observation.length !== length || nextObservation.length !== length) {
      throw new TypeError(
        `Cannot add a transition: its observations must have ${length} elements, got ${observation.length} and ${nextObservation.length}`,
      );
    }
    const slot = this.#added % this.capacity;
    this.#observations.data.set(observation, slot * length);
    this.#nextObservations.data.set(nextObservation, slot * length);
    this.#actions[slot] = transition.action;
    this.#rewards[slot] = transition.reward;
    this.#terminated[slot] = transition.terminated ? 1 : 0;
    this.#steps[slot] = transition.steps ?? 1;
    if (this.maskLength > 0) {
      this.#setMask(this.#actionMasks, slot, transition.actionMask);
      this.#setMask(this.#nextActionMasks, slot, transition.nextActionMask);
    }
    this.#added++;
    return slot;
  }

  #setMask(masks: Uint8Array, slot: number, mask: Uint8Array | undefined): void {
    if (mask?.length !== this.maskLength) {
      throw new TypeError(
        `Cannot add a transition: it must have action masks of ${this.maskLength} elements, got ${
          mask?.length ?? "none"
        }`,
      );
    }
    masks.set(mask, slot * this.maskLength);
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
    const batch = createBatch(observations, nextObservations, this.maskLength);
    this.sampleInto(batch, random);
    return batch;
  }

  /**
   * Draws as many transitions as a batch has rows, uniformly, with replacement.
   *
   * @param batch Overwritten.
   * @param random The stream to draw from, once per row.
   * @param kernels Those of the batch's matrices, if they are of any.
   * @throws {RangeError} If the buffer is empty.
   */
  sampleInto(
    batch: Batch,
    random: Pcg32,
    kernels: Pick<Kernels, "gatherRows"> = new ReferenceKernels(),
  ): void {
    const size = this.size;
    if (size === 0) {
      throw new RangeError("Cannot sample from a ReplayBuffer: it must hold a transition, got none");
    }
    const rows = batch.actions.length;
    if (this.#slots.length !== rows) this.#slots = new Int32Array(rows);
    for (let row = 0; row < rows; row++) this.#slots[row] = random.nextIndex(size);
    this.gatherInto(batch, this.#slots, kernels);
  }

  /**
   * Copies chosen transitions out.
   *
   * @param batch Overwritten.
   * @param slots One slot in use for each row.
   * @param kernels Those of the batch's matrices, if they are of any.
   */
  gatherInto(
    batch: Batch,
    slots: Int32Array,
    kernels: Pick<Kernels, "gatherRows"> = new ReferenceKernels(),
  ): void {
    const { observations, actions, rewards, nextObservations, terminated, steps } = batch;
    for (let row = 0; row < slots.length; row++) {
      const slot = slots[row]!;
      actions[row] = this.#actions[slot]!;
      rewards[row] = this.#rewards[slot]!;
      terminated[row] = this.#terminated[slot]!;
      steps[row] = this.#steps[slot]!;
    }
    kernels.gatherRows(this.#observations, slots, observations);
    kernels.gatherRows(this.#nextObservations, slots, nextObservations);
    const length = this.maskLength;
    for (let i = 0; i < slots.length * length; i++) {
      const row = Math.floor(i / length);
      const from = slots[row]! * length + i - row * length;
      batch.actionMasks[i] = this.#actionMasks[from]!;
      batch.nextActionMasks[i] = this.#nextActionMasks[from]!;
    }
  }

  /**
   * The whole state.
   *
   * @returns Copies.
   */
  snapshot(): ReplayBufferSnapshot {
    const { capacity, observationLength, maskLength, size } = this;
    return {
      capacity,
      observationLength,
      maskLength,
      added: this.#added,
      columns: {
        observations: this.#observations.data.slice(0, size * observationLength),
        actions: this.#actions.slice(0, size),
        rewards: this.#rewards.slice(0, size),
        nextObservations: this.#nextObservations.data.slice(0, size * observationLength),
        terminated: this.#terminated.slice(0, size),
        steps: this.#steps.slice(0, size),
        actionMasks: this.#actionMasks.slice(0, size * maskLength),
        nextActionMasks: this.#nextActionMasks.slice(0, size * maskLength),
      },
    };
  }

  /**
   * Takes over a snapshot of a buffer of the same sizes. When it throws, nothing has changed.
   *
   * @param snapshot From {@linkcode ReplayBuffer.snapshot}.
   * @throws {RangeError} If the number of transitions is out of range.
   * @throws {TypeError} If a size is another, or a column has not the length that the number of transitions asks for.
   */
  restore(snapshot: ReplayBufferSnapshot): void {
    const { added, columns } = snapshot;
    const { capacity, observationLength, maskLength } = this;
    requireWhole("restore a ReplayBuffer", "added", added, 0);
    for (const name of ["capacity", "observationLength", "maskLength"] as const) {
      if (snapshot[name] === this[name]) continue;
      throw new TypeError(
        `Cannot restore a ReplayBuffer: ${name} must be ${this[name]}, got ${snapshot[name]}`,
      );
    }
    const size = Math.min(added, capacity);
    const lengths = {
      observations: size * observationLength,
      actions: size,
      rewards: size,
      nextObservations: size * observationLength,
      terminated: size,
      steps: size,
      actionMasks: size * maskLength,
      nextActionMasks: size * maskLength,
    };
    for (const name of COLUMNS) {
      if (columns[name].length !== lengths[name]) {
        throw new TypeError(
          `Cannot restore a ReplayBuffer: ${name} must have ${lengths[name]} elements, got ${
            columns[name].length
          }`,
        );
      }
    }
    this.#observations.data.set(columns.observations);
    this.#actions.set(columns.actions);
    this.#rewards.set(columns.rewards);
    this.#nextObservations.data.set(columns.nextObservations);
    this.#terminated.set(columns.terminated);
    this.#steps.set(columns.steps);
    this.#actionMasks.set(columns.actionMasks);
    this.#nextActionMasks.set(columns.nextActionMasks);
    this.#added = added;
  }

  /**
   * Continues from a snapshot.
   *
   * @param snapshot From {@linkcode ReplayBuffer.snapshot}.
   * @returns A buffer of its own.
   * @throws {RangeError} If a size or a count is out of range.
   * @throws {TypeError} If a column does not have the length that the counts ask for.
   */
  static from(snapshot: ReplayBufferSnapshot): ReplayBuffer {
    const { capacity, observationLength, maskLength } = snapshot;
    const buffer = new ReplayBuffer({ capacity, observationLength, maskLength });
    buffer.restore(snapshot);
    return buffer;
  }
}
