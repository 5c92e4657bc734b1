/**
 * The command that plays the policy of a run folder, or of an ONNX file.
 *
 * ```sh
 * deno task evaluate runs/CartPole-v1/dqn-seed0 --episodes 100
 * deno task evaluate --policy policy.onnx --runtime onnxruntime
 * deno task evaluate --policy from_pytorch.onnx --env CartPole-v1
 * deno run -R jsr:@bellman/dqn/evaluate runs/CartPole-v1/dqn-seed0 --episodes 100
 * ```
 *
 * @module
 */

import { print, printLine } from "./cli/print.ts";
import { evaluate, randomStream } from "../agents/mod.ts";
import { type Flag, isOn } from "./cli/command_line.ts";
import { evaluationText } from "./train/evaluation_text.ts";
import { flagValue } from "./cli/flag_value.ts";
import { ENV_FILE_FLAGS } from "./run_folder/env_source.ts";
import { readCommand } from "./settings/read_command.ts";
import { warnOfFiles } from "./run_folder/check_files.ts";
import { loadPolicy, POLICY_FILES } from "./run_folder/load_policy.ts";
import {
  loadOnnx,
  playAndClose,
  POLICY_ENV_FLAG,
  POLICY_FLAGS,
  requirePolicy,
} from "./run_folder/load_onnx.ts";
import { integerOption } from "./cli/option.ts";
import { episodesText } from "./settings/episodes_text.ts";
import { exitCodeOf, UsageError } from "./cli/usage_error.ts";

const FLAGS: readonly Flag[] = [
  ...POLICY_FLAGS,
  { name: "--episodes", placeholder: "N", help: "greedy episodes to play (default: 100)" },
  {
    name: "--seed",
    placeholder: "N",
    help: "seed of the environment (default: derived from the run's seed)",
  },
  { name: "--json", help: "print the result as JSON" },
  POLICY_ENV_FLAG,
  ...ENV_FILE_FLAGS.filter(({ name }) => name !== "--env"),
];

/**
 * Evaluates the policy that the command line names.
 *
 * @param args The arguments: a run folder or `--policy`, and flags.
 * @returns The exit code, 0.
 * @throws {Error} If something on the command line or in the run folder is wrong.
 *
 * @example Usage
 * ```ts ignore
 * import { main } from "@bellman/dqn/evaluate";
 *
 * await main(["runs/CartPole-v1/dqn-seed0", "--episodes", "10"]);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  const line = readCommand(args, FLAGS, "evaluate", { words: "RUN" });
  if (line === undefined) return 0;
  const file = line.values.get("policy");
  const [folder] = line.words;
  if (line.words.length !== (file === undefined ? 1 : 0)) {
    const got = line.words.length + (file === undefined ? 0 : 1);
    throw new UsageError(`Cannot evaluate: one run folder or --policy must be given, got ${got}; see --help`);
  }
  requirePolicy(line, "evaluate");
  const episodes = flagValue(line, "episodes", integerOption(1, ""), 100);
  const asked = flagValue(line, "seed", integerOption(0, ""), undefined);
  const loaded = file === undefined ? await loadPolicy(folder!, line) : await loadOnnx(file, line);
  if (folder !== undefined) await warnOfFiles(folder, POLICY_FILES);
  const { settings, env, policy } = loaded;
  const seed = asked ?? randomStream(settings.seed, "evaluate").nextUint32();
  const evaluation = playAndClose(loaded, () => evaluate(env, policy, { episodes, seed }));
  if (isOn(line, "json")) {
    const { mean, std, min, max } = evaluation;
    print(JSON.stringify({ episodes, seed, mean, std, min, max }, null, 2));
  } else {
    printLine(`${settings.env}, ${loaded.name ?? settings.agent}, ${episodesText(episodes, settings.agent)}`);
    const { mean, std, min, max } = evaluationText(evaluation);
    print(`mean ${mean}, std ${std}, min ${min}, max ${max}`);
  }
  return 0;
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
