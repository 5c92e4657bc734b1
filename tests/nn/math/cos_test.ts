import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { cos, Generator } from "../../../envs/mod.ts";
import { neighbour, sineError } from "./_exact_sine.ts";
import { CASES, quarterTurns, RANGES } from "./_trig_cases.ts";

Deno.test("cos is correctly rounded", () => {
  for (const [angle, , cosine] of CASES) {
    assertStrictEquals(cos(angle), cosine, `cos(${angle})`);
    assertStrictEquals(cos(-angle), cosine, `cos(${-angle})`);
  }
});

for (const [low, high] of RANGES) {
  Deno.test(`cos equals Math.cos on a million angles from ${low} to ${high}`, () => {
    const generator = new Generator(1);
    for (let i = 0; i < 1_000_000; i++) {
      const angle = generator.uniform(low, high);
      if (cos(angle) !== Math.cos(angle)) assertStrictEquals(cos(angle), Math.cos(angle), `cos(${angle})`);
    }
  });
}

Deno.test("cos equals Math.cos around multiples of a quarter turn and for tiny angles", () => {
  for (const angle of quarterTurns()) assertStrictEquals(cos(angle), Math.cos(angle), `cos(${angle})`);
  for (let angle = 1; angle > 0; angle /= 2.3) {
    assertStrictEquals(cos(angle), Math.cos(angle), `cos(${angle})`);
  }
});

Deno.test("cos of zeros, NaN and infinities", () => {
  assertStrictEquals(cos(0), 1);
  assertStrictEquals(cos(-0), 1);
  for (const value of [NaN, Infinity, -Infinity]) assertEquals(cos(value), NaN);
});

Deno.test("cos refuses angles beyond its range", () => {
  for (const angle of [32768.000001, -1e300]) {
    assertThrows(
      () => cos(angle),
      RangeError,
      `Cannot compute cosine: angle must be from -32768 to 32768, got ${angle}`,
    );
  }
});

Deno.test("cos is the double nearest to 260 bits of the true value", () => {
  const generator = new Generator(7);
  for (const [low, high] of [...RANGES, [-0.025, 0.025], [-30_000, 30_000]] as const) {
    for (let i = 0; i < 2_000; i++) {
      const angle = generator.uniform(low, high);
      const value = cos(angle);
      const error = sineError(angle, 1, value);
      for (const direction of [-1, 1] as const) {
        assert(error < sineError(angle, 1, neighbour(value, direction)), `cos(${angle})`);
      }
    }
  }
});
