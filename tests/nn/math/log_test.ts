import { assert, assertEquals } from "@std/assert";
import { Generator } from "../../../envs/random/generator.ts";
import { log } from "../../../nn/math/log.ts";
import { ulps } from "./_ulps.ts";

for (
  const [low, high] of [[0, 1], [0.5, 2], [0.99, 1.01], [0, 1e300], [1e-308, 3e-308], [0, 1e-310]] as const
) {
  Deno.test(`log is within 1 ulp of Math.log on a million numbers from ${low} to ${high}`, () => {
    const generator = new Generator(2);
    for (let i = 0; i < 1_000_000; i++) {
      const x = generator.uniform(low, high);
      const actual = log(x);
      if (actual !== Math.log(x)) assert(ulps(actual, Math.log(x)) <= 1, `log(${x}) is ${actual}`);
    }
  });
}

Deno.test("log of special values is Math.log's", () => {
  for (
    const x of [
      0,
      -0,
      1,
      -1,
      -5e-324,
      5e-324,
      2.2250738585072014e-308,
      1.7976931348623157e308,
      2,
      0.5,
      Math.SQRT2,
      Math.SQRT1_2,
      Infinity,
      -Infinity,
      NaN,
    ]
  ) {
    assertEquals(ulps(log(x), Math.log(x)) <= 1, true, `log(${x}) is ${log(x)}`);
  }
  assertEquals([log(1), log(0), log(-1), log(Infinity), log(NaN)], [0, -Infinity, NaN, Infinity, NaN]);
});

Deno.test("log over the whole range of doubles, by powers of two", () => {
  for (let k = -1074; k <= 1023; k++) {
    const x = k < -1022 ? 5e-324 * 2 ** (k + 1074) : 2 ** k;
    assert(ulps(log(x), Math.log(x)) <= 1, `log(2 ** ${k}) is ${log(x)}`);
    assert(ulps(log(x * 1.4), Math.log(x * 1.4)) <= 1);
  }
});
