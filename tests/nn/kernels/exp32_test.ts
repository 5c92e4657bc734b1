import { assert, assertEquals } from "@std/assert";
import { exp32, LEAST_EXPONENT, MOST_EXPONENT } from "../../../nn/kernels/_exp32.ts";

const FLOATS = new Float32Array(2);
const BITS = new Int32Array(FLOATS.buffer);

/** How many float32 numbers apart two positive ones lie. */
function ulps(a: number, b: number): number {
  [FLOATS[0], FLOATS[1]] = [a, b];
  return Math.abs(BITS[0]! - BITS[1]!);
}

/** The float32 number with these bits. */
function float32(bits: number): number {
  BITS[0] = bits;
  return FLOATS[0]!;
}

function assertClose(x: number): void {
  const actual = exp32(x);
  assert(Math.fround(actual) === actual, `exp32(${x}) is no float32: ${actual}`);
  assert(ulps(actual, Math.fround(Math.exp(x))) <= 1, `exp32(${x}) is ${actual}, not ${Math.exp(x)}`);
}

Deno.test("exp32 is within one float32 of the exponential over its whole range", () => {
  const steps = 2_000_000;
  for (let i = 0; i <= steps; i++) {
    assertClose(Math.fround(LEAST_EXPONENT + (MOST_EXPONENT - LEAST_EXPONENT) * i / steps));
  }
});

Deno.test("exp32 is within one float32 of the exponential at numbers of every size", () => {
  FLOATS[0] = MOST_EXPONENT;
  const most = BITS[0]!;
  for (let bits = 0; bits <= most; bits += 1_009) {
    const x = float32(bits);
    assertClose(x);
    if (-x >= LEAST_EXPONENT) assertClose(-x);
  }
});

Deno.test("exp32 is within one float32 where it changes its power of two", () => {
  for (let k = -92; k <= 126; k++) {
    FLOATS[0] = (k + 0.5) * Math.LN2;
    const middle = BITS[0]!;
    for (let bits = middle - 200; bits <= middle + 200; bits++) {
      const x = float32(bits);
      if (x >= LEAST_EXPONENT && x <= MOST_EXPONENT) assertClose(x);
    }
  }
});

Deno.test("exp32 at its limits", () => {
  assertEquals([exp32(0), exp32(-0)], [1, 1]);
  assert(exp32(LEAST_EXPONENT) > 0);
  const below = Math.fround(LEAST_EXPONENT * (1 + 2 ** -23));
  assertEquals([below, LEAST_EXPONENT - 1, -1e30, -Infinity].map(exp32), [0, 0, 0, 0]);
  const most = exp32(MOST_EXPONENT);
  assertClose(MOST_EXPONENT);
  assertEquals([MOST_EXPONENT + 1, 1e30, Infinity].map(exp32), [most, most, most]);
  assertEquals(exp32(NaN), NaN);
});
