/**
 * The shortest decimal number close enough to a value.
 *
 * @param value A finite number.
 * @param resolution The largest allowed change, above 0.
 * @returns The value, rounded to a multiple of the largest power of ten that is not above the resolution, within float precision.
 */
export function roundShort(value: number, resolution: number): number {
  const digits = -Math.floor(Math.log10(resolution));
  if (digits > 100) return value;
  if (digits >= 0) return Number(value.toFixed(digits));
  const unit = 10 ** -digits;
  return Math.round(value / unit) * unit;
}
