/**
 * Which values an option may have.
 *
 * @module
 */

/**
 * Which values an option may have: plain data, and the check that follows from it.
 *
 * @typeParam T The type of the values.
 */
export interface OptionRange<T> {
  /** What the values are; `numbers` are whole, in a list. */
  readonly kind: "whole" | "number" | "switch" | "choice" | "numbers" | "schedule";
  /** The least number, or with `isOpen` the one it must be above. */
  readonly min: number;
  /** The largest number. */
  readonly max: number;
  /** Whether `min` itself is out of range. */
  readonly isOpen: boolean;
  /** The words of a choice, in the order to show them. */
  readonly choices: readonly string[];
  /** Whether there may be no value at all, undefined. */
  readonly isOptional: boolean;
  /** The type, to follow "must be". */
  readonly type: string;
  /** The values allowed, to follow "must be". */
  readonly rule: string;
  /** Whether a value has the right type, be it in range or not. */
  readonly isOfType: (value: unknown) => boolean;
  /** Whether a value is allowed. */
  readonly accepts: (value: unknown) => value is T;
}
