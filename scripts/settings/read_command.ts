import { print } from "../cli/print.ts";
import { type CommandLine, type Flag, isOn, readCommandLine } from "../cli/command_line.ts";
import { refuseWords } from "../cli/flag_value.ts";
import { helpText } from "./help.ts";

const HELP: Flag = { name: "--help", help: "print this help (-h)" };

/** The arguments of a command besides flags, as `--help` shows them. */
export interface Usage {
  /** The words, such as `RUN`; without any, every word is refused. */
  readonly words?: string;
  /** The flags that must be given. */
  readonly needs?: string;
  /** Returns the text after the list of flags. */
  readonly more?: () => string;
}

/**
 * Reads the command line of a command, which always has `--help`.
 *
 * @param args The arguments.
 * @param flags Every other flag.
 * @param command The command, such as `train`.
 * @param usage The arguments besides flags.
 * @returns The command line; undefined if it asked for help, which has been printed.
 * @throws {UsageError} If a flag is unknown, lacks its value, or is given twice, or a word is given to a command without operands.
 */
export function readCommand(
  args: readonly string[],
  flags: readonly Flag[],
  command: string,
  usage: Usage = {},
): CommandLine | undefined {
  const { words, needs, more } = usage;
  const all = [...flags, HELP];
  const line = readCommandLine(args, all);
  if (isOn(line, "help")) {
    const operands = [words, needs, "[flags]"].filter((part) => part !== undefined);
    print(helpText(command, operands.join(" "), all) + (more?.() ?? ""));
    return undefined;
  }
  if (words === undefined) refuseWords(line);
  return line;
}
