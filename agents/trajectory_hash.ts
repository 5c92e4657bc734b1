/**
 * The fingerprint of a training run.
 *
 * @module
 */

import type { Action, Observation } from "../envs/env.ts";
import type { Transition } from "./agent.ts";
import { Sha256, type Sha256Snapshot } from "../nn/sha256.ts";

/**
 * SHA-256 over every observation, action, reward and flag, in order. A value is hashed as little-endian bytes: elements of a
 * vector as float32 or uint8, single numbers as float64, the flags as one byte (terminated 1, truncated 2). An episode is its first
 * observation, then action, reward, flags and next observation of each step.
 *
 * @example Usage
 * ```ts
 * import { TrajectoryHash } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const first = new TrajectoryHash();
 * const second = new TrajectoryHash();
 * const transition = { action: 1, reward: 1, terminated: true, truncated: false };
 * for (const hash of [first, second]) {
 *   hash.add({ ...transition, observation: new Float32Array(4), nextObservation: new Float32Array(4) });
 * }
 * assertEquals(first.digest(), second.digest());
 * ```
 */
export class TrajectoryHash {
  #hash = new Sha256();
  #atStart = true;
  #bytes = new Uint8Array(64);
  #view = new DataView(this.#bytes.buffer);

  /**
   * Adds the next step.
   *
   * @param transition The step; no reference to it is kept.
   */
  add(transition: Transition<Observation, Action>): void {
    if (this.#atStart) this.#addValue(transition.observation);
    this.#addValue(transition.action);
    this.#addValue(transition.reward);
    this.#bytes[0] = (transition.terminated ? 1 : 0) + (transition.truncated ? 2 : 0);
    this.#hash.update(this.#bytes.subarray(0, 1));
    this.#addValue(transition.nextObservation);
    this.#atStart = transition.terminated || transition.truncated;
  }

  /**
   * The fingerprint of all steps so far; further steps may be added.
   *
   * @returns 64 hexadecimal digits.
   */
  digest(): string {
    return this.#hash.digest();
  }

  /**
   * The whole state.
   *
   * @returns Plain values that survive JSON.
   */
  snapshot(): { hash: Sha256Snapshot; atStart: boolean } {
    return { hash: this.#hash.snapshot(), atStart: this.#atStart };
  }

  /**
   * Restores a fingerprint from a snapshot.
   *
   * @param snapshot From {@linkcode TrajectoryHash.snapshot}.
   * @returns A fingerprint that continues from there.
   * @throws {TypeError} If the snapshot is invalid.
   */
  static from(snapshot: { hash: Sha256Snapshot; atStart: boolean }): TrajectoryHash {
    if (typeof snapshot.atStart !== "boolean") {
      throw new TypeError(
        `Cannot restore a TrajectoryHash: atStart must be a boolean, got ${snapshot.atStart}`,
      );
    }
    const trajectory = new TrajectoryHash();
    trajectory.#hash = Sha256.from(snapshot.hash);
    trajectory.#atStart = snapshot.atStart;
    return trajectory;
  }

  #addValue(value: Observation | Action): void {
    if (value instanceof Uint8Array) {
      this.#hash.update(value);
      return;
    }
    const single = typeof value === "number";
    const isVector = value instanceof Float32Array;
    const count = single ? 1 : value.length;
    const width = isVector ? 4 : 8;
    if (this.#bytes.length < count * width) {
      this.#bytes = new Uint8Array(count * width);
      this.#view = new DataView(this.#bytes.buffer);
    }
    const view = this.#view;
    if (single) view.setFloat64(0, value, true);
    else if (isVector) { for (let i = 0; i < count; i++) view.setFloat32(4 * i, value[i]!, true); }
    else for (let i = 0; i < count; i++) view.setFloat64(8 * i, value[i]!, true);
    this.#hash.update(this.#bytes.subarray(0, count * width));
  }
}
