import { dirname, resolve } from "node:path";
import { type CommandLine, type Flag, isOn } from "../cli/command_line.ts";
import { flagValue } from "../cli/flag_value.ts";
import { isEnvFile } from "../settings/env_name.ts";
import { OPTIONS } from "../settings/settings.ts";

/** The allowed sources of an environment file, whose code runs with all permissions of the command. */
export interface EnvSource {
  /** The environment named on the command line; undefined if there is none. */
  readonly named: string | undefined;
  /** The SHA-256 given on the command line; undefined if there is none. */
  readonly sha256: string | undefined;
  /** The file named by a run, a policy or a sweep; undefined if there is none. */
  readonly stored: StoredEnv | undefined;
  /** Whether the user allowed loading that file. */
  readonly isTrusted: boolean;
}

/** An environment file named by a run, a policy or a sweep, which is untrusted data. */
export interface StoredEnv {
  /** Its path. */
  readonly file: string;
  /** The data that names it, for messages. */
  readonly by: string;
}

/** The flag that allows loading a file named by data. */
export const TRUST_FLAG: Flag = {
  name: "--trust-env",
  help:
    "load the environment file that the run names, if it has the SHA-256 stored in the run; its code runs on this machine",
};

/** The flags of a command that takes a run whose environment may be a file. */
export const ENV_FILE_FLAGS: readonly Flag[] = [
  {
    name: "--env",
    placeholder: "FILE",
    help: "the environment file, if the run was trained in one; its code runs on this machine",
  },
  { name: "--env-sha256", placeholder: "HEX", help: "SHA-256 of --env, if it differs from the run's" },
  TRUST_FLAG,
];

/** Allows only environments of this package. */
export const NO_FILE: EnvSource = {
  named: undefined,
  sha256: undefined,
  stored: undefined,
  isTrusted: false,
};

/** Allows only the environment named by the user. */
export function namedEnv(named: string): EnvSource {
  return { ...NO_FILE, named };
}

/**
 * The sources of an environment file that a command line allows.
 *
 * @param line The command line.
 * @param data Other data that names an environment: its content, and the path of its file.
 */
export function envSourceOf(
  line: CommandLine,
  data?: { readonly content: unknown; readonly path: string },
): EnvSource {
  return {
    named: line.values.get("env"),
    sha256: flagValue(line, "env-sha256", OPTIONS.envSha256, undefined) ?? undefined,
    stored: data === undefined ? undefined : storedEnv(data.content, data.path),
    isTrusted: isOn(line, "trust-env"),
  };
}

/** The file that data names, relative to the folder of the file that holds the data. */
export function storedEnv(content: unknown, path: string): StoredEnv | undefined {
  const { env } = Object(content);
  if (typeof env !== "string" || !isEnvFile(env)) return undefined;
  return { file: resolve(Deno.realPathSync(dirname(path)), env), by: path };
}
