import { trueMinus } from "./true_minus.ts";

/**
 * A number, or a text that is one, as readers see it: thousands of its whole part separated by commas, and a true minus
 * sign; any other text as it is. Not `toLocaleString`, whose first call takes tens of milliseconds.
 */
export function shownNumber(value: number | string): string {
  const text = trueMinus(String(value));
  if (!/^−?\d+(\.\d+)?$/.test(text)) return text;
  return text.replace(/\d+/, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ","));
}
