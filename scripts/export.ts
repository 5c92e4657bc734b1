/**
 * The command that writes the policy of a run folder, or of another program's ONNX file, as an ONNX file, or its weights for PyTorch.
 *
 * ```sh
 * deno task export runs/CartPole-v1/dqn-seed0 --out policy.onnx
 * deno task export runs/CartPole-v1/dqn-seed0 --format pytorch # writes policy-pytorch.safetensors
 * deno task export --policy from_pytorch.onnx --env CartPole-v1 --out policy.onnx
 * deno run -RW jsr:@bellman/dqn/export runs/CartPole-v1/dqn-seed0 --out policy.onnx
 * ```
 *
 * @module
 */

import { printLine } from "./cli/print.ts";
import { spaceMetadata } from "../agents/mod.ts";
import { Box } from "../envs/mod.ts";
import {
  addOnnxMetadata,
  decodeOnnx,
  encodeOnnx,
  encodeSafetensors,
  type OnnxPolicyFile,
  pytorchTensors,
} from "../nn/mod.ts";
import type { CommandLine, Flag } from "./cli/command_line.ts";
import { ENV_FILE_FLAGS } from "./run_folder/env_source.ts";
import { flagValue, oneFolder } from "./cli/flag_value.ts";
import { choiceOption } from "./cli/option.ts";
import { readCommand } from "./settings/read_command.ts";
import { warnOfFiles } from "./run_folder/check_files.ts";
import { listInRun } from "./run_folder/list_in_run.ts";
import {
  type LoadedOnnx,
  loadOnnx,
  playAndClose,
  POLICY_ENV_FLAG,
  POLICY_FLAGS,
  requirePolicy,
} from "./run_folder/load_onnx.ts";
import { loadSettings, POLICY_FILES, readTensors } from "./run_folder/load_policy.ts";
import { familyOf } from "./settings/agents.ts";
import type { Settings } from "./settings/settings.ts";
import { policyOnnx } from "./run/policy_onnx.ts";
import { attempt, exitCodeOf, UsageError } from "./cli/usage_error.ts";
import { writeFile } from "./cli/write_file.ts";

const FORMATS = ["onnx", "pytorch"] as const;
const FORMAT = choiceOption(FORMATS, "");
/** The extension of a file of each format. */
const ENDINGS: Readonly<Record<typeof FORMATS[number], string>> = { onnx: ".onnx", pytorch: ".safetensors" };

const FLAGS: readonly Flag[] = [
  {
    name: "--out",
    placeholder: "FILE",
    help: "file to write (default: policy.onnx or policy-pytorch.safetensors in the run folder)",
  },
  {
    name: "--format",
    placeholder: FORMAT.placeholder,
    help:
      "onnx; pytorch, the weights as a safetensors file with the names and shapes of nn.Linear in nn.Sequential (default: onnx)",
  },
  ...POLICY_FLAGS.filter(({ name }) => name !== "--runtime"),
  POLICY_ENV_FLAG,
  ...ENV_FILE_FLAGS.filter(({ name }) => name !== "--env"),
];

/**
 * Exports the policy of a run. Training writes the same file itself; this command is for runs without it, and for other
 * paths. With `--policy` it exports an ONNX file of any program: a multilayer perceptron as this library writes its own,
 * anything else as it is, with the environment and the output in its metadata.
 *
 * @param args The arguments: a run folder or `--policy`, and flags.
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
  requirePolicy(line, "export");
  const file = line.values.get("policy");
  if (file !== undefined) return await exportFile(file, line);
  const folder = oneFolder(line, "export");
  const format = formatOf(line);
  const out = line.values.get("out") ??
    `${folder}/${format === "onnx" ? "policy.onnx" : "policy-pytorch.safetensors"}`;
  requireEnding(out, format);
  const settings = await loadSettings(folder, line);
  const onnx = exported(folder, settings);
  const bytes = format === "onnx"
    ? onnx
    : attempt(() => pytorchFile(decodeOnnx(onnx)), `Cannot export ${folder}: `);
  await listInRun(out, () => attempt(() => writeFile(out, bytes)));
  await warnOfFiles(folder, POLICY_FILES);
  printLine(out);
  return 0;
}

/** Exports another program's policy. */
async function exportFile(file: string, line: CommandLine): Promise<number> {
  const out = line.values.get("out");
  if (line.words.length > 0 || out === undefined) {
    throw new UsageError(
      "Cannot export: --policy needs --out and no run folder, got " +
        (out === undefined ? "no --out" : line.words.join(" ")),
    );
  }
  const format = formatOf(line);
  requireEnding(out, format);
  const loaded = await loadOnnx(file, line);
  playAndClose(loaded, () => {
    const network = loaded.file;
    if (format === "pytorch" && network === undefined) {
      throw new UsageError(`Cannot export ${file}: only a multilayer perceptron can be written for PyTorch`);
    }
    attempt(() => {
      const bytes = format === "onnx" || network === undefined ? onnxWithEnv(loaded) : pytorchFile(network);
      writeFile(out, bytes);
    }, `Cannot export ${file}: `);
  });
  printLine(out);
  return 0;
}

/** The file with its environment in its metadata. */
function onnxWithEnv({ settings, env, file, bytes, output }: LoadedOnnx): Uint8Array {
  const added = {
    env: settings.env,
    ...(env.observationSpace instanceof Box ? spaceMetadata(env.observationSpace, env.actionSpace) : {}),
  };
  if (file === undefined) return addOnnxMetadata(bytes, { ...added, policy_output: output });
  const { config, ...metadata } = file.metadata;
  // The settings of a training in another environment would not fit this one.
  const kept = config === undefined || metadata.env !== settings.env ? {} : { config };
  return encodeOnnx({ ...file, metadata: { ...metadata, ...added, ...kept } });
}

/** The weights for PyTorch; what normalises observations before them is in the metadata. */
function pytorchFile({ architecture, tensors, normalization, metadata }: OnnxPolicyFile): Uint8Array {
  const { env, agent } = metadata;
  return encodeSafetensors({
    metadata: {
      format: "pt", // the key that PyTorch's own files have
      architecture: JSON.stringify(architecture),
      ...(env === undefined ? {} : { env }),
      ...(agent === undefined ? {} : { agent }),
      ...(normalization === undefined ? {} : {
        mean: JSON.stringify([...Float32Array.from(normalization.mean)]),
        std: JSON.stringify([...Float32Array.from(normalization.std)]),
      }),
    },
    tensors: pytorchTensors(architecture, tensors),
  });
}

function formatOf(line: CommandLine): typeof FORMATS[number] {
  return flagValue(line, "format", FORMAT, "onnx");
}

function requireEnding(out: string, format: typeof FORMATS[number]): void {
  const ending = ENDINGS[format];
  if (out.toLowerCase().endsWith(ending)) return;
  throw new UsageError(`Cannot export: --out must end in ${ending}, got ${out}`);
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
