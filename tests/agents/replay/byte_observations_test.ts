import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  decodeSnapshot,
  encodeSnapshot,
  NStep,
  Pcg32,
  ReplayBuffer,
  type ReplayBufferSnapshot,
} from "../../../agents/mod.ts";
import { createBatch } from "../../../agents/mod.ts";
import { buildWithKernels, createMatrix } from "../../../nn/mod.ts";

const SCALE = 255;
const scaled = (bytes: Uint8Array) => Float32Array.from(bytes, (byte) => byte / SCALE);

interface Step {
  observation: Uint8Array;
  action: number;
  reward: number;
  nextObservation: Uint8Array;
  terminated: boolean;
  truncated: boolean;
}

/** Steps with `channels` frames of `places` bytes in each observation, the newest last; a new frame may equal an old one. */
function* steps(seed: bigint, places: number, channels: number): Generator<Step, never, undefined> {
  const random = Pcg32.seeded(seed);
  const frame = () =>
    Uint8Array.from({ length: places }, () => random.nextIndex(4) === 0 ? random.nextIndex(256) : 0);
  const stacked = (frames: readonly Uint8Array[]) =>
    Uint8Array.from(
      { length: places * channels },
      (_, i) => frames[i % channels]![Math.floor(i / channels)]!,
    );
  while (true) {
    const first = frame();
    let frames: Uint8Array[] = Array.from({ length: channels }, () => first);
    for (let ends = false; !ends;) {
      const observation = stacked(frames);
      frames = [...frames.slice(1), random.nextIndex(5) === 0 ? frames[0]! : frame()];
      const end = random.nextIndex(20);
      ends = end < 2;
      yield {
        observation,
        action: random.nextIndex(3),
        reward: random.next(),
        nextObservation: stacked(frames),
        terminated: end === 0,
        truncated: end === 1,
      };
    }
  }
}

/** A buffer of bytes, and one of the same numbers as float32, whose batches must be the same. */
function twins(capacity: number, observationLength: number, channels: number) {
  const bytes = new ReplayBuffer({ capacity, observationLength, bytes: { channels, scale: SCALE } });
  const floats = new ReplayBuffer({ capacity, observationLength });
  return {
    bytes,
    floats,
    add(step: Step & { steps?: number }) {
      const slot = bytes.add(step);
      const [observation, nextObservation] = [scaled(step.observation), scaled(step.nextObservation)];
      assertEquals(floats.add({ ...step, observation, nextObservation }), slot);
    },
  };
}

function assertSameBatches(bytes: ReplayBuffer, floats: ReplayBuffer, seed: bigint): void {
  assertEquals(bytes.sample(40, Pcg32.seeded(seed)), floats.sample(40, Pcg32.seeded(seed)));
}

Deno.test("a buffer of bytes gives the batches of one of the same numbers in float32, also once its memory is used again", () => {
  for (const [capacity, places, channels] of [[1, 6, 3], [7, 6, 3], [100, 4, 1], [60, 9, 4]] as const) {
    const { bytes, floats, add } = twins(capacity, places * channels, channels);
    const source = steps(BigInt(capacity), places, channels);
    for (let k = 0; k < 15_000; k++) {
      add(source.next().value);
      if (k % 500 === 3) assertSameBatches(bytes, floats, BigInt(k));
    }
    assertSameBatches(bytes, floats, 0n);
    // Every frame is new in the worst case, so the rows and as many recent frames are in at most three chunks.
    const chunk = (capacity * channels + 4096) * places;
    assert(bytes.byteLength <= 3 * chunk + capacity * (8 * channels + 12), `${bytes.byteLength}`);
  }
});

