import { assertEquals } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { type PreparedRun, prepareRun } from "../../../scripts/run/run.ts";
import { readSettings, SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";

/** The run that a printed `deno task train` stands for, read as the command reads it. */
export function runOfCommand(command: string): PreparedRun {
  const words = (command.trim().match(/'[^']*'|[^ ]+/g) ?? []).map((word) => word.replaceAll("'", ""));
  assertEquals(words.slice(0, 3), ["deno", "task", "train"]);
  return prepareRun(readSettings(readCommandLine(words.slice(3), SETTING_FLAGS)));
}
