import { assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../agents/mod.ts";

Deno.test("streams of different names and seeds differ", () => {
  const first = new Set<number>();
  const names = ["initialisation", "exploration", "replay", "evaluation", "final evaluation"];
  for (let seed = 0; seed < 100; seed++) {
    for (const name of names) first.add(randomStream(seed, name).nextUint32());
  }
  assertEquals(first.size, 500);
});

Deno.test("a stream is pinned by seed and name", () => {
  assertEquals(randomStream(0, "replay").nextUint32(), randomStream(0, "replay").nextUint32());
  assertEquals(randomStream(0, "replay").nextUint32(), 0);
});

Deno.test("a stream refuses a bad seed", () => {
  for (const seed of [-1, 1.5, NaN, 2 ** 53]) {
    assertThrows(() => randomStream(seed, "replay"), RangeError, `whole number from 0, got ${seed}`);
  }
});
