/**
 * The window over which a learning curve is averaged: about a hundredth of all episodes, so that long runs do not look noisy.
 *
 * @param count Episodes of the longest run in the picture.
 * @returns The least of 20, 50, 100, 200, 500, … that is enough.
 */
export function smoothingWindow(count: number): number {
  for (let power = 10;; power *= 10) {
    const window = [2, 5, 10].map((digit) => digit * power).find((size) => 100 * size >= count);
    if (window !== undefined) return window;
  }
}

/**
 * Collects the latest values before some positions of a series.
 *
 * @param values The series.
 * @param window The number of values, including the one at the position; fewer at the start.
 * @param places Number of positions, spread evenly; the last one is the end of the series.
 * @returns Each position, as an index, and its values.
 */
export function lookBack(
  values: readonly number[],
  window: number,
  places: number,
): { index: number; recent: readonly number[] }[] {
  const stride = Math.max(1, Math.ceil(values.length / places));
  const first = (values.length - 1) % stride;
  return Array.from({ length: Math.ceil((values.length - first) / stride) }, (_, i) => {
    const index = first + i * stride;
    return { index, recent: values.slice(Math.max(0, index + 1 - window), index + 1) };
  });
}
