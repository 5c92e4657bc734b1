/**
 * The shortest decimal number that is near enough.
 *
 * @param value A finite number.
 * @param resolution What may be changed at most, above 0.
 * @returns The value rounded to a power of ten that is no larger, as far as numbers can tell.
 */
export function roundShort(value: number, resolution: number): number {
  const digits = -Math.floor(Math.log10(resolution));
  if (digits > 100) return value;
  if (digits >= 0) return Number(value.toFixed(digits));
  const unit = 10 ** -digits;
  return Math.round(value / unit) * unit;
}
