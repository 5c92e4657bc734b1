import { assert, assertEquals, assertThrows } from "@std/assert";
import { Pcg32, ReplayBuffer } from "../../../agents/mod.ts";

/** Transition number k: every part of it tells k. */
function transition(k: number) {
  return {
    observation: new Float32Array([k, -k, 2 * k]),
    action: k % 5,
    reward: k / 2,
    nextObservation: new Float32Array([k + 1, -k - 1, 2 * k + 2]),
    terminated: k % 3 === 0,
    truncated: k % 4 === 0,
  };
}

function filled(capacity: number, count: number): ReplayBuffer {
  const buffer = new ReplayBuffer({ capacity, observationLength: 3 });
  for (let k = 0; k < count; k++) buffer.add(transition(k));
  return buffer;
}

Deno.test("rows of a batch belong together", () => {
  const batch = filled(100, 60).sample(500, Pcg32.seeded(1n));
  for (let row = 0; row < 500; row++) {
    const k = batch.rewards[row]! * 2;
    const start = row * batch.observations.stride;
    assertEquals(
      [...batch.observations.data.subarray(start, start + 3)],
      [k, -k || 0, 2 * k].map(Math.fround),
    );
    assertEquals([...batch.nextObservations.data.subarray(start, start + 3)], [k + 1, -k - 1, 2 * k + 2]);
    assertEquals(batch.actions[row], k % 5);
    assertEquals(batch.terminated[row], k % 3 === 0 ? 1 : 0);
  }
});

