import { assertEquals, assertThrows } from "@std/assert";
import { Discrete, Tuple } from "../../../envs/mod.ts";

const make = (): Tuple => new Tuple([new Discrete(32), new Discrete(11), new Discrete(2)]);

/** Drawn with NumPy 2.4.6 by the algorithm of `gymnasium/spaces/tuple.py`. */
const SAMPLES: readonly [seed: number, samples: number[][]][] = [
  [0, [[11, 5, 1], [21, 9, 0], [30, 10, 0], [6, 3, 1], [9, 4, 0]]],
  [42, [[0, 9, 0], [26, 3, 0], [20, 3, 0], [19, 6, 0], [14, 10, 0]]],
  [2 ** 40 + 1, [[31, 10, 0], [29, 3, 0], [22, 0, 0], [16, 2, 1], [22, 0, 0]]],
];

Deno.test("Tuple.sample() has Gymnasium's draws", () => {
  const space = make();
  for (const [seed, samples] of SAMPLES) {
    space.seed(seed);
    assertEquals(samples.map(() => space.sample()), samples);
  }
});

Deno.test("Tuple draws as after seed 0 when it was never seeded", () => {
  assertEquals(make().sample(), SAMPLES[0]![1][0]);
});

Deno.test("Tuple.contains() arrays of the right length with each number in its space", () => {
  const space = make();
  for (const value of [[0, 0, 0], [31, 10, 1]]) assertEquals(space.contains(value), true);
  const wrong = [
    [32, 0, 0],
    [0, 11, 0],
    [0, 0, 2],
    [0, 0],
    [0, 0, 0, 0],
    [0.5, 0, 0],
    ["0", 0, 0],
    0,
    null,
    "0,0,0",
    {},
  ];
  for (const value of wrong) assertEquals(space.contains(value), false);
});

Deno.test("Tuple continues from a snapshot", () => {
  const space = make();
  space.seed(7);
  space.sample();
  const other = make();
  other.restore(JSON.parse(JSON.stringify(space.snapshot())));
  for (let i = 0; i < 20; i++) assertEquals(other.sample(), space.sample());
});

Deno.test("Tuple.restore() refuses bad snapshots and stays as it was", () => {
  const space = make();
  const good = space.snapshot();
  const restore = (snapshot: unknown) => () => Reflect.apply(space.restore, space, [snapshot]);
  assertThrows(
    restore(good.slice(1)),
    TypeError,
    "Cannot restore Tuple(Discrete(32), Discrete(11), Discrete(2)): snapshot must be an array of length 3, got Array",
  );
  assertThrows(restore(good[0]), TypeError, "snapshot must be an array of length 3, got an object");
  assertThrows(restore([good[1], good[1], { ...good[2], state: "0" }]), TypeError, "32 hexadecimal digits");
  assertEquals(space.snapshot(), good);
});

Deno.test("Tuple prints as Gymnasium's, and refuses values that are not Discrete spaces", () => {
  assertEquals(`${make()}`, "Tuple(Discrete(32), Discrete(11), Discrete(2))");
  const create = (spaces: unknown) => () => Reflect.construct(Tuple, [spaces]);
  assertThrows(create([]), RangeError, "Cannot create a Tuple space: spaces must not be empty");
  assertThrows(create([2]), TypeError, "Cannot create a Tuple space: spaces must be Discrete, got 2");
  assertThrows(create(3), TypeError, "Cannot create a Tuple space: spaces must be an array, got 3");
  assertThrows(() => make().seed(-1), RangeError, "got -1");
});
