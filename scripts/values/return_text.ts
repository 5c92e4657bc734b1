/**
 * A mean return as text: with three decimals if returns are small, as in FrozenLake, otherwise with one.
 *
 * @param value The return, or a related number such as its standard deviation.
 * @param scale The return itself.
 */
export function returnText(value: number, scale: number = value): string {
  return value.toFixed(Math.abs(scale) < 10 ? 3 : 1);
}