Deno.test("returns over several steps, of several environments in turn, keep their bytes", () => {
  const [places, channels, copies] = [5, 3, 4];
  const observationLength = places * channels;
  const { bytes, floats, add } = twins(200, observationLength, channels);
  const sources = Array.from({ length: copies }, (_, i) => steps(BigInt(i), places, channels));
  const nSteps = sources.map(() =>
    new NStep({ n: 3, gamma: 0.9, observationLength, bytes: { channels, scale: SCALE } })
  );
  for (let k = 0; k < 8_000; k++) {
    const copy = k % copies;
    const step = sources[copy]!.next().value;
    nSteps[copy]!.add(step, (ready) => {
      const { observation, nextObservation, action } = ready;
      assert(observation instanceof Uint8Array && nextObservation instanceof Uint8Array);
      assert(typeof action === "number");
      add({ ...ready, observation, nextObservation, action });
    });
    if (k % 97 === 50) {
      const { observations } = nSteps[copy]!.snapshot();
      assert(observations instanceof Uint8Array);
      nSteps[copy]!.restore(nSteps[copy]!.snapshot());
    }
    if (k % 1000 === 999) assertSameBatches(bytes, floats, BigInt(k));
  }
});

Deno.test("frames stacked as channels, and next observations, are stored once", () => {
  const [capacity, places, channels] = [5_000, 400, 4];
  const random = Pcg32.seeded(5n);
  const frames = Array.from(
    { length: capacity + channels + 1 },
    () => Uint8Array.from({ length: places }, () => random.nextIndex(256)),
  );
  const stacked = (k: number) =>
    Uint8Array.from(
      { length: places * channels },
      (_, i) => frames[k + i % channels]![Math.floor(i / channels)]!,
    );
  const buffer = new ReplayBuffer({
    capacity,
    observationLength: places * channels,
    bytes: { channels, scale: 255 },
  });
  for (let k = 0; k < capacity; k++) {
    const [observation, nextObservation] = [stacked(k), stacked(k + 1)];
    buffer.add({ observation, action: 0, reward: 0, nextObservation, terminated: false, truncated: false });
  }
  // A frame each, room for as many recent ones as a new one is compared with, eight numbers of frames, and the other columns.
  assertEquals(buffer.byteLength, (capacity * channels + 4096) * places + capacity * (4 * 8 + 12));
  const plain = 2 * capacity * places * channels;
  const { planes } = buffer.snapshot().byteObservations!;
  const stored = planes.reduce((sum, piece) => sum + piece.length, 0);
  assert(stored < plain / 7.9, `${stored} of ${plain}`);
});

Deno.test("a buffer of bytes goes through a file, and continues as if it had never stopped", () => {
  const [places, channels] = [6, 3];
  for (const before of [1, 40, 300, 9_000]) {
    const source = steps(9n, places, channels);
    const whole = new ReplayBuffer({
      capacity: 120,
      observationLength: places * channels,
      bytes: { channels, scale: SCALE },
    });
    for (let k = 0; k < before; k++) whole.add(source.next().value);
    const snapshot = whole.snapshot({ views: true });
    const { snapshot: read } = decodeSnapshot(encodeSnapshot({ buffer: snapshot }));
    const { buffer } = Object(read);
    const resumed = ReplayBuffer.from(buffer);
    assertEquals(resumed.snapshot(), whole.snapshot());
    for (let k = 0; k < 6_000; k++) {
      const step = source.next().value;
      whole.add(step);
      resumed.add(step);
    }
    assertEquals(resumed.snapshot(), whole.snapshot());
    assertEquals(resumed.sample(30, Pcg32.seeded(1n)), whole.sample(30, Pcg32.seeded(1n)));
  }
});

Deno.test("bytes are divided by a kernel, in both kernels with the same bits", () => {
  const source = steps(2n, 10, 2);
  const buffer = new ReplayBuffer({ capacity: 50, observationLength: 20, bytes: { channels: 2, scale: 7 } });
  for (let k = 0; k < 50; k++) buffer.add(source.next().value);
  const [simd, reference] = (["simd", "reference"] as const).map((name) =>
    buildWithKernels((kernels) => {
      const matrix = () => createMatrix(64, 20, (length) => kernels.allocate(length));
      const batch = createBatch(matrix(), matrix());
      if (buffer.size > 0) buffer.sampleInto(batch, Pcg32.seeded(1n), kernels);
      return batch;
    }, name)
  );
  assertEquals(simd!.observations.data.slice(), reference!.observations.data.slice());
  assertEquals(simd!.nextObservations.data.slice(), reference!.nextObservations.data.slice());
  assert(simd!.observations.data.some((value) => value > 0 && value === Math.fround(value)));
});

