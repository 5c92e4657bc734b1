import { trueMinus } from "./true_minus.ts";

/** A number with a fixed number of decimals and a true minus sign, which a zero has not. */
export function fixedText(value: number, decimals: number): string {
  return trueMinus(value.toFixed(decimals).replace(/^-(?=0(\.0*)?$)/, ""));
}
