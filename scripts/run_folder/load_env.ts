import { basename, dirname, resolve } from "node:path";
import { checkEnv, didYouMean, envIds, envSpec, registerEnv } from "../../envs/mod.ts";
import type { CommandLine } from "../cli/command_line.ts";
import { UsageError } from "../cli/usage_error.ts";
import { envName, isEnvFile } from "../settings/env_name.ts";
import type { Settings } from "../settings/settings.ts";
import { type EnvFile, importEnv, sha256OfFile } from "./env_file.ts";
import type { EnvSource } from "./env_source.ts";
import { addPackageEnv } from "./package_env.ts";
import { firstLineOf, reasonOf } from "../values/reason_of.ts";

/** The file of each environment that was loaded from a file. */
const files = new Map<string, { readonly path: string; readonly sha256: string }>();

/**
 * Registers the environment of a run for `makeEnv`. A file is loaded only if the user named it on the command line, or
 * allowed the file that the run names, since its code runs with all permissions of the command.
 *
 * @param settings Of the run.
 * @param source Where a file may come from.
 * @returns The settings, with the SHA-256 of the file.
 * @throws {UsageError} If there is no such environment, or its file may not be loaded, differs from the run's, or has no
 * environment that `checkEnv` accepts.
 */
export async function loadEnv<T extends Pick<Settings, "env" | "envSha256">>(
  settings: T,
  source: EnvSource,
): Promise<T> {
  const { env } = settings;
  const { named } = source;
  if (!isEnvFile(env)) {
    if (named !== undefined && named !== env) {
      throw new UsageError(`Cannot load the environment: --env must be the run's, ${env}, got ${named}`);
    }
    await loadPackageEnv(env);
    return settings;
  }
  const file = allowedFile(env, settings.envSha256, source);
  const sha256 = sha256OfFile(file);
  const expected = source.sha256 ?? settings.envSha256 ?? sha256;
  if (sha256 !== expected) {
    throw new UsageError(
      `Cannot load ${file.shown}: its SHA-256 must be ${expected}, got ${sha256} (to accept this file, add --env-sha256 ${sha256})`,
    );
  }
  await load(env, file, sha256);
  return { ...settings, envSha256: sha256 };
}

/**
 * Registers an environment of this package that is not registered from the start.
 *
 * @throws {UsageError} If there is no environment of this name, or its physics engine cannot be loaded.
 */
export async function loadPackageEnv(name: string): Promise<void> {
  if (await addPackageEnv(name)) return;
  const ids = envIds();
  throw new UsageError(
    `Cannot start the run: --env must be one of ${ids.join(", ")}, or a file, got ${name}${
      didYouMean(name, ids)
    }`,
  );
}

/**
 * Refuses an unknown environment name before anything else is checked, since other errors may follow from it.
 *
 * @param line The command line; its `--env` wins.
 * @param config The content of a `config.json`, if one was given.
 * @throws {UsageError} If the name is that of a package environment, and there is none.
 */
export async function requireKnownEnv(line: CommandLine, config: unknown): Promise<void> {
  const env: unknown = line.values.get("env") ?? Object(config).env;
  if (typeof env === "string" && env !== "" && !isEnvFile(env)) await loadPackageEnv(env);
}

/** The mean return at which an environment counts as solved; undefined for files, which are not loaded to find out. */
export async function thresholdOf(name: string): Promise<number | undefined> {
  if (isEnvFile(name)) return undefined;
  await loadPackageEnv(name);
  return envSpec(name).rewardThreshold;
}

/** The path of the file that an environment was loaded from; undefined for those of this package. */
export function envFileOf(name: string): string | undefined {
  return files.get(name)?.path;
}

const ARGUMENT = "--env-file=";

/** The arguments that allow a worker process to load the files that this process has loaded. */
export function envFileArgs(): string[] {
  return [...files.values()].map(({ path }) => `${ARGUMENT}${path}`);
}

/** The file of an environment among those that a worker process may load; undefined if there is none. */
export function envFileIn(args: readonly string[], name: string): string | undefined {
  return args.flatMap((arg) => arg.startsWith(ARGUMENT) ? [arg.slice(ARGUMENT.length)] : [])
    .find((path) => envName(path) === name);
}

/** The file that may be loaded. */
function allowedFile(env: string, sha256: string | null, source: EnvSource): EnvFile {
  const { named, stored, isTrusted } = source;
  if (named !== undefined) {
    if (isEnvFile(named)) return fileAt(named);
    throw new UsageError(
      `Cannot load the environment: --env must be a file, as the run's ${env}, got ${named}`,
    );
  }
  const by = stored?.by ?? "the run";
  const file = stored?.file ?? env;
  if (!isTrusted || stored === undefined) {
    const trust = stored === undefined || sha256 === null ? "" : ", or allow this one with --trust-env";
    throw new UsageError(
      `Cannot load ${file}: ${by} names it as its environment, and its code would run; name the file with --env${trust}`,
    );
  }
  if (sha256 === null) {
    throw new UsageError(
      `Cannot load ${file}: ${by} has no SHA-256 to compare it with, which --trust-env needs; name the file with --env`,
    );
  }
  return fileAt(file);
}

/** A file by its absolute path; links are not followed, since a module imports files beside the link. */
function fileAt(shown: string): EnvFile {
  try {
    const absolute = resolve(shown);
    return { path: resolve(realPathOf(dirname(absolute)), basename(absolute)), shown };
  } catch (error) {
    throw new UsageError(`Cannot load ${shown}: ${reasonOf(error)}`);
  }
}

/** The path of a folder without links; if the folder may not be read, though its files may, the path unchanged. */
function realPathOf(folder: string): string {
  try {
    return Deno.realPathSync(folder);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return folder;
    throw error;
  }
}

async function load(name: string, file: EnvFile, sha256: string): Promise<void> {
  const { path, shown } = file;
  const before = files.get(name);
  if (before !== undefined) {
    if (before.path === path && before.sha256 === sha256) return;
    throw new UsageError(`Cannot load ${shown}: another environment, ${before.path}, has its name`);
  }
  const spec = await importEnv(file);
  try {
    const env = spec.create({});
    checkEnv(env);
    if (spec.create({}) === env) {
      throw new TypeError(
        `Cannot use ${env.id}: create must make a new environment each time, got the same twice`,
      );
    }
  } catch (error) {
    throw new UsageError(`Cannot load ${shown}: ${firstLineOf(error)}`);
  }
  registerEnv({ ...spec, id: name });
  files.set(name, { path, sha256 });
}
