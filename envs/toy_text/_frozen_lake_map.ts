/**
 * Maps of FrozenLake.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { didYouMean } from "../values/nearest_name.ts";

/** The maps of `gymnasium/envs/toy_text/frozen_lake.py`. */
const MAPS: Readonly<Record<string, readonly string[]>> = {
  "4x4": ["SFFF", "FHFH", "FFFH", "HFFG"],
  "8x8": ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"],
};

/** The map with a given name. */
export function mapByName(id: string, name: unknown): readonly string[] {
  const names = Object.keys(MAPS);
  const expected = `mapName must be one of ${names.join(", ")}`;
  if (typeof name !== "string") throw refusal(TypeError, `make ${id}`, expected, name);
  if (!names.includes(name)) {
    const error = refusal(RangeError, `make ${id}`, expected, name);
    error.message += didYouMean(name, names);
    throw error;
  }
  return MAPS[name]!;
}

/** The caller's map, checked and copied. */
export function requireMap(id: string, desc: unknown): readonly string[] {
  const action = `make ${id}`;
  if (!Array.isArray(desc)) throw refusal(TypeError, action, "desc must be an array of rows of text", desc);
  const rows: string[] = [];
  for (const [i, row] of desc.entries()) {
    if (typeof row !== "string") throw refusal(TypeError, action, `row ${i} of desc must be text`, row);
    rows.push(row);
  }
  const width = rows[0]?.length ?? 0;
  if (width === 0) throw refusal(RangeError, action, "desc must have a row with at least one letter", desc);
  for (const [i, row] of rows.entries()) {
    if (row.length !== width) {
      throw refusal(RangeError, action, `row ${i} of desc must have ${width} letters as row 0 has`, row);
    }
    const letter = /[^SFHG]/.exec(row)?.[0];
    if (letter !== undefined) {
      const expected = `row ${i} of desc must be of S (start), F (frozen), H (hole) and G (goal)`;
      throw refusal(RangeError, action, expected, letter);
    }
  }
  for (const [letter, name] of [["S", "start"], ["G", "goal"]] as const) {
    if (!rows.some((row) => row.includes(letter))) {
      throw refusal(RangeError, action, `desc must have a ${name} (${letter})`, rows.join("/"));
    }
  }
  return rows;
}
