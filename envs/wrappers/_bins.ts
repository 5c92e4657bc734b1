import { refusal } from "../values/describe.ts";
import { elementName } from "../spaces/require_space.ts";
import type { Box } from "../spaces/box.ts";

/** The number of choices in each dimension of a bounded Box, whole numbers from 2; the message begins with "Cannot `action`". */
export function countsOf(action: string, box: Box, choices: unknown): number[] {
  const length = box.low.length;
  if (Array.isArray(choices) && choices.length !== length) {
    throw refusal(RangeError, action, `choices must be of length ${length}`, choices);
  }
  return Array.from(box.low, (low, i) => {
    const count: unknown = Array.isArray(choices) ? choices[i] : choices;
    const expected = `choices of ${elementName(box, i)} must be a whole number from 2`;
    if (typeof count !== "number" || !Number.isSafeInteger(count)) {
      throw refusal(TypeError, action, expected, count);
    }
    if (count < 2) throw refusal(RangeError, action, expected, count);
    if (!(box.high[i]! - low < Infinity)) {
      throw new RangeError(
        `Cannot ${action}: bounds of ${elementName(box, i)} must be finite, got ${low} and ${box.high[i]}`,
      );
    }
    return count;
  });
}

/** The choices of one dimension: evenly spaced from the lower bound to the upper. */
export function choicesOf(box: Box, dimension: number, count: number): number[] {
  const [low, high] = [box.low[dimension]!, box.high[dimension]!];
  return Array.from({ length: count }, (_, j) => low + (high - low) * j / (count - 1));
}

/** A choice as text. */
export function choiceText(value: number): string {
  return String(Number(value.toPrecision(6)));
}
