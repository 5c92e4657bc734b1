/** How often a number in a list differs from the one before. */
export function countChanges(values: readonly number[]): number {
  return values.reduce((count, value, i) => i > 0 && value !== values[i - 1] ? count + 1 : count, 0);
}

/** Every so-manieth value, and the last one, each with its place from 1. */
export function everyNth(values: readonly number[], n: number): { x: number[]; y: number[] } {
  const places = values.map((_, i) => i).filter((i) => i % n === 0 || i === values.length - 1);
  return { x: places.map((i) => i + 1), y: places.map((i) => values[i]!) };
}
