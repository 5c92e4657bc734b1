import { assert, assertEquals, assertMatch } from "@std/assert";

/** Numbers at and beyond the edges of what arrays and counters hold, and a few that are no trouble. */
const NUMBERS: readonly number[] = [
  ...[NaN, Infinity, -Infinity, 1e308, -1e308, 1e160, 1e39, -1e39, 3.5e38, 3.4e38, 1e-50, -1e-50],
  ...[2 ** 53, 2 ** 53 - 1, -(2 ** 53), 2 ** 32 + 1, 2 ** 32, 2 ** 31 + 5, 2 ** 31, 2 ** 31 - 1, -(2 ** 31)],
  ...[-(2 ** 31) - 1, 2 ** 24 + 1, 70_000, 65_536, 65_535, 256, 255, 1.5, 0.5, -0.5, -1, 2, 1, 0, -0],
];

/** Something that keeps a number: stores it in an object of its own, and reads it back. */
export type Keeper = (value: number) => number;

/** How a number is kept, where it is kept at all. */
export type Rounding = "exactly" | "as float32";

/**
 * Asserts that every number is kept as it is, or as the nearest finite float32, or refused with a TypeError or RangeError; and that both happen.
 *
 * @param what What keeps it, for messages.
 * @param keep Stores a number and reads it back.
 * @param rounding How it is kept.
 */
export function assertKeepsOrRefuses(what: string, keep: Keeper, rounding: Rounding): void {
  let kept = 0;
  let refused = 0;
  for (const value of NUMBERS) {
    let got: number;
    try {
      got = keep(value);
    } catch (error) {
      assert(error instanceof TypeError || error instanceof RangeError, `${what}, ${value}: ${error}`);
      assertMatch(error.message, /^Cannot .+: .+, got /, `${what}, ${value}`);
      refused++;
      continue;
    }
    const expected = rounding === "exactly" ? value : Math.fround(value);
    assert(Number.isFinite(expected), `${what} must refuse ${value}, kept ${got}`);
    assertEquals(got + 0, expected + 0, `${what} must keep or refuse ${value}`); // -0 counts as 0
    kept++;
  }
  assert(kept > 0 && refused > 0, `${what} kept ${kept} numbers and refused ${refused}`);
}
