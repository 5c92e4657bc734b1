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
}

/** The state of a {@linkcode ReplayBuffer}. */
export interface ReplayBufferSnapshot {
  /** Number of transitions that fit. */
  capacity: number;
  /** Length of an observation. */
  observationLength: number;
  /** Number of transitions ever added. */
  added: number;
  /** The columns, up to the number of transitions held, in the order of their slots. */
  columns: {
    observations: Float32Array;
    actions: Int32Array;
    rewards: Float32Array;
    nextObservations: Float32Array;
    terminated: Uint8Array;
  };
}

/**
 * The most recent transitions, in preallocated columns; the oldest gives way to the newest (Mnih et al. 2015).
 *
 * | operation | cost |
 * |---|---|
 * | `add` | O(observation length), allocates nothing |
 * | `sampleInto` | O(rows · observation length), allocates nothing |
 * | memory | 8 · observation length + 9 bytes per transition |
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
  readonly #observations: Matrix;
  readonly #actions: Int32Array;
  readonly #rewards: Float32Array;
  readonly #nextObservations: Matrix;
  readonly #terminated: Uint8Array;
  #slots = new Int32Array(0);
  #added = 0;

  /**
   * Allocates the columns.
   *
   * @param options `capacity`, the number of transitions that fit, and `observationLength`; whole numbers from 1.
   * @throws {RangeError} If one of them is not a whole number from 1, or the columns do not fit into memory.
   */
  constructor(options: { capacity: number; observationLength: number }) {
    const { capacity, observationLength } = options;
    requireWhole("create a ReplayBuffer", "capacity", capacity, 1);
    requireWhole("create a ReplayBuffer", "observationLength", observationLength, 1);
    this.capacity = capacity;
    this.observationLength = observationLength;
    try {
      this.#observations = this.#createRows();
      this.#actions = new Int32Array(capacity);
      this.#rewards = new Float32Array(capacity);
      this.#nextObservations = this.#createRows();
      this.#terminated = new Uint8Array(capacity);
    } catch (error) {
      const bytes = capacity * (8 * observationLength + 9);
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
   * @param transition Nothing of it is kept.
   * @throws {TypeError} If an observation has another length than the buffer's.
   */
  add(transition: Transition<Float32Array, number>): void {
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
    this.#added++;
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
    const batch: Batch = {
      observations: createMatrix(rows, this.observationLength),
      actions: new Int32Array(rows),
      rewards: new Float32Array(rows),
      nextObservations: createMatrix(rows, this.observationLength),
      terminated: new Uint8Array(rows),
    };
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
    const { observations, actions, rewards, nextObservations, terminated } = batch;
    if (this.#slots.length !== actions.length) this.#slots = new Int32Array(actions.length);
    for (let row = 0; row < actions.length; row++) {
      const slot = random.nextIndex(size);
      this.#slots[row] = slot;
      actions[row] = this.#actions[slot]!;
      rewards[row] = this.#rewards[slot]!;
      terminated[row] = this.#terminated[slot]!;
    }
    kernels.gatherRows(this.#observations, this.#slots, observations);
    kernels.gatherRows(this.#nextObservations, this.#slots, nextObservations);
  }

  /**
   * The whole state.
   *
   * @returns Copies.
   */
  snapshot(): ReplayBufferSnapshot {
    const { capacity, observationLength, size } = this;
    return {
      capacity,
      observationLength,
      added: this.#added,
      columns: {
        observations: this.#observations.data.slice(0, size * observationLength),
        actions: this.#actions.slice(0, size),
        rewards: this.#rewards.slice(0, size),
        nextObservations: this.#nextObservations.data.slice(0, size * observationLength),
        terminated: this.#terminated.slice(0, size),
      },
    };
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
    const { capacity, observationLength, added, columns } = snapshot;
    requireWhole("restore a ReplayBuffer", "added", added, 0);
    const size = Math.min(added, capacity);
    const lengths = {
      observations: size * observationLength,
      actions: size,
      rewards: size,
      nextObservations: size * observationLength,
      terminated: size,
    };
    for (const name of ["observations", "actions", "rewards", "nextObservations", "terminated"] as const) {
      if (columns[name].length !== lengths[name]) {
        throw new TypeError(
          `Cannot restore a ReplayBuffer: ${name} must have ${lengths[name]} elements, got ${
            columns[name].length
          }`,
        );
      }
    }
    const buffer = new ReplayBuffer({ capacity, observationLength });
    buffer.#observations.data.set(columns.observations);
    buffer.#actions.set(columns.actions);
    buffer.#rewards.set(columns.rewards);
    buffer.#nextObservations.data.set(columns.nextObservations);
    buffer.#terminated.set(columns.terminated);
    buffer.#added = added;
    return buffer;
  }
}
