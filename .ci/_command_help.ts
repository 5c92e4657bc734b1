import { ROOT } from "./_package_copy.ts";
import config from "../deno.json" with { type: "json" };

/** A flag as `--help` describes it. */
export interface HelpFlag {
  /** Its name, such as `--seed`. */
  name: string;
  /** Its placeholder, such as `N`; empty for switches. */
  placeholder: string;
  /** Its description. */
  help: string;
}

/** The help of a command. */
export interface CommandHelp {
  /** Its name, such as `train`. */
  command: string;
  /** The text after `deno task`, such as `train [flags]`. */
  usage: string;
  /** Its flags, in order. */
  flags: HelpFlag[];
}

/**
 * Parses the output of `--help`.
 *
 * @param command The command, such as `train`.
 * @param text The output.
 * @returns Its parts.
 */
export function parseHelp(command: string, text: string): CommandHelp {
  const [usage = "", list = ""] = text.split("\n\n"); // what comes after a second empty line is of no flag
  const flags: HelpFlag[] = [];
  for (const line of list.split("\n")) {
    const [, name, placeholder = "", help = ""] =
      /^ {2}(--[a-z0-9-]+)(?: (\S+))?(?: {2,}(.*))?$/.exec(line) ??
        [];
    const flag = flags.at(-1);
    if (name !== undefined) flags.push({ name, placeholder, help });
    else if (flag !== undefined) flag.help = `${flag.help} ${line.trim()}`.trim();
  }
  return { command, usage: usage.replace("Usage: deno task ", ""), flags };
}

/** The help of every command, the scripts among the entry points. */
export async function commandHelps(): Promise<CommandHelp[]> {
  const helps = [];
  for (const [entry, path] of Object.entries(config.exports)) {
    if (!path.startsWith("./scripts/")) continue;
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", path, "--help"],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    helps.push(parseHelp(entry.slice("./".length), new TextDecoder().decode(stdout)));
  }
  return helps;
}
