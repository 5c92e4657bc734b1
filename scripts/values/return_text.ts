/**
 * A mean return, to be read: with three decimals where returns are small, as in FrozenLake, else with one.
 *
 * @param value The return, or what belongs to one, as its standard deviation.
 * @param scale The return itself.
 */
export function returnText(value: number, scale: number = value): string {
  return value.toFixed(Math.abs(scale) < 10 ? 3 : 1);
}
