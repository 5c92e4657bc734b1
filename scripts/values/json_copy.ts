/**
 * A copy of a value that survives a JSON round trip, so that the value used is the value written.
 *
 * @param value From `JSON.parse`, which reads 1e400 as infinity.
 * @returns The copy, with 0 in place of -0; undefined if a number in it is not finite.
 */
export function jsonCopy(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : undefined;
  if (typeof value !== "object" || value === null) return value;
  const isList = Array.isArray(value);
  const entries = Object.entries(value).map(([name, item]) => [name, jsonCopy(item)] as const);
  if (entries.some(([, item]) => item === undefined)) return undefined;
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
