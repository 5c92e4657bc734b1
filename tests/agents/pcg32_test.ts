import { assertEquals, assertThrows } from "@std/assert";
import { randomIntegerBetween, randomSeeded } from "@std/random";
import { Pcg32 } from "../../agents/mod.ts";

Deno.test("Pcg32 has the draws of std's randomSeeded, 100,000 times", () => {
  for (const seed of [0n, 1n, 42n, 2n ** 32n, 2n ** 63n + 12345n, 2n ** 64n + 1n, -1n]) {
    const ours = Pcg32.seeded(seed);
    const std = randomSeeded(seed);
    for (let i = 0; i < 100_000; i++) {
      const expected = std();
      const got = ours.next();
      if (got !== expected) assertEquals(got, expected, `draw ${i} of seed ${seed}`);
    }
  }
});

Deno.test("Pcg32 gives the published values of std", () => {
  const random = Pcg32.seeded(1n);
  assertEquals([random.next(), random.next(), random.next()], [
    0.20176767697557807,
    0.4911644416861236,
    0.7924694607499987,
  ]);
});

Deno.test("Pcg32 continues from a snapshot that went through JSON", () => {
  const random = Pcg32.seeded(7n);
  for (let i = 0; i < 1_000; i++) {
    const copy = Pcg32.from(JSON.parse(JSON.stringify(random.snapshot())));
    assertEquals(copy.nextUint32(), random.nextUint32());
  }
});

Deno.test("Pcg32 serves wherever std takes a Prng", () => {
  const { prng } = Pcg32.seeded(3n);
  const std = randomSeeded(3n);
  for (let i = 0; i < 100; i++) {
    assertEquals(randomIntegerBetween(-5, 5, { prng }), randomIntegerBetween(-5, 5, { prng: std }));
  }
});

Deno.test("nextIndex reaches every index and nothing else", () => {
  const random = Pcg32.seeded(5n);
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[random.nextIndex(7)]!++;
  assertEquals(counts.length, 7);
  assertEquals(counts.every((count) => Math.abs(count - 10_000) < 400), true);
});

Deno.test("Pcg32 refuses bad snapshots", () => {
  const { state, increment } = Pcg32.seeded(1n).snapshot();
  assertThrows(() => Pcg32.from({ state: [0.5, 0], increment }), TypeError, "four whole numbers");
  assertThrows(() => Pcg32.from({ state: [2 ** 32, 0], increment }), TypeError, "four whole numbers");
  assertThrows(() => Pcg32.from({ state, increment: [1, 2] }), TypeError, "the increment must be odd, got 2");
});
