import type { Flag } from "../cli/command_line.ts";
import { flagOf, SETTING_NAMES, textOf } from "./settings.ts";
import { presetSettings } from "./presets.ts";

const WIDTH = 100;

/**
 * The text of `--help`.
 *
 * @param command The command, such as `train`.
 * @param operands The text after the command.
 * @param flags Every flag, in order.
 * @returns Lines of at most 100 columns where no single word is longer.
 */
export function helpText(command: string, operands: string, flags: readonly Flag[]): string {
  const defaults = new Map(SETTING_NAMES.map((name) => [flagOf(name), textOf(presetSettings({})[name])]));
  const left = flags.map(({ name, placeholder }) =>
    placeholder === undefined ? name : `${name} ${placeholder}`
  );
  const indent = Math.min(28, Math.max(...left.map((text) => text.length))) + 4;
  const lines = flags.flatMap(({ name, help }, i) => {
    const value = defaults.get(name);
    const text = value === undefined || help.includes("(default: ") ? help : `${help} (default: ${value})`;
    const first = `  ${left[i]!}`;
    const wrapped = wrap(text, WIDTH - indent);
    if (first.length > indent - 2) return [first, ...wrapped.map((part) => " ".repeat(indent) + part)];
    return wrapped.map((part, j) => (j === 0 ? first.padEnd(indent) : " ".repeat(indent)) + part);
  });
  return [`Usage: deno task ${command} ${operands}`, "", ...lines].join("\n");
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
