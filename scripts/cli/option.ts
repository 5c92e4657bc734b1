import { type ConvolutionLayer, CONVOLUTIONS, convolutionText, parseConvolution } from "../../nn/mod.ts";
import { jsonCopy } from "../values/json_copy.ts";
import { parsePixels } from "../values/with_pixels.ts";

/** One setting of a run: how it is read from text and from JSON, and its help text. */
export interface Option<T> {
  /** Its value as shown in `--help`; empty for switches. */
  readonly placeholder: string;
  /** Its help text. */
  readonly help: string;
  /** The allowed values, as text that follows "must be". */
  readonly rule: string;
  /** The allowed words, if it is a choice. */
  readonly choices?: readonly string[];
  /** The value of a flag's text; undefined if it is invalid. */
  readonly parse: (text: string) => T | undefined;
  /** The value from a config.json; undefined if it is invalid. */
  readonly accept: (value: unknown) => T | undefined;
}

/** Limits of a number. */
export interface Limits {
  /** The smallest value allowed; with `open`, the value that it must exceed. @default {-Infinity} */
  min?: number;
  /** The largest value allowed. @default {Infinity} */
  max?: number;
  /** Whether `min` itself is not allowed. @default {false} */
  open?: boolean;
}

/** The number in a text; options add 0 to it, since JSON writes -0 as 0. */
function readNumber(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
}

/** A number within limits. */
export function numberOption(limits: Limits, help: string): Option<number> {
  const { min = -Infinity, max = Infinity, open = false } = limits;
  const accept = (value: unknown) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
    return (open ? value > min : value >= min) && value <= max ? value + 0 : undefined;
  };
  const rule = min === -Infinity
    ? max === Infinity ? "a finite number" : `a number up to ${max}`
    : max === Infinity
    ? `a number ${open ? "above" : "from"} ${min}`
    : `a number in ${open ? "(" : "["}${min}, ${max}]`;
  return { placeholder: "X", help, rule, accept, parse: (text) => accept(readNumber(text)) };
}

/** A whole number from `min` to `max`. */
export function integerOption(min: number, help: string, max: number = Infinity): Option<number> {
  const accept = (value: unknown) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max
      ? value + 0
      : undefined;
  const parse = (text: string) => accept(readNumber(text));
  const rule = `a whole number from ${min}${max === Infinity ? "" : ` to ${max}`}`;
  return { placeholder: "N", help, rule, accept, parse };
}

/** The most seconds that a timer can wait: engines count milliseconds in 32 bits, and do not wait at all for more. */
export const MOST_SECONDS = 2_147_483;

/** A whole number of seconds that a timer can wait. */
export function secondsOption(help: string): Option<number> {
  const { parse, accept, ...option } = integerOption(1, help);
  const within = (seconds: number | undefined) =>
    seconds !== undefined && seconds <= MOST_SECONDS ? seconds : undefined;
  return {
    ...option,
    placeholder: "S",
    rule: `a whole number of seconds in [1, ${MOST_SECONDS}]`,
    parse: (text) => within(parse(text)),
    accept: (value) => within(accept(value)),
  };
}

/** An option that may also be absent: `none` on the command line, null in JSON. */
export function optional<T>(option: Option<T>): Option<T | null> {
  return {
    ...option,
    rule: `${option.rule}, or none`,
    parse: (text) => text === "none" ? null : option.parse(text),
    accept: (value) => value === null ? null : option.accept(value),
  };
}

/** A switch. */
export function booleanOption(help: string): Option<boolean> {
  const accept = (value: unknown) => typeof value === "boolean" ? value : undefined;
  const parse = (text: string) => text === "true" ? true : text === "false" ? false : undefined;
  return { placeholder: "", help, rule: "true or false", accept, parse };
}

/** One of a few words. */
export function choiceOption<T extends string>(choices: readonly T[], help: string): Option<T> {
  const accept = (value: unknown) => choices.find((choice) => choice === value);
  return {
    placeholder: choices.join("|"),
    help,
    rule: `one of ${choices.join(", ")}`,
    choices,
    accept,
    parse: accept,
  };
}

/** A SHA-256 in hex. */
export function sha256Option(help: string): Option<string> {
  const accept = (value: unknown) =>
    typeof value === "string" && /^[0-9a-f]{64}$/.test(value) ? value : undefined;
  return { placeholder: "HEX", help, rule: "64 hexadecimal digits", accept, parse: accept };
}

/** Any word. */
export function textOption(placeholder: string, help: string): Option<string> {
  const accept = (value: unknown) => typeof value === "string" && value !== "" ? value : undefined;
  return { placeholder, help, rule: "a name", accept, parse: accept };
}

/** At least `least` whole numbers from 1, comma-separated; `none` for an empty list, if that is allowed. */
export function sizesOption(help: string, least: 0 | 1 = 1): Option<readonly number[]> {
  const accept = (value: unknown) => {
    if (!Array.isArray(value)) return undefined;
    const sizes = value.filter((size) => Number.isSafeInteger(size) && size >= 1).map(Number);
    return sizes.length === value.length && sizes.length >= least ? sizes : undefined;
  };
  return {
    placeholder: "N,N",
    help,
    rule: `whole numbers from 1, separated by commas${least === 0 ? ", or none" : ""}`,
    accept,
    parse: (text) => accept(text === "none" ? [] : text.split(",").map(readNumber)),
  };
}

/** Convolution layers: a name of the library's, or filters, kernel and stride of each. */
export function layersOption(help: string): Option<readonly ConvolutionLayer[]> {
  return {
    placeholder: `${Object.keys(CONVOLUTIONS).join("|")}|FxKsS,FxKsS`,
    help,
    rule: `filters, kernel and stride of each layer, such as ${convolutionText(CONVOLUTIONS.nature)}, or ${
      Object.keys(CONVOLUTIONS).join(" or ")
    }`,
    accept: (value) =>
      Array.isArray(value) && value.every((layer) => typeof layer === "object" && layer !== null)
        ? parseConvolution(convolutionText(value))
        : undefined,
    parse: parseConvolution,
  };
}

/** The size of images, such as `48x64`, kept as text. */
export function pixelsOption(help: string): Option<string> {
  const accept = (value: unknown) =>
    typeof value === "string" && parsePixels(value) !== undefined ? value : undefined;
  return {
    placeholder: "HxW|HxWx3",
    help,
    rule: "rows and columns from 1 to 1024 of gray images, such as 48x64, or with x3 of images in colour",
    accept,
    parse: accept,
  };
}

/** An object of arbitrary values, as JSON that survives a round trip. */
export function objectOption(help: string): Option<Readonly<Record<string, unknown>>> {
  const accept = (value: unknown) => {
    const copy = jsonCopy(value);
    return typeof copy === "object" && copy !== null && !Array.isArray(copy)
      ? Object.fromEntries(Object.entries(copy))
      : undefined;
  };
  const parse = (text: string) => {
    try {
      return accept(JSON.parse(text));
    } catch {
      return undefined;
    }
  };
  return { placeholder: "JSON", help, rule: "a JSON object with finite numbers", accept, parse };
}
