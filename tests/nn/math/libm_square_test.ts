import { assertEquals, assertGreater, assertStrictEquals } from "@std/assert";
import { libmSquare } from "../../../nn/math/libm_square.ts";
import { libmSquareFloat32 } from "../../../nn/math/libm_square_float32.ts";

interface Squares {
  pow: [x: number, square: number][];
  powf: [x: number, square: number][];
}

/** What glibc's pow(x, 2) and powf(x, 2) gave; the first 300 of each are not the nearest number to x². */
const { pow, powf }: Squares = JSON.parse(
  Deno.readTextFileSync(new URL("../../golden/glibc_squares.json", import.meta.url)),
);

Deno.test("libmSquare() is glibc's pow(x, 2), even if that is not the nearest double", () => {
  for (const [x, square] of pow) {
    assertStrictEquals(libmSquare(x), square, `${x}`);
    assertStrictEquals(libmSquare(-x), square, `-${x}`);
  }
  assertGreater(pow.filter(([x, square]) => x * x !== square).length, 299);
});

Deno.test("libmSquareFloat32() is glibc's powf(x, 2), even if that is not the nearest float32", () => {
  for (const [x, square] of powf) {
    assertStrictEquals(libmSquareFloat32(x), square, `${x}`);
    assertStrictEquals(libmSquareFloat32(-x), square, `-${x}`);
  }
  assertGreater(powf.filter(([x, square]) => Math.fround(x * x) !== square).length, 299);
});

Deno.test("squares of whole numbers, powers of two, and numbers out of range", () => {
  const exact = [0, 1, 2, 3, 0.5, 8, -8, 1e150, 1e-150, 2 ** 511, 2 ** -511];
  for (const x of exact) assertEquals(libmSquare(x), x * x);
  for (const x of [0, 1, 2, 3, 0.5, 8, -8]) assertEquals(libmSquareFloat32(x), x * x);
  assertEquals([libmSquare(1e200), libmSquare(1e-200), libmSquare(NaN)], [Infinity, 0, NaN]);
  assertEquals([libmSquareFloat32(2e19), libmSquareFloat32(1e-30)], [Infinity, 0]);
});
