import { log } from "../../nn/math/log.ts";
import { rangeAt, wholeAt } from "./range_values.ts";
import { isWhole, type Parameter, type Range } from "./search_space.ts";

/** The part of a parameter's axis, from 0 to 1, that belongs to one value; a single position for a real number. */
export interface Cell {
  readonly from: number;
  readonly to: number;
}

/**
 * The part of its parameter's axis that a value covers: the choices of a list have equal parts in their order, whole numbers
 * those of {@linkcode wholeAt}, and a real number is at its position on the scale of its range.
 *
 * @param parameter The parameter.
 * @param value One of its values.
 */
export function cellOf(parameter: Parameter, value: string): Cell {
  const { domain } = parameter;
  if (domain.kind === "choice") {
    const index = domain.values.indexOf(value);
    return { from: index / domain.values.length, to: (index + 1) / domain.values.length };
  }
  const number = Number(value);
  if (!isWhole(parameter)) return { from: placeOf(domain, number), to: placeOf(domain, number) };
  const wide = { ...domain, low: domain.low - 0.5, high: domain.high + 0.5 };
  return { from: placeOf(wide, number - 0.5), to: placeOf(wide, number + 0.5) };
}

/**
 * The value at a position of its parameter's axis, rounded as those of a random search.
 *
 * @param parameter The parameter.
 * @param place In [0, 1).
 */
export function valueAt(parameter: Parameter, place: number): string {
  const { domain } = parameter;
  if (domain.kind === "choice") return domain.values[Math.floor(place * domain.values.length)]!;
  return String(isWhole(parameter) ? wholeAt(domain, place) : rangeAt(domain, place));
}

/** The position of a number in a range. */
function placeOf({ kind, low, high }: Range, value: number): number {
  return kind === "log" ? (log(value) - log(low)) / (log(high) - log(low)) : (value - low) / (high - low);
}
