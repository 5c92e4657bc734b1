import { assertEquals, assertThrows } from "@std/assert";
import { MultiDiscrete } from "../../../envs/mod.ts";

/** Drawn by NumPy: `(rng.random(len(nvec)) * nvec).astype(np.int64) + start`, Gymnasium's sample() without a mask. */
const DRAWN: [nvec: number[], start: number[], seed: number, elements: number[][]][] = [
  [[5, 2, 2], [0, 0, 0], 0, [[3, 0, 0], [0, 1, 1], [3, 1, 1], [4, 1, 0], [4, 0, 1], [0, 1, 1]]],
  [[5, 2, 2], [0, 0, 0], 42, [[3, 0, 1], [3, 0, 1], [3, 1, 0], [2, 0, 1], [3, 1, 0], [1, 1, 0]]],
  [[3, 3, 3, 3, 3, 3], [0, 0, 0, 0, 0, 0], 1, [
    [1, 2, 0, 2, 0, 1],
    [2, 1, 1, 0, 2, 1],
    [0, 2, 0, 1, 0, 1],
    [0, 0, 2, 0, 1, 2],
    [2, 2, 1, 0, 0, 2],
    [1, 0, 1, 2, 1, 2],
  ]],
  [[7, 1, 100], [-3, 5, 0], 0, [
    [1, 5, 4],
    [-3, 5, 91],
    [1, 5, 54],
    [3, 5, 0],
    [3, 5, 72],
    [-2, 5, 54],
  ]],
  [[7, 1, 100], [-3, 5, 0], 2 ** 40, [
    [-1, 5, 99],
    [-2, 5, 47],
    [3, 5, 2],
    [-3, 5, 7],
    [2, 5, 76],
    [0, 5, 39],
  ]],
];

/** Drawn by NumPy: `rng.choice(np.where(mask == 1)[0]) + start` for each part, `start` where a mask is all zero. */
const MASKS = [[1, 0, 1, 1, 0], [0, 0], [0, 1, 0], [1, 1, 1, 1]];
const DRAWN_MASKED: [seed: number, elements: number[][]][] = [
  [0, [[3, 4, 1, 0], [2, 4, 1, -1], [0, 4, 1, -2], [0, 4, 1, -2], [0, 4, 1, 1], [2, 4, 1, 1]]],
  [1, [[2, 4, 1, 0], [3, 4, 1, 1], [0, 4, 1, -2], [3, 4, 1, 1], [0, 4, 1, -1], [3, 4, 1, -1]]],
  [2 ** 40, [[3, 4, 1, -1], [2, 4, 1, 0], [3, 4, 1, 1], [0, 4, 1, -2], [2, 4, 1, 0], [2, 4, 1, -1]]],
];

Deno.test("MultiDiscrete.sample() draws what Gymnasium draws", () => {
  for (const [nvec, start, seed, elements] of DRAWN) {
    const space = new MultiDiscrete(nvec, { start });
    space.seed(seed);
    assertEquals(elements.map(() => [...space.sample()]), elements, `${space}, seed ${seed}`);
  }
});

Deno.test("MultiDiscrete.sample() with masks, in a list per part or one after the other", () => {
  const space = new MultiDiscrete([5, 2, 3, 4], { start: [0, 4, 0, -2] });
  for (const mask of [MASKS, MASKS.flat(), Uint8Array.from(MASKS.flat())]) {
    for (const [seed, elements] of DRAWN_MASKED) {
      space.seed(seed);
      assertEquals(elements.map(() => [...space.sample(mask)]), elements);
    }
  }
  const text = "Cannot sample MultiDiscrete([5 2 3 4], start=[ 0  4  0 -2]): ";
  for (
    const [mask, rule] of [
      [[1, 0], "mask must be of length 14, got Array of length 2"],
      [[[1], [1], [1]], "mask must be of 4 parts, got Array of length 3"],
      [[[1], [1, 1], [1, 1, 1], [1, 1, 1, 1]], "mask of part 0 must be of length 5, got Array of length 1"],
      [MASKS.flat().with(3, 2), "mask must be of 0 and 1, got 2"],
    ] as const
  ) assertThrows(() => space.sample(mask), RangeError, text + rule);
});

