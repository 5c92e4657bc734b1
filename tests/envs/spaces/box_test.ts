import { assert, assertEquals, assertThrows } from "@std/assert";
import { Box, Discrete, Generator, isBoxOf } from "../../../envs/mod.ts";
import { entry, STREAMS } from "../_streams.ts";

Deno.test("Box.sample() has Gymnasium's draws", () => {
  const spaces: [key: string, space: Box][] = [
    ["Box(-1,1,(1,)).sample_x20", new Box(-1, 1, { shape: [1] })],
    ["Box(-2,2,(1,)).sample_x20", new Box([-2], [2])],
    ["Box(-1,1,(3,)).sample_x5", new Box(-1, 1, { shape: [3] })],
    ["Box(low=-inf..inf,(2,)).sample_x5", new Box(-Infinity, Infinity, { shape: [2] })],
  ];
  for (const [key, space] of spaces) {
    for (const stream of STREAMS) {
      space.seed(BigInt(stream.seed));
      const expected = entry(stream, key);
      const drawn = expected.map((value) => Array.isArray(value) ? [...space.sample()] : space.sample()[0]);
      assertEquals(drawn, expected, `${key}, seed ${stream.seed}`);
    }
  }
});

Deno.test("Box.sample() draws unbounded elements first, then one-sided ones, then bounded ones", () => {
  const space = new Box([0, -Infinity, 2, -Infinity], [1, Infinity, Infinity, 3]);
  space.seed(4);
  const generator = new Generator(4);
  const normal = generator.standardNormal();
  const above = 2 + generator.standardExponential();
  const below = 3 - generator.standardExponential();
  const uniform = generator.uniform(0, 1);
  assertEquals(space.sample(), Float32Array.of(uniform, normal, above, below));
  for (let i = 0; i < 1000; i++) assert(space.contains(space.sample()));
});

Deno.test("Box.contains() float32 vectors within the bounds only", () => {
  const space = new Box([-1, 0], [1, Infinity]);
  assert(space.contains(Float32Array.of(1, Infinity)));
  assert(space.contains(Float32Array.of(-1, 0)));
  for (const value of [[1.1, 0], [0, -0.1], [NaN, 0], [0], [0, 0, 0]]) {
    assertEquals(space.contains(Float32Array.from(value)), false);
  }
  for (const value of [[0, 0], Float64Array.of(0, 0), 0, null, undefined]) {
    assertEquals(space.contains(value), false);
  }
});

Deno.test("Box.toString() as in Gymnasium", () => {
  assertEquals(`${new Box(-1, 1, { shape: [3] })}`, "Box(-1.0, 1.0, (3,), float32)");
  assertEquals(`${new Box(0, Infinity, { shape: [2, 3] })}`, "Box(0.0, inf, (2, 3), float32)");
  assertEquals(`${new Box([-1, -8], [1, 8])}`, "Box([-1. -8.], [1. 8.], (2,), float32)");
});

Deno.test("Box keeps its bounds, shape and names", () => {
  const names = ["a (m)", "b (s)"];
  const space = new Box([0.1, -Infinity], 2, { names });
  names[0] = "changed";
  assertEquals(space.low, Float32Array.of(0.1, -Infinity));
  assertEquals(space.high, Float32Array.of(2, 2));
  assertEquals([space.shape, space.names], [[2], ["a (m)", "b (s)"]]);
});

Deno.test("Box continues from a snapshot", () => {
  const space = new Box(-1, 1, { shape: [4] });
  space.sample();
  const other = new Box(-1, 1, { shape: [4] });
  other.restore(JSON.parse(JSON.stringify(space.snapshot())));
  assertEquals(other.sample(), space.sample());
});

Deno.test("Box refuses bad bounds and shapes", () => {
  assertThrows(
    () => new Box(-1, 1),
    TypeError,
    "Cannot create a Box space: shape must be of whole numbers from 1",
  );
  assertThrows(() => new Box(-1, 1, { shape: [0] }), TypeError, 'got "0"');
  assertThrows(() => new Box(-1, 1, { shape: [1.5] }), TypeError, 'got "1.5"');
  assertThrows(() => new Box([1, 2], [3]), RangeError, "high must be of length 2, got Array of length 1");
  assertThrows(() => new Box([0, 2], [1, 1]), RangeError, "low must not be above high, got 2 and 1 at 1");
  assertThrows(() => new Box([NaN], [1]), RangeError, "got NaN and 1 at 0");
  assertThrows(() => new Box([Infinity], [Infinity]), RangeError, "low must not be above high");
  assertThrows(() => new Box([0], [1], { names: [] }), RangeError, "names must be of length 1");
  for (const [low, high, name] of [[-1e39, 0, "low"], [0, 1e39, "high"], [[0, -1e300], 1, "low"]] as const) {
    assertThrows(
      () => new Box(low, high, { shape: [2] }),
      RangeError,
      `Cannot create a Box space: ${name} must be finite in float32, or infinite, got`,
    );
  }
  for (const shape of [[2 ** 28 + 1], [2 ** 20, 2 ** 20], [2 ** 40]]) {
    assertThrows(() => new Box(0, 1, { shape }), RangeError, "shape must make at most 268435456 elements");
  }
});

