import { dirname, resolve } from "node:path";
import { type CommandLine, type Flag, isOn } from "../cli/command_line.ts";
import { flagValue } from "../cli/flag_value.ts";
import { isEnvFile } from "../settings/env_name.ts";
import { OPTIONS } from "../settings/settings.ts";

/** Where the file of an environment may come from: its code runs with all permissions of the command. */
export interface EnvSource {
  /** The environment that the person named on the command line; undefined if none was named. */
  readonly named: string | undefined;
  /** The SHA-256 that the person gave on the command line; undefined if none was given. */
  readonly sha256: string | undefined;
  /** The file that a run, a policy or a sweep names; undefined if none does. */
  readonly stored: StoredEnv | undefined;
  /** Whether the person allowed to load that one. */
  readonly isTrusted: boolean;
}

/** The file that a run, a policy or a sweep names: data, whoever wrote it. */
export interface StoredEnv {
  /** Its path. */
  readonly file: string;
  /** What names it, for messages. */
  readonly by: string;
}

/** The flag that allows what data names. */
export const TRUST_FLAG: Flag = {
  name: "--trust-env",
  help:
    "load the environment's file that the run itself names, if it has the SHA-256 that the run has stored: its code runs here",
};

/** The flags of a command that takes a run whose environment may be a file. */
export const ENV_FILE_FLAGS: readonly Flag[] = [
  {
    name: "--env",
    placeholder: "FILE",
    help: "the environment's file, where the run was made in a file of one's own: its code runs here",
  },
  { name: "--env-sha256", placeholder: "HEX", help: "SHA-256 of --env, where it is not the run's" },
  TRUST_FLAG,
];

/** Nothing may be loaded but what this package brings along. */
export const NO_FILE: EnvSource = {
  named: undefined,
  sha256: undefined,
  stored: undefined,
  isTrusted: false,
};

/** The environment that the person named, and nothing else. */
export function namedEnv(named: string): EnvSource {
  return { ...NO_FILE, named };
}

/**
 * Where a command line allows the file of an environment to come from.
 *
 * @param line The command line.
 * @param data What names an environment besides: its content, and the path of the file that it stands in.
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