Deno.test("observations of another type, and sizes that do not fit, are refused", () => {
  const bytes = new ReplayBuffer({ capacity: 4, observationLength: 6, bytes: { channels: 2, scale: 255 } });
  const floats = new ReplayBuffer({ capacity: 4, observationLength: 6 });
  const step = { action: 0, reward: 0, terminated: false, truncated: false };
  const [u, f] = [new Uint8Array(6), new Float32Array(6)];
  assertThrows(
    () => bytes.add({ ...step, observation: f, nextObservation: f }),
    TypeError,
    "Cannot add a transition: its observations must be of uint8, got one of float32",
  );
  for (const [observation, nextObservation] of [[u, u], [f, u], [u, f]] as const) {
    assertThrows(
      () => floats.add({ ...step, observation, nextObservation }),
      TypeError,
      "its observations must be of float32, got one of uint8",
    );
  }
  assertThrows(
    () => bytes.add({ ...step, observation: u, nextObservation: new Uint8Array(5) }),
    TypeError,
    "its observations must have 6 elements, got 6 and 5",
  );
  assertEquals([bytes.size, floats.size], [0, 0]);
  const bad: [{ channels: number; scale: number }, string][] = [
    [{ channels: 4, scale: 255 }, "bytes.channels must divide the 6 elements of an observation, got 4"],
    [{ channels: 0, scale: 255 }, "bytes.channels must be a whole number from 1, got 0"],
    [{ channels: 1, scale: 0 }, "bytes.scale must be finite and above 0 in float32, got 0"],
    [{ channels: 1, scale: 0.1 }, "bytes.scale must be finite and above 0 in float32, got 0.1"],
  ];
  for (const [options, message] of bad) {
    assertThrows(
      () => new ReplayBuffer({ capacity: 4, observationLength: 6, bytes: options }),
      RangeError,
      message,
    );
  }
});

Deno.test("a snapshot that does not fit is refused, and changes nothing", () => {
  const source = steps(3n, 3, 2);
  const options = { capacity: 8, observationLength: 6, bytes: { channels: 2, scale: 255 } };
  const buffer = new ReplayBuffer(options);
  for (let k = 0; k < 12; k++) buffer.add(source.next().value);
  const good = buffer.snapshot();
  const { byteObservations: parts, ...rest } = good;
  const part = (changes: Partial<NonNullable<typeof parts>>): ReplayBufferSnapshot => ({
    ...good,
    byteObservations: { ...parts!, ...changes },
  });
  const all = new Uint8Array(parts!.planes.reduce((sum, piece) => sum + piece.length, 0));
  const bad: [ReplayBufferSnapshot, string][] = [
    [rest, "byteObservations must be there, got none"],
    [{ ...good, bytes: { channels: 1, scale: 255 } }, "bytes.channels must be 2, got 1"],
    [{ ...good, bytes: { channels: 2, scale: 254 } }, "bytes.scale must be 255, got 254"],
    [part({ planes: [all.subarray(1)] }), "planes must be of 3 bytes each, got"],
    [part({ planes: [] }), "planes of row 4 must be from 0 to -1"],
    [part({ planes: [all.subarray(3)] }), "must be from 0 to"],
    [part({ firstPlane: -1 }), "firstPlane must be a whole number from 0, got -1"],
    [part({ firstPlane: 0.5 }), "firstPlane must be a whole number from 0, got 0.5"],
    [part({ firstPlane: 2 ** 31 }), "firstPlane must be a whole number from 0, got 2147483648"],
    [
      part({ observations: parts!.observations.subarray(1) }),
      "bytes.observations must have 16 elements, got 15",
    ],
    [part({ nextObservations: parts!.nextObservations.with(3, -1) }), "planes of row 1 must be from 0 to"],
  ];
  for (const [snapshot, message] of bad) {
    const error = assertThrows(() => buffer.restore(snapshot), Error, message);
    assert(error.message.startsWith("Cannot restore a ReplayBuffer: "), error.message);
    assertEquals(buffer.snapshot(), good);
  }
  const floats = new ReplayBuffer({ capacity: 8, observationLength: 6 });
  assertThrows(() => floats.restore(good), TypeError, "bytes.channels must be absent, got 2");
});