Deno.test("Box of uint8 has Gymnasium's draws", () => {
  const whole = new Box(0, 255, { shape: [2, 3], dtype: "uint8" });
  whole.seed(0);
  assertEquals([whole.sample(), whole.sample()], WHOLE_DRAWS);
  const narrow = new Box([0, 10, 254], [1, 12, 255], { dtype: "uint8" });
  narrow.seed(42);
  assertEquals([narrow.sample(), narrow.sample()], NARROW_DRAWS);
  const seen = new Set(Array.from({ length: 200 }, () => narrow.sample()[1]));
  assertEquals([...seen].sort(), [10, 11, 12]);
});

/** `np.floor(generator.uniform(low, high + 1))` of NumPy 2.4.6, as in `Box.sample`. */
const WHOLE_DRAWS = [Uint8Array.of(163, 69, 10, 4, 208, 233), Uint8Array.of(155, 186, 139, 239, 208, 0)];
const NARROW_DRAWS = [Uint8Array.of(1, 11, 255), Uint8Array.of(1, 10, 255)];

Deno.test("Box of uint8 contains Uint8Arrays within the bounds only", () => {
  const space = new Box([0, 10], [255, 12], { dtype: "uint8" });
  assert(space.contains(Uint8Array.of(255, 12)));
  for (const value of [[0, 13], [0, 9], [0], [0, 10, 10]]) {
    assertEquals(space.contains(Uint8Array.from(value)), false);
  }
  for (const value of [Float32Array.of(0, 10), Uint8ClampedArray.of(0, 10), [0, 10], 10, null]) {
    assertEquals(space.contains(value), false);
  }
  assertEquals(new Box([0, 10], [255, 12]).contains(Uint8Array.of(0, 10)), false);
});

Deno.test("Box of uint8 has its dtype, its bounds as bytes, and Gymnasium's notation", () => {
  const images = new Box(0, 255, { shape: [7, 7, 3], dtype: "uint8" });
  assertEquals([images.dtype, `${images}`], ["uint8", "Box(0, 255, (7, 7, 3), uint8)"]);
  assertEquals(images.high, new Uint8Array(147).fill(255));
  assertEquals(`${new Box([0, 1], [3, 4], { dtype: "uint8" })}`, "Box([0 1], [3 4], (2,), uint8)");
  assertEquals(new Box(0, 1, { shape: [1] }).dtype, "float32");
  assertEquals([isBoxOf("uint8", images), isBoxOf("float32", images)], [true, false]);
  assertEquals(isBoxOf("uint8", new Discrete(2)), false);
});

Deno.test("Box of uint8 continues from a snapshot", () => {
  const make = () => new Box(0, 255, { shape: [4], dtype: "uint8" });
  const [space, other] = [make(), make()];
  space.seed(8);
  space.sample();
  other.restore(JSON.parse(JSON.stringify(space.snapshot())));
  assertEquals(other.sample(), space.sample());
});

Deno.test("Box of uint8 refuses bounds that are no bytes, and Box other dtypes", () => {
  for (
    const [low, high, name] of [[-1, 255, "low"], [0, 256, "high"], [0, 0.5, "high"], [
      NaN,
      1,
      "low",
    ]] as const
  ) {
    assertThrows(
      () => new Box(low, high, { shape: [2], dtype: "uint8" }),
      RangeError,
      `Cannot create a Box space: ${name} must be of whole numbers from 0 to 255, got`,
    );
  }
  assertThrows(() => new Box(-Infinity, [1], { dtype: "uint8" }), RangeError, "got -Infinity");
  assertThrows(() => new Box(3, 2, { shape: [1], dtype: "uint8" }), RangeError, "low must not be above high");
  for (const dtype of ["int8", "toString", 8, null]) {
    assertThrows(
      () => Reflect.construct(Box, [0, 1, { shape: [1], dtype }]),
      RangeError,
      'dtype must be "float32" or "uint8", got',
    );
  }
});
