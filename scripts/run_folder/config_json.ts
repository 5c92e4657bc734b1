import { basename, dirname, relative, resolve } from "node:path";
import { isEnvFile } from "../settings/env_name.ts";
import { SETTING_NAMES, type Settings } from "../settings/settings.ts";
import { envFileOf } from "./load_env.ts";

/**
 * The content of `config.json`: every setting, in a fixed order. An environment's file is named relative to the folder of
 * the run, so that both can be moved together, and the run be used from anywhere.
 *
 * @param settings Of the run; its environment is loaded.
 * @param folder The folder of the file; without it, an environment file is named without its folder.
 */
export function configJson(settings: Settings, folder?: string): string {
  const env = folder === undefined ? settings.env : envFrom(folder, settings.env);
  const entries = SETTING_NAMES.map((name) => [name, name === "env" ? env : settings[name]]);
  return JSON.stringify(Object.fromEntries(entries), null, 2) + "\n";
}

/** The name of an environment in a file of a folder; an environment file is named by its path from there. */
export function envFrom(folder: string, env: string): string {
  const file = envFileOf(env);
  return file === undefined ? env : pathFrom(realPathOf(folder), file);
}

/**
 * The content of a `config.json` for another folder.
 *
 * @param json Its content.
 * @param from The folder that it was written for.
 * @param to The folder that it is moved to; both exist.
 */
export function movedConfig(json: string, from: string, to: string): string {
  const config: Readonly<Record<string, unknown>> = Object(JSON.parse(json));
  const { env } = config;
  if (typeof env !== "string" || !isEnvFile(env)) return json;
  const moved = pathFrom(realPathOf(to), resolve(realPathOf(from), env));
  return JSON.stringify({ ...config, env: moved }, null, 2) + "\n";
}

/** The path of a folder without links, even if it does not exist yet. */
function realPathOf(folder: string): string {
  try {
    return Deno.realPathSync(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) || dirname(folder) === folder) throw error;
    return resolve(realPathOf(dirname(folder)), basename(folder));
  }
}

/** The relative path of a file from a folder, both absolute; it is always recognised as a file. */
function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file).replaceAll("\\", "/");
  return path.includes("/") ? path : `./${path}`;
}
