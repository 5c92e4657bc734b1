import { refusal } from "./values/describe.ts";
import type { MultiDiscrete } from "./spaces/multi_discrete.ts";

/** The copies, for messages. */
interface Copies {
  readonly id: string;
  readonly count: number;
}

/** Throws unless a seed gives a valid seed for each copy. */
export function requireSeeds({ id, count }: Copies, seed: number | bigint): void {
  const action = `reset ${count} copies of ${id}`;
  if (typeof seed !== "number" && typeof seed !== "bigint") {
    throw refusal(TypeError, action, "seed must be a whole number", seed);
  }
  const last = typeof seed === "bigint" ? seed : seed + count - 1;
  if (
    seed < 0 || (typeof last === "number" && !(Number.isSafeInteger(seed) && Number.isSafeInteger(last)))
  ) {
    const expected =
      "seed must be a whole number from 0, with the copies' number at most 2^53 - 1 (or a bigint)";
    throw refusal(RangeError, action, expected, seed);
  }
}

/** Checks a Discrete action for each copy, before any copy moves. */
export function requireChoices(
  copies: Copies,
  actions: ArrayLike<number>,
  { first, last }: { readonly first: number; readonly last: number },
): void {
  requireLength(copies, actions, copies.count);
  for (let i = 0; i < actions.length; i++) {
    const value = actions[i]!;
    if (value >= first && value <= last && Number.isInteger(value)) continue;
    const expected = `action ${i} must be a whole number from ${first} to ${last}`;
    refuse(copies, expected, value, Number.isInteger(value) ? RangeError : TypeError);
  }
}

/** Checks a Box action for each copy, and splits the actions into vectors, before any copy moves. */
export function takeVectors(
  copies: Copies,
  actions: ArrayLike<number>,
  vectors: readonly Float32Array[],
): void {
  const width = vectors[0]!.length;
  requireLength(copies, actions, copies.count * width);
  for (let i = 0; i < actions.length; i++) {
    const value = actions[i]!;
    if (!Number.isFinite(Math.fround(value))) refuse(copies, `action element ${i} must be finite`, value);
  }
  for (let i = 0, at = 0; i < vectors.length; i++) {
    for (let j = 0; j < width; j++, at++) vectors[i]![j] = actions[at]!;
  }
}

/** Checks a MultiDiscrete action for each copy, and splits the actions into vectors, before any copy moves. */
export function takeParts(
  copies: Copies,
  actions: ArrayLike<number>,
  { nvec, start }: MultiDiscrete,
  vectors: readonly Int32Array[],
): void {
  const width = nvec.length;
  requireLength(copies, actions, copies.count * width);
  for (let i = 0; i < actions.length; i++) {
    const value = actions[i]!;
    const first = start[i % width]!;
    const last = first + nvec[i % width]! - 1;
    if (value >= first && value <= last && Number.isInteger(value)) continue;
    const expected = `action element ${i} must be a whole number from ${first} to ${last}`;
    refuse(copies, expected, value, Number.isInteger(value) ? RangeError : TypeError);
  }
  for (let i = 0, at = 0; i < vectors.length; i++) {
    for (let j = 0; j < width; j++, at++) vectors[i]![j] = actions[at]!;
  }
}

function requireLength(copies: Copies, actions: ArrayLike<number>, length: number): void {
  if (actions.length !== length) refuse(copies, `actions must be of length ${length}`, actions);
}

function refuse(
  { id, count }: Copies,
  expected: string,
  value: unknown,
  kind: typeof TypeError | typeof RangeError = RangeError,
): never {
  throw refusal(kind, `step ${count} copies of ${id}`, expected, value);
}
