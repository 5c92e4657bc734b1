/**
 * Commands as text.
 *
 * @module
 */

import { shellWord } from "../../scripts/values/shell_word.ts";

/** Flags of a command, without their dashes, in order. */
export type Flags = Readonly<Record<string, string>>;

/** A command with flags, such as `deno task train --seed 0`; a flag with an empty text has no value. */
export function commandText(task: string, flags: Flags): string {
  const parts = Object.entries(flags).map(([name, value]) =>
    value === "" ? `--${name}` : `--${name} ${shellWord(value)}`
  );
  return ["deno task", task, ...parts].join(" ");
}
