/** A number to be read: whole where it is, else with at most so many decimals, and with a true minus sign. */
export function numberText(value: number, decimals = 2): string {
  return String(Number(value.toFixed(decimals))).replace("-", "−");
}
