/**
 * Checks of the spaces that a wrapper needs.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { Box } from "./box.ts";
import { isBoxOf } from "./is_box_of.ts";
import type { MultiDiscrete } from "./multi_discrete.ts";
import type { Space } from "./space.ts";

/** A space as a Box of float32. */
export function requireBox(action: string, name: string, space: Space<unknown>): Box {
  if (isBoxOf("float32", space)) return space;
  const kind = space instanceof Box ? "Box of float32" : "Box";
  throw new TypeError(`Cannot ${action}: ${name} must be a ${kind}, got ${space}`);
}

/** A space as one of images: a Box of uint8 with rows, columns and channels, of a given number of channels if there is one. */
export function requireImages(action: string, space: Space<unknown>, channels?: number): Box<"uint8"> {
  if (isBoxOf("uint8", space) && space.shape.length === 3) {
    if (channels === undefined || space.shape[2] === channels) return space;
  }
  const shape = `(rows, columns, ${channels ?? "channels"})`;
  throw new TypeError(`Cannot ${action}: observationSpace must be a Box of uint8, ${shape}, got ${space}`);
}

/** Throws unless an image has the length of its space; the message begins with "Cannot `action`". */
export function requireLength(action: string, observation: ArrayLike<number>, length: number): void {
  if (observation.length === length) return;
  throw refusal(RangeError, action, `observation must be of length ${length}`, observation);
}

/** The name of an element of a Box in error messages. */
export function elementName(box: Box, index: number): string {
  const name = box.names?.[index];
  return name === undefined ? `element ${index}` : `element ${index}, ${name},`;
}

/** Throws unless a value is an element of a MultiDiscrete space; the message begins with "Cannot `action`". */
export function requireParts(
  action: string,
  space: MultiDiscrete,
  value: unknown,
): asserts value is Int32Array {
  if (space.contains(value)) return;
  const { length } = space.nvec;
  if (!(value instanceof Int32Array) || value.length !== length) {
    throw refusal(TypeError, action, `action must be an Int32Array of length ${length}`, value);
  }
  const i = value.findIndex((part, k) => part < space.start[k]! || part >= space.start[k]! + space.nvec[k]!);
  const last = space.start[i]! + space.nvec[i]! - 1;
  throw refusal(
    RangeError,
    action,
    `part ${i} of action must be from ${space.start[i]} to ${last}`,
    value[i],
  );
}
