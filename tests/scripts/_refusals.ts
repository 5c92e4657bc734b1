import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Outcome, runScript } from "./_process.ts";

/** What stands between the outputs of two lines of arguments. */
export const MARK = "\u{1}";

/**
 * Checks that a command refuses each of these lines of arguments with exit code 2 and one line on stderr that contains a text,
 * and prints nothing else. The first line is run as a user would, and again with all others in one process: starting one takes
 * longer than refusing.
 *
 * @param command The command, as in `train`.
 * @param bad The lines, each with the text.
 * @param options The folder and the permissions.
 */
export async function assertRefusals(
  command: string,
  bad: readonly (readonly [args: readonly string[], message: string])[],
  options: { cwd: string; permissions?: readonly string[] },
): Promise<void> {
  const lines = bad.map(([args]) => args);
  const outcomes = await runEach(command, lines, options);
  assertEquals(await runScript(`${command}.ts`, lines[0]!, options), outcomes[0]);
  for (const [i, [args, message]] of bad.entries()) {
    const { code, stdout, stderr } = outcomes[i]!;
    assertEquals([code, stdout], [2, ""], `${args.join(" ")}: ${stderr}`);
    assertStringIncludes(stderr, message);
    assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
  }
}

/** Runs a command with each of these lines of arguments in one process. */
async function runEach(
  command: string,
  lines: readonly (readonly string[])[],
  options: { cwd: string; permissions?: readonly string[] },
): Promise<Outcome[]> {
  const driver = "../tests/scripts/_run_each.ts";
  const { stdout, stderr } = await runScript(driver, [command, JSON.stringify(lines)], options);
  const [printed, said] = [stdout, stderr].map((text) => text.split(`${MARK}\n`));
  assertEquals([printed!.length, said!.length], [lines.length + 1, lines.length + 1], stderr);
  assertEquals([printed!.at(-1), said!.at(-1)], ["", ""]);
  return lines.map((_, i) => {
    const [, text, code] = /^([\s\S]*?)(\d+)$/.exec(said![i]!) ?? [];
    return { code: Number(code), stdout: printed![i]!, stderr: text! };
  });
}
