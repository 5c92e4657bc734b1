import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Generator } from "../../../envs/mod.ts";
import { DECK, entry, numbers, P5, P_FROZEN_LAKE, type Stream, STREAMS } from "../_streams.ts";

/** Draws from fresh generators and compares with an entry of every stream. */
function assertDraws(key: string, draw: (generator: Generator) => unknown): void {
  for (const stream of STREAMS) {
    const generator = new Generator(BigInt(stream.seed));
    entry(stream, key).forEach((expected, i) => {
      assertStrictEquals(draw(generator), expected, `${key}, seed ${stream.seed}, draw ${i}`);
    });
  }
}

Deno.test("Generator.random() and uniform() are NumPy's", () => {
  assertDraws("random_20", (generator) => generator.random());
  assertDraws("uniform_pm0.05_size4", (generator) => generator.uniform(-0.05, 0.05));
  assertDraws("uniform_pm0.1_size4_as_float32", (generator) => Math.fround(generator.uniform(-0.1, 0.1)));
  assertDraws("uniform_-0.6_-0.4_scalar_x6", (generator) => generator.uniform(-0.6, -0.4));
  for (const stream of STREAMS) {
    const generator = new Generator(BigInt(stream.seed));
    assertEquals(
      [generator.uniform(-Math.PI, Math.PI), generator.uniform(-1, 1)],
      entry(stream, "uniform_array_-[pi,1]_[pi,1]"),
    );
  }
});

Deno.test("Generator.integers() is NumPy's for every size of range", () => {
  for (const high of [2, 3, 6, 10, 1000003, 3221225472, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40]) {
    assertDraws(`integers_0_${high}_x20`, (generator) => generator.integers(0, high));
    assertDraws(`integers_0_${high}_x20`, (generator) => Number(generator.integers(0n, BigInt(high))));
  }
  assertDraws("integers_-5_5_x20", (generator) => generator.integers(-5, 5));
  assertDraws("integers_0_3*2^61_x20_str", (generator) => String(generator.integers(0n, 3n << 61n)));
});

Deno.test("Generator.integers() of the whole 64-bit range is a raw draw", () => {
  const [ranged, raw] = [new Generator(3), new Generator(3)];
  for (let i = 0; i < 5; i++) {
    const low = raw.integers(0n, 1n << 64n);
    assertEquals(ranged.integers(-(1n << 63n), 1n << 63n), low - (1n << 63n));
  }
});

Deno.test("Generator keeps half draws and 64-bit draws apart as NumPy does", () => {
  for (const stream of STREAMS) {
    const seed = BigInt(stream.seed);
    const one = new Generator(seed);
    assertEquals([one.integers(0, 1), one.random()], entry(stream, "integers_0_1_then_random"));

    const halves = new Generator(seed);
    const two = () => halves.integers(0, 2);
    const drawn = [two(), two(), two(), halves.random(), two(), two(), two()];
    assertEquals(drawn, entry(stream, "integers_0_2_x3_then_random_then_integers_0_2_x3"));

    const after = new Generator(seed);
    for (let i = 0; i < 20; i++) after.integers(0, 10);
    const { state, buffered } = after.snapshot();
    const expected = stream.integers_0_10_state_after;
    assertEquals(BigInt(`0x${state}`), BigInt(expected.state));
    assertEquals(buffered, expected.has_uint32 === 1 ? expected.uinteger : null);
  }
});

Deno.test("Generator has NumPy's draws in mixed order", () => {
  for (const stream of STREAMS) {
    const generator = new Generator(BigInt(stream.seed));
    const calls: Record<string, () => number> = {
      "random": () => generator.random(),
      "integers(0,10)": () => generator.integers(0, 10),
      "integers(0,3)": () => generator.integers(0, 3),
      "integers(0,2**40)": () => generator.integers(0, 2 ** 40),
      "uniform(-1,1)": () => generator.uniform(-1, 1),
      "standard_normal": () => generator.standardNormal(),
    };
    for (const [call, expected] of stream.interleaved) {
      const drawn = calls[call]!();
      if (call === "standard_normal") assertClose(drawn, expected);
      else assertStrictEquals(drawn, expected, call);
    }
  }
});

Deno.test("Generator.choice(), weightedIndex() and categoricalSample() are NumPy's and Gymnasium's", () => {
  assertDraws("choice_blackjack_deck_x20", (generator) => generator.choice(DECK));
  assertDraws("choice_suits_x10", (generator) => generator.choice(["C", "D", "H", "S"]));
  assertDraws("choice_5_p5_x20", (generator) => generator.weightedIndex(P5));
  assertDraws("categorical_sample_p5_x20", (generator) => generator.categoricalSample(P5));
  assertDraws("categorical_sample_frozenlake_x20", (generator) => generator.categoricalSample(P_FROZEN_LAKE));
});

/** What NumPy 2.4.6's `Generator(PCG64(SeedSequence(seed)))` shuffles two or more times, then `integers(0, 1000)` and `random()`. */
const SHUFFLES:
  readonly (readonly [seed: number, orders: readonly (readonly number[])[], whole: number, next: number])[] =
    [
      [0, [[2, 4, 3, 0, 1], [1, 4, 3, 2, 0]], 503, 0.7294965609839984],
      [42, [[5, 6, 0, 7, 3, 2, 4, 9, 1, 8], [3, 1, 0, 4, 2, 8, 9, 7, 5, 6]], 643, 0.82276161327083],
      [7, [[0, 1], [0, 1], [0, 1], [1, 0]], 578, 0.22520718999059186],
    ];

