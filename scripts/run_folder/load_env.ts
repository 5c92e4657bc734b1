import { checkEnv, didYouMean, envIds, type EnvSpec, envSpec, registerEnv } from "../../envs/mod.ts";
import { UsageError } from "../cli/usage_error.ts";

/** What tells a file from the name of an environment. */
const FILE = /[/\\]|\.[cm]?[jt]sx?$/;

/**
 * Makes an environment known to `makeEnv` by the very name that the user gave: that of a file, which must export it or
 * register it, or that of an environment which is only loaded when asked for.
 *
 * @param name The name.
 * @throws {UsageError} If there is no such environment, or the file cannot be loaded, or has no environment, or one that `checkEnv` refuses.
 */
export async function loadEnv(name: string): Promise<void> {
  if (envIds().includes(name)) return;
  if (!FILE.test(name)) {
    // The only ones that are not there from the start: they bring a physics engine along.
    await import("../../envs/box2d/mod.ts");
    if (envIds().includes(name)) return;
    const ids = envIds();
    throw new UsageError(
      `Cannot start the run: --env must be one of ${ids.join(", ")}, or a file, got ${name}${
        didYouMean(name, ids)
      }`,
    );
  }
  const spec = await specOf(name);
  try {
    const env = spec.create({});
    checkEnv(env);
    if (spec.create({}) === env) {
      throw new TypeError(
        `Cannot use ${env.id}: create must make a new environment each time, got the same twice`,
      );
    }
  } catch (error) {
    throw new UsageError(`Cannot load ${name}: ${reasonOf(error)}`);
  }
  registerEnv({ ...spec, id: name });
}

/** The mean return at which an environment counts as solved; undefined for files, which are not loaded for it. */
export async function thresholdOf(name: string): Promise<number | undefined> {
  if (FILE.test(name)) return undefined;
  await loadEnv(name);
  return envSpec(name).rewardThreshold;
}

/** Whether the name of an environment is that of a file. */
export function isEnvFile(name: string): boolean {
  return FILE.test(name);
}

/** The name of an environment as part of a path: without folders and ending, if it is a file. */
export function envFolder(name: string): string {
  return FILE.test(name) ? name.replace(/^.*[/\\]/, "").replace(/\.\w+$/, "") : name;
}

async function specOf(path: string): Promise<EnvSpec> {
  const before = envIds();
  const exported = await importDefault(path);
  if (exported !== undefined) {
    if (isSpec(exported)) return exported;
    throw new UsageError(
      `Cannot load ${path}: its default export must be an EnvSpec, an object with id and create, got another`,
    );
  }
  const ids = envIds().filter((id) => !before.includes(id));
  if (ids.length === 1) return envSpec(ids[0]!);
  throw new UsageError(
    `Cannot load ${path}: it must export an EnvSpec as its default or call registerEnv once, got ${
      ids.length === 0 ? "neither" : ids.join(", ")
    }`,
  );
}

async function importDefault(path: string): Promise<unknown> {
  try {
    if (!Deno.statSync(path).isFile) throw new Error("it must be a file");
    const module: Readonly<Record<string, unknown>> = await import(fileUrl(path));
    return module["default"];
  } catch (error) {
    throw new UsageError(`Cannot load ${path}: ${reasonOf(error)}`);
  }
}

/** A path as a URL, whatever characters it has. */
function fileUrl(path: string): string {
  const absolute = /^([/\\]|[A-Za-z]:)/.test(path) ? path : `${Deno.cwd()}/${path}`;
  const url = new URL("file:///");
  url.pathname = absolute.replaceAll("\\", "/").replaceAll("%", "%25");
  return url.href;
}

function isSpec(value: unknown): value is EnvSpec {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" &&
    "create" in value && typeof value.create === "function";
}

/** The first line of what went wrong. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
