import type { Kernels } from "../../nn/kernels/kernels.ts";
import type { Matrix } from "../../nn/matrix.ts";
import { PlaneStore, RECENT_PLANES } from "./_plane_store.ts";
import type { ByteObservationsOptions, ByteObservationsSnapshot } from "./byte_observations.ts";

/**
 * Observations of bytes, and next observations, of all transitions in a replay buffer. Each channel is a plane of its own: frames
 * stacked as channels, and next observations that are the observation of the next transition, are stored once.
 */
export class ByteObservations {
  readonly #planes: PlaneStore;
  readonly #channels: number;
  readonly #scale: number;
  /** The planes of each row, channel by channel. */
  readonly #observations: Int32Array;
  readonly #nextObservations: Int32Array;
  /** One plane. */
  readonly #plane: Uint8Array;

  /** Throws a RangeError if the columns do not fit into memory. */
  constructor(capacity: number, observationLength: number, { channels, scale }: ByteObservationsOptions) {
    this.#channels = channels;
    this.#scale = scale;
    this.#planes = new PlaneStore(observationLength / channels, capacity * channels);
    this.#observations = new Int32Array(capacity * channels);
    this.#nextObservations = new Int32Array(capacity * channels);
    this.#plane = new Uint8Array(this.#planes.length);
  }

  /** Bytes of all memory that it holds. */
  get bytes(): number {
    return this.#planes.bytes + 2 * this.#observations.byteLength;
  }

  /**
   * Copies two observations into a row.
   *
   * @param row Index of the row.
   * @param observation The bytes, channels running fastest.
   * @param nextObservation The same.
   * @param oldest The row that is overwritten next, once all are in use; row 0 before.
   */
  set(row: number, observation: Uint8Array, nextObservation: Uint8Array, oldest: number): void {
    for (let channel = 0; channel < this.#channels; channel++) {
      const at = row * this.#channels + channel;
      this.#observations[at] = this.#add(observation, channel);
      this.#nextObservations[at] = this.#add(nextObservation, channel);
    }
    this.#planes.release(this.#needed(oldest));
  }

  #add(observation: Uint8Array, channel: number): number {
    const channels = this.#channels;
    if (channels === 1) return this.#planes.add(observation);
    const plane = this.#plane;
    for (let i = 0; i < plane.length; i++) plane[i] = observation[i * channels + channel]!;
    return this.#planes.add(plane);
  }

  /** A number before which neither a row nor any that was added later has a plane: its planes may be recent ones of that time. */
  #needed(row: number): number {
    let least = Infinity, most = -Infinity;
    for (let at = row * this.#channels; at < (row + 1) * this.#channels; at++) {
      const observation = this.#observations[at]!, next = this.#nextObservations[at]!;
      least = Math.min(least, observation, next);
      most = Math.max(most, observation, next);
    }
    return Math.min(least, most - RECENT_PLANES);
  }

  /** Copies rows out, divided by the scale. */
  gatherInto(
    observations: Matrix,
    nextObservations: Matrix,
    slots: Int32Array,
    kernels: Pick<Kernels, "scaleBytes">,
  ): void {
    for (let r = 0; r < slots.length; r++) {
      this.#gather(this.#observations, slots[r]!, observations, r, kernels);
      this.#gather(this.#nextObservations, slots[r]!, nextObservations, r, kernels);
    }
  }

  #gather(
    numbers: Int32Array,
    row: number,
    target: Matrix,
    targetRow: number,
    kernels: Pick<Kernels, "scaleBytes">,
  ): void {
    const planes = this.#planes, channels = this.#channels;
    for (let channel = 0; channel < channels; channel++) {
      const number = numbers[row * channels + channel]!;
      kernels.scaleBytes(
        planes.chunkOf(number),
        planes.startOf(number),
        planes.length,
        this.#scale,
        target.data,
        targetRow * target.stride + channel,
        channels,
      );
    }
  }

  /** Copies the observation of a row, or the next one, to the start of a target, as it was added. */
  copyTo(row: number, isNext: boolean, target: Uint8Array): void {
    const planes = this.#planes, channels = this.#channels;
    const numbers = isNext ? this.#nextObservations : this.#observations;
    for (let channel = 0; channel < channels; channel++) {
      const number = numbers[row * channels + channel]!;
      const chunk = planes.chunkOf(number), start = planes.startOf(number);
      for (let i = 0; i < planes.length; i++) target[i * channels + channel] = chunk[start + i]!;
    }
  }

  /** The first rows, as copies or as views. */
  snapshot(rows: number, asViews: boolean): ByteObservationsSnapshot {
    const { first, planes } = this.#planes.snapshot(asViews);
    const part = (numbers: Int32Array) => {
      const view = numbers.subarray(0, rows * this.#channels);
      return asViews ? view : view.slice();
    };
    return {
      firstPlane: first,
      planes,
      observations: part(this.#observations),
      nextObservations: part(this.#nextObservations),
    };
  }

  /** Throws if a snapshot of so many rows does not fit, the oldest of which is given. */
  check(snapshot: ByteObservationsSnapshot, rows: number, oldest: number): void {
    const { firstPlane, planes, observations, nextObservations } = snapshot;
    const channels = this.#channels;
    this.#planes.check({ first: firstPlane, planes });
    for (const [name, numbers] of Object.entries({ observations, nextObservations })) {
      if (numbers.length === rows * channels) continue;
      throw new TypeError(
        `Cannot restore a ReplayBuffer: bytes.${name} must have ${
          rows * channels
        } elements, got ${numbers.length}`,
      );
    }
    const end = firstPlane + planes.reduce((sum, piece) => sum + piece.length, 0) / this.#planes.length;
    let needed = firstPlane;
    for (let k = 0; k < rows; k++) {
      const row = (oldest + k) % rows;
      let least = Infinity, most = -Infinity;
      for (let at = row * channels; at < (row + 1) * channels; at++) {
        least = Math.min(least, observations[at]!, nextObservations[at]!);
        most = Math.max(most, observations[at]!, nextObservations[at]!);
      }
      if (!(least >= needed && most < end)) {
        throw new RangeError(
          `Cannot restore a ReplayBuffer: planes of row ${row} must be from ${needed} to ${
            end - 1
          }, got ${least} and ${most}`,
        );
      }
      needed = Math.max(needed, Math.min(least, most - RECENT_PLANES));
    }
  }

  /** Restores a checked snapshot. */
  restore(snapshot: ByteObservationsSnapshot): void {
    const { firstPlane, planes, observations, nextObservations } = snapshot;
    this.#planes.restore({ first: firstPlane, planes });
    this.#observations.set(observations);
    this.#nextObservations.set(nextObservations);
  }
}
