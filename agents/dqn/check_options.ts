import type { OptionRange } from "./option_range.ts";

/** The part of an option that is checked. */
interface Checked extends Pick<OptionRange<unknown>, "type" | "rule" | "isOfType"> {
  accepts(value: unknown): boolean;
}

/**
 * Throws a TypeError or a RangeError if an option has the wrong type or is out of range. The message begins with "Cannot create
 * `what`".
 */
export function checkOptions<K extends string>(
  what: string,
  options: { readonly [Name in K]?: unknown },
  table: { readonly [Name in K]: { readonly range: Checked } },
  names: readonly K[],
): void {
  for (const name of names) {
    const { range } = table[name];
    if (!range.isOfType(options[name])) failOption(TypeError, what, name, range.type, options[name]);
  }
  for (const name of names) {
    const { range } = table[name];
    if (!range.accepts(options[name])) failOption(RangeError, what, name, range.rule, options[name]);
  }
}

/** Throws the error of {@linkcode checkOptions}. */
export function failOption(
  Kind: ErrorConstructor,
  what: string,
  name: string,
  rule: string,
  value: unknown,
): never {
  const got = Array.isArray(value) ? `[${value.map(itemText).join(", ")}]` : numberText(value);
  throw new Kind(`Cannot create ${what}: ${name} must be ${rule}, got ${got}`);
}

/** An element of a list as text. */
function itemText(item: unknown): string {
  return typeof item === "object" && item !== null ? JSON.stringify(item) : String(item);
}

/** A value as text; for a number that float32 cannot represent, also what it rounds to. */
function numberText(value: unknown): string {
  const rounded = typeof value === "number" ? Math.fround(value) : NaN;
  const isLost = value !== rounded && (rounded === 0 || Math.abs(rounded) === Infinity);
  return isLost ? `${value}, in float32 ${rounded}` : String(value);
}
