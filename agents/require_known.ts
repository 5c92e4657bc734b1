import { didYouMean } from "../envs/values/nearest_name.ts";

/**
 * Throws a TypeError if options have an unknown name, whatever its value; the message begins with "Cannot `action`" and ends with
 * the nearest name, if one is near.
 */
export function requireKnown(action: string, type: string, options: object, names: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(
    `Cannot ${action}: every option must be one of ${type}, got ${unknown}${didYouMean(unknown, names)}`,
  );
}
