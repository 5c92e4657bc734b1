import { shownNumber } from "./shown_number.ts";

/** The value of a setting as readers see it, not as a command takes it: `10,000`, and `128, 128` for a list, kept on one line. */
export function shownSetting(value: string): string {
  return value.split(",").map(shownNumber).join(",\u00a0");
}
