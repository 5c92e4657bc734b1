/**
 * The memory of replay buffers of images.
 *
 * @module
 */

import { Pcg32, ReplayBuffer } from "../../agents/mod.ts";

/** The memory of a replay buffer of images, full of frames that share nothing by chance. */
export interface ReplayMemory {
  /** What it holds. */
  readonly name: string;
  /** Bytes per transition. */
  readonly bytes: number;
  /** Gigabytes of the whole buffer. */
  readonly gigabytes: number;
}

/** Measures buffers of 100,000 transitions of four stacked frames of 84 × 84, and of a million of 10 × 10 × 10. */
export function measureReplayMemory(): ReplayMemory[] {
  return [
    memoryOf("100,000 of 84×84×4, four stacked frames", 100_000, 84 * 84, 4, true),
    memoryOf("1,000,000 of 10×10×10", 1_000_000, 100, 10, false),
  ];
}

function memoryOf(
  name: string,
  capacity: number,
  places: number,
  channels: number,
  isStacked: boolean,
): ReplayMemory {
  const buffer = new ReplayBuffer({
    capacity,
    observationLength: places * channels,
    bytes: { channels, scale: 255 },
  });
  const random = Pcg32.seeded(1n);
  const frames: Uint8Array[] = [];
  const draw = () => {
    const frame = new Uint8Array(places);
    const words = new Uint32Array(Math.ceil(places / 4)).map(() => random.nextUint32());
    frame.set(new Uint8Array(words.buffer).subarray(0, places));
    return frame;
  };
  const next = (): Uint8Array => {
    if (isStacked) frames.splice(0, frames.length < channels ? 0 : 1);
    else frames.length = 0;
    while (frames.length < channels) frames.push(draw());
    const image = new Uint8Array(places * channels);
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < places; i++) image[i * channels + c] = frames[c]![i]!;
    }
    return image;
  };
  let observation = next();
  const step = { action: 0, reward: 0, terminated: false, truncated: false };
  for (let k = 0; k < capacity; k++) {
    const nextObservation = next();
    buffer.add({ ...step, observation, nextObservation });
    observation = nextObservation;
  }
  const { byteLength } = buffer;
  return { name, bytes: byteLength / capacity, gigabytes: byteLength / 1e9 };
}
