/** The smallest normal double, 2⁻¹⁰²²; and 2⁵⁴, which makes every smaller one normal, with its exponent. */
export const SMALLEST_NORMAL = 2.2250738585072014e-308;
/** See {@linkcode SMALLEST_NORMAL}. */
export const NORMALIZER = 18014398509481984;
/** See {@linkcode SMALLEST_NORMAL}. */
export const NORMALIZER_EXPONENT = 54;

/** The upper bits of the mantissa of √2, rounded up: numbers with more belong to the next power of two. */
const SQRT2_MANTISSA = 0x6a09f;

/** Memory for reading the bits of a double; words in the machine's order. */
const DOUBLE: Float64Array = new Float64Array([1]);
const WORDS: Uint32Array = new Uint32Array(DOUBLE.buffer);
const HIGH_WORD = WORDS[1] === 0x3ff00000 ? 1 : 0;

/** The k for which a normal number above 0 is 2ᵏ m, with m from √½ to √2. */
export function binaryExponent(x: number): number {
  DOUBLE[0] = x;
  const word = WORDS[HIGH_WORD]!;
  const exponent = (word >>> 20) - 1023;
  return (word & 0xfffff) >= SQRT2_MANTISSA ? exponent + 1 : exponent;
}