Deno.test("Generator.shuffle() is NumPy's for lists", () => {
  for (const [seed, orders, whole, next] of SHUFFLES) {
    const generator = new Generator(seed);
    const values = Array.from(orders[0]!, (_, i) => i);
    for (const order of orders) {
      generator.shuffle(values);
      assertEquals(values, order);
    }
    assertEquals([generator.integers(0, 1000), generator.random()], [whole, next]);
  }
  const [one, none] = [["a"], new Array<string>()];
  const generator = new Generator(1);
  const before = generator.snapshot();
  generator.shuffle(one);
  generator.shuffle(none);
  assertEquals([one, none, generator.snapshot()], [["a"], [], before]);
});

function assertClose(actual: number, expected: number): void {
  assert(Math.abs(actual - expected) <= 1e-13 * Math.abs(expected), `${actual} is not ${expected} to 1e-13`);
  assertStrictEquals(Math.fround(actual), Math.fround(expected));
}

/** A few values of each stream, compared to 1e-13 relative and exactly as float32. */
function assertCloseDraws(key: string, draw: (generator: Generator) => number): void {
  for (const stream of STREAMS) {
    const generator = new Generator(BigInt(stream.seed));
    for (const expected of numbers(stream, key)) assertClose(draw(generator), expected);
  }
}

Deno.test("Generator.standardNormal() and standardExponential() are NumPy's to 1e-13", () => {
  assertCloseDraws("standard_normal_20", (generator) => generator.standardNormal());
  assertCloseDraws("standard_exponential_10", (generator) => generator.standardExponential());
});

Deno.test("Generator.standardNormal() goes NumPy's way for 20,000 draws, tails included", () => {
  for (const stream of STREAMS) {
    const generator = new Generator(BigInt(stream.seed));
    const draws = Array.from({ length: 20_000 }, () => generator.standardNormal());
    const tail = tailOf(draws, stream);
    for (const [index, value] of tail) assertClose(draws[index]!, value);
    const last = numbers(stream, "standard_normal_20000_last3");
    last.forEach((value, i) => assertClose(draws[19_997 + i]!, value));
    assertStrictEquals(generator.random(), stream.standard_normal_20000_random_after);
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    assert(Math.abs(mean) < 0.03);
  }
});

/** The recorded tail draws, which must be the first ones beyond the last layer. */
function tailOf(draws: number[], stream: Stream): [number, number][] {
  const beyond = draws.flatMap((value, i) => Math.abs(value) > 3.6541528853610088 ? [i] : []);
  const tail = stream.standard_normal_20000_first_tail;
  assertEquals(tail.map(([index]) => index), beyond.slice(0, tail.length));
  return tail;
}

Deno.test("Generator.standardExponential() has mean and variance 1, and a tail", () => {
  const generator = new Generator(9);
  const draws = Array.from({ length: 200_000 }, () => generator.standardExponential());
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
  assert(Math.abs(mean - 1) < 0.01 && Math.abs(variance - 1) < 0.03, `${mean}, ${variance}`);
  assert(draws.every((value) => value >= 0) && draws.some((value) => value > 7.7));
});

Deno.test("Generator.from() continues after every kind of draw", () => {
  const generator = new Generator(11);
  for (let i = 0; i < 50; i++) {
    generator.integers(0, 7);
    if (i % 3 === 0) generator.standardNormal();
    const other = Generator.from(JSON.parse(JSON.stringify(generator.snapshot())));
    assertEquals(other.snapshot(), generator.snapshot());
    assertEquals(other.integers(0, 2 ** 31), generator.integers(0, 2 ** 31));
    assertEquals(other.random(), generator.random());
  }
  assertThrows(() => Reflect.apply(Generator.from, Generator, [{}]), TypeError, "Cannot restore a stream");
});

Deno.test("Generator refuses bad arguments and draws nothing then", () => {
  const generator = new Generator(0);
  const before = generator.snapshot();
  assertThrows(
    () => generator.uniform(1, 0),
    RangeError,
    "Cannot draw a uniform number: low and high must be finite",
  );
  assertThrows(() => generator.uniform(0, Infinity), RangeError, "got 0 and Infinity");
  assertThrows(() => generator.uniform(NaN, 1), RangeError, "got NaN and 1");
  assertThrows(() => generator.integers(3, 3), RangeError, "high must be above low (3), got 3");
  assertThrows(() => generator.integers(0.5, 3), TypeError, "low must be a whole number");
  assertThrows(() => generator.integers(0, 2 ** 53), TypeError, "high must be a whole number");
  assertThrows(() => generator.integers(0n, 0n), RangeError, "high must be above 0 by at most 2^64, got 0n");
  assertThrows(() => generator.integers(0n, (1n << 64n) + 1n), RangeError, "by at most 2^64");
  assertThrows(
    () => Reflect.apply(generator.integers, generator, [0n, 3]),
    TypeError,
    "both bounds of one type",
  );
  assertThrows(() => generator.choice([]), RangeError, "values must not be empty");
  for (const draw of [generator.weightedIndex, generator.categoricalSample]) {
    assertThrows(
      () => draw.call(generator, [0.5, -0.5, 1]),
      RangeError,
      "probability 1 must be at least 0, got -0.5",
    );
    assertThrows(
      () => draw.call(generator, [0.5, 0.4]),
      RangeError,
      "probabilities must add up to 1, got 0.9",
    );
    assertThrows(() => draw.call(generator, []), RangeError, "probabilities must add up to 1, got 0");
    assertThrows(() => draw.call(generator, [NaN]), RangeError, "probability 0 must be at least 0, got NaN");
  }
  assertEquals(generator.snapshot(), before);
});
