import { assert, assertEquals } from "@std/assert";
import { Generator } from "../../../envs/random/generator.ts";
import { exp } from "../../../nn/math/exp.ts";
import { ulps } from "./_ulps.ts";

for (const [low, high] of [[-1, 1], [-50, 50], [-745.2, 709.8], [-1e-10, 1e-10], [-746, -707]] as const) {
  Deno.test(`exp is within 1 ulp of Math.exp on a million numbers from ${low} to ${high}`, () => {
    const generator = new Generator(2);
    for (let i = 0; i < 1_000_000; i++) {
      const x = generator.uniform(low, high);
      const actual = exp(x);
      if (actual !== Math.exp(x)) assert(ulps(actual, Math.exp(x)) <= 1, `exp(${x}) is ${actual}`);
    }
  });
}

Deno.test("exp of special values is Math.exp's", () => {
  for (
    const x of [
      0,
      -0,
      1,
      -1,
      5e-324,
      709.782712893384,
      709.7827128933841,
      710,
      -745.13321910194,
      -746,
      Infinity,
      -Infinity,
      NaN,
    ]
  ) {
    assertEquals(ulps(exp(x), Math.exp(x)) <= 1, true, `exp(${x}) is ${exp(x)}`);
  }
  assertEquals([exp(0), exp(-Infinity), exp(Infinity), exp(NaN)], [1, 0, Infinity, NaN]);
});

Deno.test("exp over the whole range of doubles", () => {
  let previous = 0;
  for (let x = -746; x <= 710; x += 0.37) {
    const value = exp(x);
    assert(value >= previous, `exp falls at ${x}`);
    previous = value;
  }
});
