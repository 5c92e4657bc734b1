import { printError } from "../cli/print.ts";
import { type CommandLine, type Flag, readCommandLine } from "../cli/command_line.ts";
import { jsonObject } from "../values/json_object.ts";
import { freeFolder, openOutput, type Output } from "../cli/output_folder.ts";
import { VERSION } from "../values/package.ts";
import { envFrom } from "../run_folder/config_json.ts";
import { type EnvSource, envSourceOf, storedEnv } from "../run_folder/env_source.ts";
import { envFolder } from "../settings/env_name.ts";
import { readJsonFile } from "../cli/read_file.ts";
import { requireFile, sealOutput } from "../run_folder/sealed_output.ts";
import { UsageError } from "../cli/usage_error.ts";
import { planSweep } from "./plan_sweep.ts";
import { runSettings, type SweepPlan } from "./sweep_plan.ts";
import { reasonOf } from "../values/reason_of.ts";

/** A sweep with its folder. */
export interface OpenSweep {
  readonly plan: SweepPlan;
  /** The command line that started it. */
  readonly line: CommandLine;
  readonly output: Output;
  /** Whether it is resumed. */
  readonly isResumed: boolean;
  /** Saves what is needed to resume it. */
  begin(): void;
}

/**
 * Starts a sweep, or opens the one to resume.
 *
 * @param line The command line.
 * @param args The arguments that it was parsed from.
 * @param flags Every flag that is allowed.
 * @param besideResume The flags, without dashes, that may be given with `--resume`.
 * @returns The sweep; nothing is saved yet.
 * @throws {UsageError} If its plan is invalid, or the folder to resume holds no sweep of this version.
 */
export async function openSweep(
  line: CommandLine,
  args: readonly string[],
  flags: readonly Flag[],
  besideResume: readonly string[],
): Promise<OpenSweep> {
  const resumed = line.values.get("resume");
  if (resumed !== undefined) {
    const other = [...line.values.keys()].find((name) => !besideResume.includes(name));
    if (other === undefined) return await reopenSweep(resumed, envSourceOf(line), flags);
    throw new UsageError(
      `Cannot resume: --${other} must be absent beside --resume, since the sweep's own is used`,
    );
  }
  const file = (name: string) => {
    const path = line.values.get(name);
    return path === undefined ? undefined : readJsonFile(path);
  };
  const files = { config: file("config"), space: file("space") };
  const configPath = line.values.get("config");
  const data = configPath === undefined ? undefined : { content: files.config, path: configPath };
  const plan = await planSweep(line, files, envSourceOf(line, data));
  const { env, envSha256 } = runSettings(plan, 0, 0, 0);
  const output = sealOutput(openOutput(freeFolder(line.values.get("out"), `runs/${envFolder(env)}/sweep`)));
  const { config = null, space = null } = files;
  const where = envSha256 === null ? {} : { env: envFrom(output.path, env), envSha256 };
  const text = JSON.stringify({ version: VERSION, args, config, space, ...where }, null, 2) + "\n";
  const begin = () => output.save("sweep.json", text);
  return { plan, line, output, isResumed: false, begin };
}

async function reopenSweep(path: string, source: EnvSource, flags: readonly Flag[]): Promise<OpenSweep> {
  const file = `${path}/sweep.json`;
  const json = readJsonFile(file);
  const warning = await requireFile(path, "sweep.json");
  try {
    const sweep = jsonObject(json, file);
    const version = sweep.text("version");
    if (version !== VERSION) {
      throw new RangeError(
        `its version must be ${VERSION}, since versions may differ in their bits, got ${version}`,
      );
    }
    const args = sweep.list("args", (arg) => {
      if (typeof arg === "string") return arg;
      throw new TypeError(`its args must be text, got ${JSON.stringify(arg)}`);
    });
    const files = { config: sweep.value("config") ?? undefined, space: sweep.value("space") ?? undefined };
    const read = readCommandLine(args, flags);
    const hash = sweep.value("envSha256");
    const line = typeof hash === "string"
      ? { ...read, values: new Map([...read.values, ["env-sha256", hash]]) }
      : read;
    const plan = await planSweep(line, files, { ...source, stored: storedEnv(json, file) });
    if (warning !== undefined) printError(`warning: ${warning}`);
    return {
      plan,
      line,
      output: sealOutput(openOutput(path)),
      isResumed: true,
      begin: () => {},
    };
  } catch (error) {
    throw new UsageError(`Cannot resume ${path}: ${reasonOf(error)}`);
  }
}
