import { assertEquals } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { type PreparedRun, prepareRun } from "../../../scripts/run/run.ts";
import { readSettings, SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { inFolder, runScript } from "../../scripts/_process.ts";

/** The run that a printed `deno task train` stands for, read as the command reads it. */
export function runOfCommand(command: string): PreparedRun {
  const words = wordsOf(command);
  assertEquals(words.slice(0, 3), ["deno", "task", "train"]);
  return prepareRun(readSettings(readCommandLine(words.slice(3), SETTING_FLAGS)));
}

/** What the printed commands print, each run as a user would but without pictures, one after the other in a folder of their own. */
export async function outputsOfCommands(commands: string): Promise<string[]> {
  const outputs: string[] = [];
  await inFolder(async (cwd) => {
    for (const command of commands.trim().split("\n")) {
      const [deno, task, name, ...args] = wordsOf(command);
      assertEquals([deno, task], ["deno", "task"]);
      const { code, stdout, stderr } = await runScript(
        `${name}.ts`,
        name === "train" ? [...args, "--skip-pictures"] : args,
        { cwd },
      );
      assertEquals([code, stderr], [0, ""]);
      outputs.push(stdout);
    }
  });
  return outputs;
}

function wordsOf(command: string): string[] {
  return (command.trim().match(/'[^']*'|[^ ]+/g) ?? []).map((word) => word.replaceAll("'", ""));
}
