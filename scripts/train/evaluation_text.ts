import type { Evaluation } from "../../agents/mod.ts";

/**
 * The statistics of returns as text: with three decimals if all returns are small, otherwise with one; the smallest and
 * the largest without trailing zeros.
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
