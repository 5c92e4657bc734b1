/**
 * Numbers of 16 bits (IEEE 754 binary16).
 *
 * @module
 */

const WORD: Uint32Array = new Uint32Array(1);
const NUMBER: Float32Array = new Float32Array(WORD.buffer);

/**
 * The number of a float16's bits, exact in float32.
 *
 * @param bits From 0 to 65,535.
 */
export function fromFloat16(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return (sign === 0 ? 1 : -1) * fraction / 16777216; // below the normal ones: units of 2⁻²⁴
  // The exponent's bias is 15 there, 127 here; what is not finite has all ones in both.
  WORD[0] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  return NUMBER[0]!;
}

/**
 * The bits of the float16 that is nearest to a float32, of two equally near ones the even one.
 *
 * @param value A float32.
 * @returns From 0 to 65,535; infinity for numbers beyond the largest float16.
 */
export function toFloat16(value: number): number {
  NUMBER[0] = value;
  const word = WORD[0]!;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // from halfway between the largest and 2¹⁶
  if (magnitude < 0x38800000) {
    // Below 2⁻¹⁴: units of 2⁻²⁴, rounded by adding a number with exactly that unit, 2⁻¹.
    NUMBER[0] = Math.abs(value) + 0.5;
    return sign | (WORD[0]! - 0x3f000000);
  }
  // Half a unit less one, and one more if the last bit that stays is odd.
  const rounded = magnitude + 0xfff + ((magnitude >> 13) & 1);
  return sign | ((rounded - 0x38000000) >> 13);
}
