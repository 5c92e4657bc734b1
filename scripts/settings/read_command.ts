import { print } from "../cli/print.ts";
import { type CommandLine, type Flag, isOn, readCommandLine } from "../cli/command_line.ts";
import { refuseWords } from "../cli/flag_value.ts";
import { helpText } from "./help.ts";

const HELP: Flag = { name: "--help", help: "print this help (-h)" };
const FLAGS_ALONE = "[flags]";

/**
 * Reads the command line of a command, whose flags `--help` is one of.
 *
 * @param args The arguments.
 * @param flags Every other flag.
 * @param command As in `train`.
 * @param operands What follows the command; by default nothing but flags.
 * @param more What follows the help.
 * @returns The command line; undefined if it asked for help, which has been printed.
 * @throws {UsageError} If a flag is unknown, lacks its value, or is there twice, or a word is there and no operand is.
 */
export function readCommand(
  args: readonly string[],
  flags: readonly Flag[],
  command: string,
  operands: string = FLAGS_ALONE,
  more: () => string = () => "",
): CommandLine | undefined {
  const all = [...flags, HELP];
  const line = readCommandLine(args, all);
  if (isOn(line, "help")) {
    print(helpText(command, operands, all) + more());
    return undefined;
  }
  if (operands === FLAGS_ALONE) refuseWords(line);
  return line;
}
