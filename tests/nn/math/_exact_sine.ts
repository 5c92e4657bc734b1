/** Numbers as multiples of 2⁻²⁶⁰. */
const BITS = 260n;
const ONE = 1n << BITS;
const PI = 4n * (4n * arcTangentOfInverse(5n) - arcTangentOfInverse(239n)); // J. Machin, 1706

/** Gregory's series. */
function arcTangentOfInverse(n: bigint): bigint {
  let term = ONE / n;
  let sum = term;
  for (let k = 3n; term !== 0n; k += 2n) {
    term = -term / (n * n);
    sum += term / k;
  }
  return sum;
}

/** A double, exactly if it is above 2⁻²⁰⁰. */
function fixed(value: number): bigint {
  let scale = 0n;
  while (!Number.isSafeInteger(value)) {
    value *= 2;
    scale++;
  }
  return (BigInt(value) << BITS) >> scale;
}

function sineOf(angle: bigint): bigint {
  const turn = ((angle % (2n * PI)) + 2n * PI) % (2n * PI);
  let [x, sign] = turn > PI ? [turn - PI, -1n] : [turn, 1n];
  if (2n * x > PI) x = PI - x;
  const square = x * x >> BITS;
  let sum = x;
  let term = x;
  for (let n = 2n; term !== 0n; n += 2n) {
    term = -(term * square >> BITS) / (n * (n + 1n));
    sum += term;
  }
  return sign * sum;
}

/** How far from the true sine of an angle, shifted by some quarter turns, a double is, in units of 2⁻²⁶⁰. */
export function sineError(angle: number, quarterTurns: 0 | 1, result: number): bigint {
  const error = fixed(result) - sineOf(fixed(angle) + BigInt(quarterTurns) * PI / 2n);
  return error < 0n ? -error : error;
}

/** The next larger (1) or smaller (-1) double of a value that is not zero. */
export function neighbour(value: number, direction: 1 | -1): number {
  const word = new Float64Array([value]);
  const bits = new BigInt64Array(word.buffer);
  bits[0]! += BigInt(value > 0 ? direction : -direction);
  return word[0]!;
}
