import { assert, assertAlmostEquals } from "@std/assert";
import { Pcg32 } from "../../agents/mod.ts";
import { standardNormal } from "../../nn/_standard_normal.ts";

const COUNT = 2_000_000;

/** Of the standard normal distribution, what lies within so many deviations. */
const WITHIN: readonly [number, number][] = [
  [0.1, 0.0796556746],
  [0.5, 0.3829249225],
  [1, 0.6826894921],
  [2, 0.9544997361],
  [3, 0.9973002039],
  [3.442619855899, 0.9994238], // where the tail begins
  [4, 0.9999366575],
];

const { prng } = Pcg32.seeded(12n);
const numbers = Float64Array.from({ length: COUNT }, () => standardNormal(prng));

/** What one number in so many is, and five standard deviations of it. */
function assertShare(actual: number, expected: number, what: string): void {
  const tolerance = 5 * Math.sqrt(expected * (1 - expected) / COUNT) + 1e-7;
  assert(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected}`);
}

Deno.test("as many normal numbers lie within some deviations as should, on both sides", () => {
  for (const [deviations, share] of WITHIN) {
    const right = numbers.filter((x) => x >= 0 && x < deviations).length / COUNT;
    const left = numbers.filter((x) => x < 0 && x > -deviations).length / COUNT;
    assertShare(right, share / 2, `right of 0 within ${deviations}`);
    assertShare(left, share / 2, `left of 0 within ${deviations}`);
  }
});

Deno.test("the moments of normal numbers are 0, 1, 0 and 3", () => {
  const moment = (k: number) => numbers.reduce((sum, x) => sum + x ** k, 0) / COUNT;
  [0, 1, 0, 3].forEach((expected, i) => {
    // The variances of the first four powers are 1, 2, 15 and 96.
    assertAlmostEquals(moment(i + 1), expected, 5 * Math.sqrt([1, 2, 15, 96][i]! / COUNT));
  });
});

Deno.test("neighbouring normal numbers are independent", () => {
  for (const lag of [1, 2, 3]) {
    let sum = 0;
    for (let i = lag; i < COUNT; i++) sum += numbers[i]! * numbers[i - lag]!;
    assertAlmostEquals(sum / COUNT, 0, 5 / Math.sqrt(COUNT));
  }
});
