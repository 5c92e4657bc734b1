/** The action of the greatest value, the first of equal ones; undefined while all are equal. */
export function bestAction(values: Float32Array): number | undefined {
  const best = values.indexOf(Math.max(...values));
  return values.every((value) => value === values[0]) ? undefined : best;
}
