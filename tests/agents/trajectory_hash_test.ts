import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { Sha256, TrajectoryHash, type Transition } from "../../agents/mod.ts";

function steps(): Transition<Float32Array, number>[] {
  return [0, 1, 2, 3].map((k) => ({
    observation: new Float32Array([k, 1]),
    action: k % 2,
    reward: 1,
    nextObservation: new Float32Array([k + 1, 1]),
    terminated: k === 1,
    truncated: k === 3,
  }));
}

function hashOf(transitions: readonly Transition[]): string {
  const hash = new TrajectoryHash();
  for (const transition of transitions) hash.add(transition);
  return hash.digest();
}

Deno.test("the bytes are as documented", () => {
  const [step] = steps();
  const bytes = new DataView(new ArrayBuffer(8 + 8 + 8 + 1 + 8));
  [0, 1].forEach((value, i) => bytes.setFloat32(4 * i, value, true));
  bytes.setFloat64(8, 0, true); // action
  bytes.setFloat64(16, 1, true); // reward
  bytes.setUint8(24, 0); // flags
  [1, 1].forEach((value, i) => bytes.setFloat32(25 + 4 * i, value, true));
  const expected = new Sha256();
  expected.update(new Uint8Array(bytes.buffer));
  assertEquals(hashOf([step!]), expected.digest());
});

Deno.test("every part counts", () => {
  const original = hashOf(steps());
  const changes: Partial<Transition>[] = [
    { action: 9 },
    { reward: 1.5 },
    { nextObservation: new Float32Array([2, 1.0000001]) },
    { terminated: true },
    { truncated: true },
  ];
  const seen = new Set([original]);
  for (const change of changes) {
    seen.add(hashOf(steps().map((step, k) => k === 2 ? { ...step, ...change } : step)));
  }
  assertEquals(seen.size, changes.length + 1);
  assertNotEquals(
    hashOf(steps().map((step, k) => k === 2 ? { ...step, observation: new Float32Array([7, 7]) } : step)),
    original,
    "the first observation of an episode",
  );
});

Deno.test("tuples and numbers count as float64", () => {
  const base = { action: 0, reward: 0, terminated: false, truncated: false };
  const hashes = [
    hashOf([{ ...base, observation: 1, nextObservation: 2 }]),
    hashOf([{ ...base, observation: [1, 2], nextObservation: [2, 3] }]),
    hashOf([{ ...base, observation: 1, nextObservation: 3 }]),
  ];
  assertEquals(new Set(hashes).size, 3);
});

Deno.test("images count as their bytes", () => {
  const [observation, nextObservation] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 255)];
  const numbers = new DataView(new ArrayBuffer(16));
  numbers.setFloat64(8, 0.5, true);
  const expected = new Sha256();
  for (const part of [observation, new Uint8Array(numbers.buffer), Uint8Array.of(1), nextObservation]) {
    expected.update(part);
  }
  const rest = { action: 0, reward: 0.5, terminated: true, truncated: false };
  assertEquals(hashOf([{ ...rest, observation, nextObservation }]), expected.digest());
});

Deno.test("a fingerprint continues from a snapshot", () => {
  for (let cut = 0; cut <= 4; cut++) {
    const first = new TrajectoryHash();
    for (const step of steps().slice(0, cut)) first.add(step);
    const second = TrajectoryHash.from(JSON.parse(JSON.stringify(first.snapshot())));
    for (const step of steps().slice(cut)) second.add(step);
    assertEquals(second.digest(), hashOf(steps()));
  }
  const { hash } = new TrajectoryHash().snapshot();
  assertThrows(() => TrajectoryHash.from(JSON.parse(JSON.stringify({ hash }))), TypeError, "atStart");
});
