/** A text that is a number, with a true minus sign; any other text as it is. */
export function trueMinus(text: string): string {
  return text.replace(/^-(?=\d)/, "−");
}
