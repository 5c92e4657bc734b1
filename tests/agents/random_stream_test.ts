import { assertEquals, assertThrows } from "@std/assert";
import { randomSeeded } from "@std/random";
import { randomStream } from "../../agents/mod.ts";

Deno.test("streams of different names and seeds differ", () => {
  const first = new Set<number>();
  const names = ["initialisation", "exploration", "replay", "evaluation", "final evaluation"] as const;
  for (let seed = 0; seed < 100; seed++) {
    for (const name of names) first.add(randomStream(seed, name).nextUint32());
  }
  assertEquals(first.size, 500);
});

Deno.test("a stream is std's, seeded with the FNV-1a hash of its name and the root seed", () => {
  const hash = 2974968692849873208n; // of "replay:0", from another implementation
  const expected = randomSeeded(hash);
  const stream = randomStream(0, "replay");
  for (let i = 0; i < 100; i++) assertEquals(stream.next(), expected());
});

Deno.test("the type of a stream's name includes every consumer, and your own", () => {
  const all = [randomStream(0, "replay"), randomStream(0, "own replay"), randomStream(0, "trial 1 replay")];
  // @ts-expect-error Nobody goes by this name.
  all.push(randomStream(0, "repaly"));
  assertEquals(new Set(all.map((stream) => stream.nextUint32())).size, all.length);
});

Deno.test("a stream refuses a bad seed", () => {
  for (const seed of [-1, 1.5, NaN, 2 ** 53]) {
    assertThrows(() => randomStream(seed, "replay"), RangeError, `whole number from 0, got ${seed}`);
  }
});