Deno.test("MultiDiscrete.contains() vectors of int32 in the range only", () => {
  const space = new MultiDiscrete([2, 3], { start: [-1, 0] });
  const inside = [[-1, 0], [0, 2]].map((parts) => space.contains(Int32Array.from(parts)));
  const outside = [[1, 0], [-2, 0], [0, 3], [0, -1], [0], [0, 0, 0]].map((parts) =>
    space.contains(Int32Array.from(parts))
  );
  assertEquals([...inside, ...outside], [true, true, false, false, false, false, false, false]);
  for (const value of [[0, 0], Float32Array.of(0, 0), 0, null, "0,0"]) {
    assertEquals(space.contains(value), false);
  }
  const largest = new MultiDiscrete([2], { start: [2 ** 31 - 2] });
  assertEquals(largest.contains(Int32Array.of(2 ** 31 - 1)), true);
});

Deno.test("MultiDiscrete.toString() as NumPy prints its vectors", () => {
  assertEquals(`${new MultiDiscrete([3, 3, 3])}`, "MultiDiscrete([3 3 3])");
  assertEquals(
    `${new MultiDiscrete([3, 10], { start: [-1, 0] })}`,
    "MultiDiscrete([ 3 10], start=[-1  0])",
  );
});

Deno.test("MultiDiscrete continues from a snapshot, and from seed 0 when never seeded", () => {
  const space = new MultiDiscrete([9, 9]);
  const other = new MultiDiscrete([9, 9]);
  other.seed(0);
  assertEquals(space.sample(), other.sample());
  other.restore(JSON.parse(JSON.stringify(space.snapshot())));
  const draws = (from: MultiDiscrete) => Array.from({ length: 9 }, () => from.sample());
  assertEquals(draws(other), draws(space));
  assertThrows(() => Reflect.apply(space.restore, space, [{}]), TypeError, "Cannot restore a stream");
  assertThrows(() => space.seed(-1), RangeError, "Cannot seed a stream");
});

Deno.test("MultiDiscrete keeps copies of what it is given", () => {
  const [nvec, start] = [[2, 2], [1, 1]];
  const space = new MultiDiscrete(nvec, { start });
  nvec.fill(9);
  start.fill(9);
  assertEquals([space.nvec, space.start, space.size], [[2, 2], [1, 1], 4]);
});

Deno.test("MultiDiscrete refuses bad sizes by name", () => {
  const bad: [parameters: unknown[], kind: typeof TypeError | typeof RangeError, text: string][] = [
    [[3], TypeError, "nvec must be an array, got 3"],
    [[[]], RangeError, "nvec must not be empty, got Array of length 0"],
    [[[2, 1.5]], TypeError, "nvec must be of whole numbers, got 1.5"],
    [[[2, NaN]], TypeError, "nvec must be of whole numbers, got NaN"],
    [[["2"]], TypeError, 'nvec must be of whole numbers, got "2"'],
    [[[0]], RangeError, "nvec must be from 1 to 2^31 - 1, got 0"],
    [[[2 ** 31]], RangeError, "nvec must be from 1 to 2^31 - 1, got 2147483648"],
    [[[2], { start: [-(2 ** 31) - 1] }], RangeError, "start must be from -2^31 to 2^31 - 1, got -2147483649"],
    [[[2], { start: [2 ** 31 - 1] }], RangeError, "part 0 must end by 2^31 - 1, got 2147483648"],
    [[[2, 2], { start: [0] }], RangeError, "start must be of length 2, got Array of length 1"],
    [[[2], { start: 0 }], TypeError, "start must be an array, got 0"],
    [[[2, 2], { names: ["hip"] }], RangeError, "names must be of length 2, got Array of length 1"],
    [[[2, 2], { meanings: [["a", "b"]] }], RangeError, "meanings must be of length 2"],
    [
      [[2], { meanings: [["a"]] }],
      RangeError,
      "meanings of part 0 must be of length 2, got Array of length 1",
    ],
  ];
  for (const [parameters, kind, text] of bad) {
    assertThrows(
      () => Reflect.construct(MultiDiscrete, parameters),
      kind,
      `Cannot create a MultiDiscrete space: ${text}`,
    );
  }
});
