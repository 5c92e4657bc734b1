/**
 * Over how many episodes a learning curve is averaged: about a hundredth of all, so that long runs do not end in noise.
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
 * Looks back from some places of a series over the values before them.
 *
 * @param values The series.
 * @param window How many values are looked at, the one at the place among them; at the beginning, those that there are.
 * @param places Number of places, spread evenly; the last one is the end of the series.
 * @returns Each place, as an index, and the values looked at.
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
