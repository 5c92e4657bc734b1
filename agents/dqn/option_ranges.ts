import { type ConvolutionLayer, CONVOLUTIONS } from "../../nn/convolution_layers.ts";
import type { Schedule } from "../schedule.ts";
import type { OptionRange } from "./option_range.ts";

const PLAIN = { min: -Infinity, max: Infinity, isOpen: false, choices: [], isOptional: false };

const isNumber = (value: unknown): value is number => typeof value === "number";

/** Whole numbers. */
export function wholeNumber(min: number, max: number = Infinity): OptionRange<number> {
  return {
    ...PLAIN,
    kind: "whole",
    min,
    max,
    type: "a number",
    rule: `a whole number from ${min}${max === Infinity ? "" : ` to ${max}`}`,
    isOfType: isNumber,
    accepts: (value): value is number =>
      isNumber(value) && Number.isSafeInteger(value) && value >= min && value <= max,
  };
}

/** Finite numbers. They must be finite, and above an open limit, in float32 as well, since networks compute in it. */
export function finiteNumber(
  limits: { min?: number; max?: number; isOpen?: boolean } = {},
): OptionRange<number> {
  const { min = -Infinity, max = Infinity, isOpen = false } = limits;
  return {
    ...PLAIN,
    kind: "number",
    min,
    max,
    isOpen,
    type: "a number",
    rule: numberRule(min, max, isOpen),
    isOfType: isNumber,
    accepts: (value): value is number => {
      if (!isNumber(value)) return false;
      const rounded = Math.fround(value);
      return Number.isFinite(rounded) && (isOpen ? rounded > min : value >= min) && value <= max;
    },
  };
}

function numberRule(min: number, max: number, isOpen: boolean): string {
  if (min === -Infinity) return max === Infinity ? "finite" : `finite and at most ${max}`;
  if (max === Infinity) return isOpen ? `finite and above ${min}` : `finite and from ${min}`;
  return `in ${isOpen ? "(" : "["}${min}, ${max}]`;
}

/** True or false. */
export function onOrOff(): OptionRange<boolean> {
  const accepts = (value: unknown): value is boolean => typeof value === "boolean";
  return {
    ...PLAIN,
    kind: "switch",
    type: "true or false",
    rule: "true or false",
    isOfType: accepts,
    accepts,
  };
}

/** One of a few words; any other value is out of range, whatever its type. */
export function oneOf<T extends string>(choices: readonly T[]): OptionRange<T> {
  const rule = `one of ${choices.join(", ")}`;
  return {
    ...PLAIN,
    kind: "choice",
    choices,
    type: rule,
    rule,
    isOfType: () => true,
    accepts: (value): value is T => choices.some((choice) => choice === value),
  };
}

/** A list of whole numbers, each from `min`. */
export function wholeNumbers(min: number): OptionRange<readonly number[]> {
  const one = wholeNumber(min);
  return {
    ...PLAIN,
    kind: "numbers",
    min,
    type: `an array of whole numbers from ${min}`,
    rule: `whole numbers from ${min}`,
    isOfType: Array.isArray,
    accepts: (value): value is readonly number[] => Array.isArray(value) && value.every(one.accepts),
  };
}

/** Convolution layers, at least one. */
export function convolutionLayers(): OptionRange<readonly ConvolutionLayer[]> {
  const one = wholeNumber(1);
  const isLayer = (value: unknown): value is ConvolutionLayer =>
    typeof value === "object" && value !== null && Object.keys(value).length === 3 &&
    ["filters", "kernel", "stride"].every((name) => one.accepts(Reflect.get(value, name)));
  const names = Object.keys(CONVOLUTIONS).join(" or ");
  const rule = `layers { filters, kernel, stride } of whole numbers from 1, or ${names}`;
  return {
    ...PLAIN,
    kind: "layers",
    type: rule,
    rule,
    isOfType: (value) => Array.isArray(value) || typeof value === "string",
    accepts: (value): value is readonly ConvolutionLayer[] =>
      Array.isArray(value) && value.length >= 1 && value.every(isLayer),
  };
}

/** A function of the step; its values are checked when they are used. */
export function schedule(): OptionRange<Schedule> {
  const accepts = (value: unknown): value is Schedule => typeof value === "function";
  const rule = "a schedule, a function of the step";
  return { ...PLAIN, kind: "schedule", min: 0, max: 1, type: rule, rule, isOfType: accepts, accepts };
}

/** The same, or a function of the step. */
export function orSchedule(range: OptionRange<number>): OptionRange<number | Schedule> {
  const { accepts: isSchedule } = schedule();
  return {
    ...range,
    type: `${range.type}, or a schedule`,
    rule: `${range.rule}, or a schedule`,
    isOfType: (value) => range.isOfType(value) || isSchedule(value),
    accepts: (value): value is number | Schedule => range.accepts(value) || isSchedule(value),
  };
}

/** The same, or undefined. */
export function optional<T>(range: OptionRange<T>): OptionRange<T | undefined> {
  return {
    ...range,
    isOptional: true,
    type: range.kind === "switch" ? "true, false or absent" : range.type,
    isOfType: (value) => value === undefined || range.isOfType(value),
    accepts: (value): value is T | undefined => value === undefined || range.accepts(value),
  };
}
