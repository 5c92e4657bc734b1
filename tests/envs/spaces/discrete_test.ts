import { assert, assertEquals, assertThrows } from "@std/assert";
import { Discrete, makeEnv } from "../../../envs/mod.ts";
import { entry, STREAMS } from "../_streams.ts";

Deno.test("Discrete.sample() has Gymnasium's draws", () => {
  const spaces: [key: string, space: Discrete, mask?: number[]][] = [
    ["Discrete(2).sample_x30", new Discrete(2)],
    ["Discrete(3).sample_x30", new Discrete(3)],
    ["Discrete(6).sample_x30", new Discrete(6)],
    ["Discrete(3,start=-1).sample_x10", new Discrete(3, { start: -1 })],
    ["Discrete(6).sample_mask_101100_x20", new Discrete(6), [1, 0, 1, 1, 0, 0]],
  ];
  for (const [key, space, mask] of spaces) {
    for (const stream of STREAMS) {
      space.seed(BigInt(stream.seed));
      const expected = entry(stream, key);
      assertEquals(expected.map(() => space.sample(mask)), expected, `${key}, seed ${stream.seed}`);
    }
  }
});

Deno.test("CartPole-v1's action space has Gymnasium's draws", () => {
  const { actionSpace } = makeEnv("CartPole-v1");
  const key = "CartPole-v1.action_space.sample_x10";
  const recorded = STREAMS.filter((stream) => key in stream);
  assert(recorded.length > 0);
  for (const stream of recorded) {
    actionSpace.seed(BigInt(stream.seed));
    const expected = entry(stream, key);
    assertEquals(expected.map(() => actionSpace.sample()), expected);
  }
});

Deno.test("Discrete.sample() with a mask", () => {
  const space = new Discrete(3, { start: 5 });
  assertEquals(space.sample([0, 0, 0]), 5);
  assertEquals(space.sample(Int8Array.of(0, 0, 1)), 7);
  assertThrows(
    () => space.sample([1, 0]),
    RangeError,
    "Cannot sample Discrete(3, start=5): mask must be of length 3",
  );
  assertThrows(() => space.sample([1, 0, 2]), RangeError, "mask must be of 0 and 1, got 2");
});

Deno.test("Discrete.contains() whole numbers in the range only", () => {
  const space = new Discrete(3, { start: -1 });
  assertEquals([-2, -1, 0, 1, 2].map((value) => space.contains(value)), [false, true, true, true, false]);
  for (const value of [0.5, NaN, "0", 0n, null, undefined, [0], true]) {
    assertEquals(space.contains(value), false);
  }
});

Deno.test("Discrete.toString() as in Gymnasium", () => {
  assertEquals(`${new Discrete(4)}`, "Discrete(4)");
  assertEquals(`${new Discrete(4, { start: 2 })}`, "Discrete(4, start=2)");
});

Deno.test("Discrete continues from a snapshot, and from seed 0 when never seeded", () => {
  const space = new Discrete(6);
  const other = new Discrete(6);
  other.seed(0);
  assertEquals(space.sample(), other.sample());
  other.restore(JSON.parse(JSON.stringify(space.snapshot())));
  assertEquals(
    Array.from({ length: 9 }, () => other.sample()),
    Array.from({ length: 9 }, () => space.sample()),
  );
  assertThrows(() => Reflect.apply(space.restore, space, [{}]), TypeError, "Cannot restore a stream");
  assertThrows(() => space.seed(-1), RangeError, "Cannot seed a stream");
});

Deno.test("Discrete refuses bad sizes", () => {
  for (const n of [1.5, NaN]) {
    assertThrows(() => new Discrete(n), TypeError, `n must be a whole number, got ${n}`);
  }
  for (const n of [0, -1, 2 ** 33]) {
    assertThrows(() => new Discrete(n), RangeError, "n must be from 1 to 2^32 - 1");
  }
  for (const [n, start] of [[2, 2 ** 53 - 1], [2 ** 32 - 1, 2 ** 53 - 2 ** 32 + 2]] as const) {
    assertThrows(
      () => new Discrete(n, { start }),
      RangeError,
      `start must be at most 2^53 - ${n} with ${n} elements`,
    );
  }
  assertEquals(new Discrete(2 ** 32 - 1, { start: 2 ** 53 - 2 ** 32 + 1 }).contains(2 ** 53 - 1), true);
  assertThrows(() => new Discrete(2, { start: 0.5 }), TypeError, "start must be a whole number, got 0.5");
  assertThrows(() => new Discrete(2, { meanings: ["one"] }), RangeError, "meanings must be of length 2");
});
