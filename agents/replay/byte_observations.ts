/**
 * Observations of bytes in a replay buffer, as plain data.
 *
 * @module
 */

/** How a {@linkcode ReplayBuffer} takes observations of bytes. */
export interface ByteObservationsOptions {
  /** Channels of an observation, the axis that runs fastest; 1 for vectors. Each is stored as a plane of its own. */
  readonly channels: number;
  /** The number by which bytes are divided when they are gathered, such as 255. */
  readonly scale: number;
}

/**
 * The observations of bytes in a {@linkcode ReplayBufferSnapshot}. A plane is one channel of an observation; planes are numbered
 * in the order in which they were added, equal ones of neighbouring transitions have one number.
 */
export interface ByteObservationsSnapshot {
  /** The number of the first plane. */
  firstPlane: number;
  /** The bytes of it and all later planes, one after the other, in pieces. */
  planes: Uint8Array[];
  /** The plane of each channel of each observation, in the order of the slots. */
  observations: Int32Array;
  /** Those of the next observations. */
  nextObservations: Int32Array;
}
