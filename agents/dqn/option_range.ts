/**
 * The values that an option may have.
 *
 * @module
 */

/**
 * Which values an option may have: plain data, and the check that follows from it.
 *
 * @typeParam T The type of the values.
 */
export interface OptionRange<T> {
  /** The kind of the values; `numbers` is a list of whole numbers, `layers` one of convolution layers. */
  readonly kind: "whole" | "number" | "switch" | "choice" | "numbers" | "layers" | "schedule";
  /** The smallest number; with `isOpen`, the number that it must exceed. */
  readonly min: number;
  /** The largest number. */
  readonly max: number;
  /** Whether `min` itself is out of range. */
  readonly isOpen: boolean;
  /** The words of a choice, in the order to show them. */
  readonly choices: readonly string[];
  /** Whether the value may be undefined. */
  readonly isOptional: boolean;
  /** The type, to follow "must be". */
  readonly type: string;
  /** The values allowed, to follow "must be". */
  readonly rule: string;
  /** Whether a value has the right type, in range or not. */
  readonly isOfType: (value: unknown) => boolean;
  /** Whether a value is allowed. */
  readonly accepts: (value: unknown) => value is T;
}
