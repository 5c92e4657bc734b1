import type { Evaluation } from "../../agents/mod.ts";

/**
 * The statistics of returns, to be read: with three decimals where all returns are small, else with one; the smallest and
 * the largest without the zeros at the end.
 *
 * @param evaluation The statistics.
 * @returns The same as text.
 */
export function evaluationText(
  { mean, std, min, max }: Omit<Evaluation, "returns">,
): Record<"mean" | "std" | "min" | "max", string> {
  const digits = Math.max(Math.abs(min), Math.abs(max)) < 10 ? 3 : 1;
  const short = (value: number) => String(Number(value.toFixed(digits)));
  return { mean: mean.toFixed(digits), std: std.toFixed(digits), min: short(min), max: short(max) };
}
