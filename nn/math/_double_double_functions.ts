/**
 * The exponential and the logarithm in double-doubles, for tables.
 *
 * @module
 */

import { add, divide, type DoubleDouble, multiply } from "./_double_double.ts";

/** ln 2. */
export const LN2: DoubleDouble = [0.6931471805599453, 2.3190468138462996e-17];

/** ln x = 2 artanh((x − 1) / (x + 1)), for x from 0.7 to 1.42. */
export function logarithm(x: number): DoubleDouble {
  const ratio = divide([x - 1, 0], [x + 1, 0]);
  const square = multiply(ratio, ratio);
  let power = ratio;
  let sum = ratio;
  for (let n = 3; n < 50; n += 2) {
    power = multiply(power, square);
    sum = add(sum, divide(power, [n, 0]));
  }
  return multiply(sum, [2, 0]);
}

/** Taylor's series, for x from 0 to 0.7. */
export function exponential(x: DoubleDouble): DoubleDouble {
  let term: DoubleDouble = [1, 0];
  let sum = term;
  for (let n = 1; n < 28; n++) {
    term = divide(multiply(term, x), [n, 0]);
    sum = add(sum, term);
  }
  return sum;
}