Deno.test("a full buffer gives up its oldest transitions", () => {
  const buffer = filled(10, 25);
  assertEquals(buffer.size, 10);
  const seen = new Set(buffer.sample(2_000, Pcg32.seeded(2n)).rewards.map((reward) => reward * 2));
  assertEquals([...seen].sort((a, b) => a - b), [15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
});

Deno.test("sampling is uniform, with replacement, one draw per row", () => {
  const random = Pcg32.seeded(3n);
  const batch = filled(8, 8).sample(80_000, random);
  const counts = new Array<number>(8).fill(0);
  for (const reward of batch.rewards) counts[reward * 2]!++;
  assert(counts.every((count) => Math.abs(count - 10_000) < 400), `${counts}`);
  const other = Pcg32.seeded(3n);
  for (let i = 0; i < 80_000; i++) other.next();
  assertEquals(random.snapshot(), other.snapshot());
});

Deno.test("add copies, and a batch is the caller's own", () => {
  const buffer = new ReplayBuffer({ capacity: 1, observationLength: 3 });
  const added = transition(5);
  buffer.add(added);
  added.observation.fill(99);
  const batch = buffer.sample(1, Pcg32.seeded(1n));
  assertEquals(batch.observations.data[0], 5);
  batch.observations.data.fill(77);
  assertEquals(buffer.sample(1, Pcg32.seeded(1n)).observations.data[0], 5);
});

Deno.test("a snapshot of views equals one of copies, until the next transition", () => {
  const buffer = new ReplayBuffer({ capacity: 2, observationLength: 1 });
  const add = (value: number) => {
    const observation = Float32Array.of(value);
    buffer.add({
      observation,
      action: 0,
      reward: value,
      nextObservation: observation,
      terminated: false,
      truncated: false,
    });
  };
  add(1);
  const [copies, views] = [buffer.snapshot(), buffer.snapshot({ views: true })];
  assertEquals(views, copies);
  add(2);
  add(3); // in place of the first
  assertEquals([copies.columns.rewards[0], views.columns.rewards[0]], [1, 3]);
});

Deno.test("a buffer continues from a snapshot", () => {
  for (const count of [0, 4, 10, 37]) {
    const buffer = filled(10, count);
    const copy = ReplayBuffer.from(structuredClone(buffer.snapshot()));
    for (let k = count; k < count + 7; k++) {
      buffer.add(transition(k));
      copy.add(transition(k));
    }
    assertEquals(copy.snapshot(), buffer.snapshot());
    assertEquals(copy.sample(50, Pcg32.seeded(9n)), buffer.sample(50, Pcg32.seeded(9n)));
  }
});

Deno.test("a buffer refuses transitions of the wrong shape", () => {
  const create = (capacity: number, observationLength: number) => () =>
    new ReplayBuffer({ capacity, observationLength });
  assertThrows(create(0, 3), RangeError, "capacity must be a whole number from 1, got 0");
  assertThrows(create(1.5, 3), RangeError, "capacity");
  assertThrows(create(5, 0), RangeError, "observationLength must be a whole number from 1, got 0");
  assertThrows(create(1e15, 3), RangeError, "capacity must fit into memory");
  assertThrows(create(2 ** 31, 1), RangeError, "capacity must fit into memory, got 2147483648 transitions");
  const buffer = filled(10, 4);
  for (const rows of [0, -1, 1.5, NaN]) {
    assertThrows(
      () => buffer.sample(rows, Pcg32.seeded(1n)),
      RangeError,
      `rows must be a whole number from 1, got ${rows}`,
    );
  }
  assertThrows(
    () => buffer.add({ ...transition(1), observation: new Float32Array(2) }),
    TypeError,
    "must have 3 elements, got 2 and 3",
  );
  const masked = new ReplayBuffer({ capacity: 1, observationLength: 3, maskLength: 2 });
  masked.add({ ...transition(1), actionMask: new Uint8Array(2), nextActionMask: new Uint8Array(2) });
  const before = masked.snapshot();
  assertThrows(
    () => masked.add({ ...transition(2), actionMask: new Uint8Array(2) }),
    TypeError,
    "it must have action masks of 2 elements, got none",
  );
  assertEquals(masked.snapshot(), before);
  assertThrows(() => filled(10, 0).sample(1, Pcg32.seeded(1n)), RangeError, "must hold a transition");
  const snapshot = buffer.snapshot();
  assertThrows(() => ReplayBuffer.from({ ...snapshot, added: -1 }), RangeError, "added");
  assertThrows(() => ReplayBuffer.from({ ...snapshot, added: 5 }), TypeError, "observations must have 15");
  const columns = { ...snapshot.columns, actions: new Int32Array(3) };
  assertThrows(
    () => ReplayBuffer.from({ ...snapshot, columns }),
    TypeError,
    "actions must have 4 elements, got 3",
  );
});

Deno.test("a buffer refuses values that its columns cannot hold, and is unchanged", () => {
  const buffer = filled(4, 6);
  const before = buffer.snapshot();
  const odd = (index: number, value: number) =>
    Float32Array.from([0, 0, 0], (_, i) => i === index ? value : 0);
  const cases = [
    [{ steps: 0 }, RangeError, "steps must be a whole number from 1 to 65535, got 0"],
    [{ steps: 70_000 }, RangeError, "steps must be a whole number from 1 to 65535, got 70000"],
    [{ steps: 1.5 }, RangeError, "steps must be a whole number from 1 to 65535, got 1.5"],
    [
      { action: 2 ** 31 + 5 },
      RangeError,
      "action must be a whole number from -2^31 to 2^31 - 1, got 2147483653",
    ],
    [{ action: -(2 ** 31) - 1 }, RangeError, "action must be a whole number from -2^31 to 2^31 - 1, got"],
    [{ action: 0.5 }, TypeError, "action must be a whole number from -2^31 to 2^31 - 1, got 0.5"],
    [{ action: NaN }, TypeError, "action must be a whole number from -2^31 to 2^31 - 1, got NaN"],
    [{ reward: 1e39 }, RangeError, "reward must be finite in float32, got 1e+39"],
    [{ reward: NaN }, RangeError, "reward must be finite in float32, got NaN"],
    [{ observation: odd(2, NaN) }, RangeError, "observations must be finite, got NaN at index 2"],
    [
      { nextObservation: odd(0, Infinity) },
      RangeError,
      "observations must be finite, got Infinity at index 0",
    ],
  ] as const;
  for (const [changes, kind, message] of cases) {
    assertThrows(
      () => buffer.add({ ...transition(9), ...changes }),
      kind,
      `Cannot add a transition: its ${message}`,
    );
  }
  assertEquals(buffer.snapshot(), before);
});

Deno.test("a buffer refuses slots that are not in use, and batches for other sizes", () => {
  const buffer = filled(10, 4);
  const batch = buffer.sample(2, Pcg32.seeded(0n));
  for (const slot of [4, 9, 10, -1]) {
    assertThrows(
      () => buffer.gatherInto(batch, Int32Array.of(0, slot)),
      RangeError,
      `slots must be whole numbers from 0 to 3, got ${slot}`,
    );
  }
  assertThrows(() => buffer.gatherInto(batch, Int32Array.of(0)), TypeError, "the batch must be of 1 rows");
  const other = new ReplayBuffer({ capacity: 1, observationLength: 2 });
  other.add({ ...transition(1), observation: new Float32Array(2), nextObservation: new Float32Array(2) });
  assertThrows(
    () => other.sampleInto(batch, Pcg32.seeded(0n)),
    TypeError,
    "the batch must be of 2 rows, 2 numbers in each observation and 0 in each mask, got 2, 3 and 0",
  );
});

Deno.test("a buffer refuses snapshots with values that add() refuses", () => {
  const snapshot = filled(4, 4).snapshot();
  const { columns } = snapshot;
  const cases = [
    [{ rewards: Float32Array.of(1, 2, NaN, 3) }, "rewards must be finite, got NaN"],
    [{ observations: columns.observations.map(() => Infinity) }, "observations must be finite, got Infinity"],
    [{ nextObservations: columns.observations.map(() => NaN) }, "nextObservations must be finite, got NaN"],
    [{ terminated: Uint8Array.of(0, 1, 2, 0) }, "terminated must be 0 or 1, got 2"],
    [{ steps: Uint16Array.of(1, 0, 1, 1) }, "steps must be from 1, got 0"],
  ] as const;
  const buffer = filled(4, 2);
  const before = buffer.snapshot();
  for (const [changes, message] of cases) {
    const restore = () => buffer.restore({ ...snapshot, columns: { ...columns, ...changes } });
    assertThrows(restore, RangeError, `Cannot restore a ReplayBuffer: ${message}`);
  }
  assertEquals(buffer.snapshot(), before);
});
