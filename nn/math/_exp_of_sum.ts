import { powerOfTwo } from "./_power_of_two.ts";

/** 1/ln 2. */
const PER_LN2 = 1.4426950408889634;

/** ln 2 as a sum: 42 bits, so that its multiples up to 2¹¹ are exact, and the double nearest to the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;

/**
 * e to the power x + extra, for x between the logarithms of the smallest and the largest double, and a part that is smaller than
 * the last place of x.
 *
 * x = k ln 2 + r with |r| ≤ ln 2 / 2; then 2ᵏ times Taylor's series of eʳ.
 */
export function expOfSum(x: number, extra: number): number {
  const k = Math.floor(x * PER_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW - extra;
  const r = high - low;
  const rest = (high - r) - low;

  const tail = r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r *
                      (1 / 5040 + r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r *
                                      (1 / 39916800 +
                                        r *
                                          (1 / 479001600 + r * (1 / 6227020800 + r / 87178291200))))))))))));
  const sum = 1 + r;
  const result = sum + ((1 - sum + r) + (rest + tail));

  // In two steps, since 2ᵏ alone may be out of range.
  const half = k >> 1;
  return result * powerOfTwo(half) * powerOfTwo(k - half);
}
