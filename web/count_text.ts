/** A whole number as text, its thousands separated by commas: as `toLocaleString("en")`, whose first call takes tens of milliseconds. */
export function countText(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}
