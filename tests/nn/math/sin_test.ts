import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Generator, sin } from "../../../envs/mod.ts";
import { neighbour, sineError } from "./_exact_sine.ts";
import { CASES, quarterTurns, RANGES } from "./_trig_cases.ts";

Deno.test("sin is correctly rounded", () => {
  for (const [angle, sine] of CASES) {
    assertStrictEquals(sin(angle), sine, `sin(${angle})`);
    assertStrictEquals(sin(-angle), -sine, `sin(${-angle})`);
  }
});

for (const [low, high] of RANGES) {
  Deno.test(`sin equals Math.sin on a million angles from ${low} to ${high}`, () => {
    const generator = new Generator(1);
    for (let i = 0; i < 1_000_000; i++) {
      const angle = generator.uniform(low, high);
      if (sin(angle) !== Math.sin(angle)) assertStrictEquals(sin(angle), Math.sin(angle), `sin(${angle})`);
    }
  });
}

Deno.test("sin equals Math.sin around multiples of a quarter turn and for tiny angles", () => {
  for (const angle of quarterTurns()) assertStrictEquals(sin(angle), Math.sin(angle), `sin(${angle})`);
  for (let angle = 1; angle > 0; angle /= 2.3) {
    assertStrictEquals(sin(angle), Math.sin(angle), `sin(${angle})`);
  }
});

Deno.test("sin of zeros, NaN and infinities", () => {
  assertStrictEquals(sin(0), 0);
  assertStrictEquals(sin(-0), -0);
  for (const value of [NaN, Infinity, -Infinity]) assertEquals(sin(value), NaN);
});

Deno.test("sin refuses angles beyond its range", () => {
  for (const angle of [32768.000001, -1e300]) {
    assertThrows(
      () => sin(angle),
      RangeError,
      `Cannot compute sine: angle must be from -32768 to 32768, got ${angle}`,
    );
  }
});

Deno.test("sin is the double nearest to 260 bits of the true value", () => {
  const generator = new Generator(7);
  for (const [low, high] of [...RANGES, [-0.025, 0.025], [-30_000, 30_000]] as const) {
    for (let i = 0; i < 2_000; i++) {
      const angle = generator.uniform(low, high);
      const value = sin(angle);
      const error = sineError(angle, 0, value);
      for (const direction of [-1, 1] as const) {
        assert(error < sineError(angle, 0, neighbour(value, direction)), `sin(${angle})`);
      }
    }
  }
});
