/** A number as text for readers: without decimals if it is whole, otherwise with at most the given number, and with a true minus sign. */
export function numberText(value: number, decimals = 2): string {
  return String(Number(value.toFixed(decimals))).replace("-", "−");
}
