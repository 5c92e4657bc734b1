/**
 * The command that plays the policy of a run folder.
 *
 * ```sh
 * deno task evaluate runs/CartPole-v1/dqn-seed0 --episodes 100
 * ```
 *
 * @module
 */

import {
  type Agent,
  evaluate,
  type Evaluation,
  GreedyPolicy,
  RandomAgent,
  randomStream,
} from "../agents/mod.ts";
import { Discrete, type Env, makeEnv } from "../envs/mod.ts";
import { buildWithKernels, decodeSafetensors, Mlp } from "../nn/mod.ts";
import { type Flag, isOn, readCommandLine, readSettings } from "./_command_line.ts";
import { helpText } from "./_help.ts";
import { integerOption, type Option } from "./_option.ts";
import { readFile, readJsonFile } from "./_read_file.ts";
import { isVectorEnv } from "./_run.ts";
import type { Settings } from "./_settings.ts";
import { exitCodeOf, UsageError } from "./_usage_error.ts";

const FLAGS: readonly Flag[] = [
  { name: "--episodes", placeholder: "N", help: "greedy episodes to play (default: 100)" },
  { name: "--seed", placeholder: "N", help: "seed of the environment (default: one of the run's own)" },
  { name: "--json", help: "print the result as JSON" },
  { name: "--help", help: "print this" },
];

/**
 * Evaluates as the command line says.
 *
 * @param args The arguments: a run folder and flags.
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
export function main(args: readonly string[]): number {
  const line = readCommandLine(args, FLAGS);
  if (isOn(line, "help")) {
    console.log(helpText("evaluate", "RUN [flags]", FLAGS));
    return 0;
  }
  const [folder, ...others] = line.words;
  if (folder === undefined || others.length > 0) {
    throw new UsageError(
      `Cannot evaluate: one run folder must be given, got ${line.words.length}; see --help`,
    );
  }
  const episodes = integer(line.values.get("episodes"), "--episodes", integerOption(1, "")) ?? 100;
  const settings = readSettings({ values: new Map(), words: [] }, readJsonFile(`${folder}/config.json`));
  const seed = integer(line.values.get("seed"), "--seed", integerOption(0, "")) ??
    randomStream(settings.seed, "evaluate").nextUint32();
  const result = play(folder, settings, { episodes, seed });
  const { mean, std, min, max } = result;
  if (isOn(line, "json")) console.log(JSON.stringify({ episodes, seed, mean, std, min, max }, null, 2));
  else {
    console.log(
      `${settings.env}, ${settings.agent}, ${episodes} greedy ${episodes === 1 ? "episode" : "episodes"}`,
    );
    console.log(`mean ${mean.toFixed(1)}, std ${std.toFixed(1)}, min ${min}, max ${max}`);
  }
  return 0;
}

function integer(text: string | undefined, flag: string, option: Option<number>): number | undefined {
  if (text === undefined) return undefined;
  const value = option.parse(text);
  if (value === undefined) {
    throw new UsageError(`Cannot evaluate: ${flag} must be ${option.rule}, got ${text}`);
  }
  return value;
}

function play(folder: string, settings: Settings, options: { episodes: number; seed: number }): Evaluation {
  const env = makeEnv(settings.env);
  if (settings.agent === "random") {
    return evaluate(env, new RandomAgent(env, settings), options);
  }
  if (!isVectorEnv(env)) throw new UsageError(`Cannot evaluate: ${settings.env} has no policy of a network`);
  return evaluate(env, readPolicy(`${folder}/policy.safetensors`, settings, env), options);
}

function readPolicy(
  path: string,
  settings: Settings,
  env: Env<Float32Array, number>,
): Pick<Agent<Float32Array, number>, "act"> {
  const bytes = readFile(path);
  const { observationSpace, actionSpace } = env;
  const length = observationSpace.sample().length;
  const [first, count] = actionSpace instanceof Discrete ? [actionSpace.start, actionSpace.n] : [0, 0];
  const sizes = [length, ...settings.hidden, count];
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    for (const name of ["env", "agent"] as const) {
      if (metadata[name] === settings[name]) continue;
      throw new TypeError(`its ${name} must be the run's, ${settings[name]}, got ${metadata[name]}`);
    }
    const spoiled = tensors.find(({ data }) => !data.every(Number.isFinite));
    if (spoiled !== undefined) {
      throw new RangeError(`every weight must be finite, got others in ${spoiled.name}`);
    }
    const policy = buildWithKernels(
      (kernels) => new GreedyPolicy(new Mlp(sizes, kernels), kernels, first),
      settings.kernel ?? undefined,
    );
    policy.network.setTensors(tensors);
    return policy;
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

if (import.meta.main) Deno.exit(await exitCodeOf(() => main(Deno.args)));
