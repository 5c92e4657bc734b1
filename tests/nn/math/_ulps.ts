const DOUBLES = new Float64Array(2);
const BITS = new BigInt64Array(DOUBLES.buffer);

/** How many doubles apart two numbers of the same sign lie; 0 for two NaN. */
export function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (a !== a || b !== b) return Infinity;
  DOUBLES[0] = a + 0;
  DOUBLES[1] = b + 0;
  const distance = Number(BITS[0]! - BITS[1]!);
  return Math.abs(distance);
}
