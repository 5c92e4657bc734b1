/**
 * Checks of the spaces that a wrapper needs.
 *
 * @module
 */

import { Box } from "./box.ts";
import type { Space } from "./space.ts";

/** A space as a Box. */
export function requireBox(action: string, name: string, space: Space<unknown>): Box {
  if (space instanceof Box) return space;
  throw new TypeError(`Cannot ${action}: ${name} must be a Box, got ${space}`);
}

/** The name of an element of a Box in error messages. */
export function elementName(box: Box, index: number): string {
  const name = box.names?.[index];
  return name === undefined ? `element ${index}` : `element ${index}, ${name},`;
}
