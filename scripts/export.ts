/**
 * The command that writes the policy of a run folder as an ONNX file.
 *
 * ```sh
 * deno task export runs/CartPole-v1/dqn-seed0 --out policy.onnx
 * deno run -RW jsr:@bellman/dqn/export runs/CartPole-v1/dqn-seed0 --out policy.onnx
 * ```
 *
 * @module
 */

import { printLine } from "./cli/print.ts";
import type { Flag } from "./cli/command_line.ts";
import { ENV_FILE_FLAGS } from "./run_folder/env_source.ts";
import { oneFolder } from "./cli/flag_value.ts";
import { readCommand } from "./settings/read_command.ts";
import { warnOfFiles } from "./run_folder/check_files.ts";
import { listInRun } from "./run_folder/list_in_run.ts";
import { loadSettings, POLICY_FILES, readTensors } from "./run_folder/load_policy.ts";
import { familyOf } from "./settings/agents.ts";
import type { Settings } from "./settings/settings.ts";
import { policyOnnx } from "./run/policy_onnx.ts";
import { attempt, exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { writeFile } from "./cli/write_file.ts";

const FLAGS: readonly Flag[] = [
  { name: "--out", placeholder: "FILE", help: "file to write (default: policy.onnx in the run folder)" },
  ...ENV_FILE_FLAGS,
];

/**
 * Exports the policy of a run. Training writes the same file itself; this command is for runs without it, and for other
 * paths.
 *
 * @param args The arguments: a run folder and flags.
 * @returns The exit code, 0.
 * @throws {Error} If something on the command line or in the run folder is wrong, or the file cannot be written.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/export";
 *
 * await main(["runs/CartPole-v1/dqn-seed0", "--out", "policy.onnx"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "export", { words: "RUN" });
  if (line === undefined) return 0;
  const folder = oneFolder(line, "export");
  const out = line.values.get("out") ?? `${folder}/policy.onnx`;
  if (!/\.onnx$/i.test(out)) throw new UsageError(`Cannot export: --out must end in .onnx, got ${out}`);
  const settings = await loadSettings(folder, line);
  const bytes = exported(folder, settings);
  await listInRun(out, () => attempt(() => writeFile(out, bytes)));
  await warnOfFiles(folder, POLICY_FILES);
  printLine(out);
  return 0;
}

function exported(folder: string, settings: Settings): Uint8Array {
  if (familyOf(settings.agent).policy !== "network") {
    throw new UsageError(`Cannot export ${folder}: the agent must have a network, got ${settings.agent}`);
  }
  const path = `${folder}/policy.safetensors`;
  const { tensors, step } = readTensors(path, settings);
  return attempt(() => policyOnnx(settings, { tensors, step }), `Cannot read ${path}: `);
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
