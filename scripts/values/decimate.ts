/** Most points of a line in a picture: more than the picture has pixels. */
const MOST_POINTS = 2_000;

/**
 * Removes points of a long line without changing its look: of each stretch, the lowest and the highest are kept.
 *
 * @param points From left to right.
 * @param value The height of a point.
 * @param most The largest number of points to keep, from 2.
 * @returns Some of the points, in their order; all of them if they are few.
 */
export function decimate<T>(
  points: readonly T[],
  value: (point: T) => number,
  most = MOST_POINTS,
): readonly T[] {
  if (points.length <= most) return points;
  const stretches = Math.floor(most / 2);
  return Array.from({ length: stretches }, (_, stretch) => {
    const from = Math.floor(stretch * points.length / stretches);
    const part = points.slice(from, Math.floor((stretch + 1) * points.length / stretches));
    const heights = part.map(value);
    const low = heights.indexOf(heights.reduce((a, b) => Math.min(a, b)));
    const high = heights.indexOf(heights.reduce((a, b) => Math.max(a, b)));
    return [...new Set([Math.min(low, high), Math.max(low, high)])].map((i) => part[i]!);
  }).flat();
}
