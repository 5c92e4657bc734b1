/** The mean of at least one number. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard deviation of at least one number, as of a whole population (NumPy's default). */
export function stdOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) * (value - mean))));
}

/**
 * The mean without the lowest and the highest quarter of the values, rounded down: less affected by a lucky or
 * an unlucky seed than the mean, and less noisy than the median (Agarwal et al. 2021, "Deep Reinforcement Learning at the
 * Edge of the Statistical Precipice", section 4.2, with the trimming of their `rliable`).
 *
 * @param values At least one.
 */
export function interquartileMean(values: readonly number[]): number {
  const cut = Math.floor(values.length / 4);
  return meanOf(values.toSorted((a, b) => a - b).slice(cut, values.length - cut));
}

/**
 * A quantile, interpolated linearly between the two nearest values (NumPy's default).
 *
 * @param values At least one.
 * @param part In [0, 1].
 */
export function quantileOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = part * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
