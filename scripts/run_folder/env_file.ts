import { pathToFileURL } from "node:url";
import { Sha256 } from "../../agents/mod.ts";
import { envIds, type EnvSpec, envSpec } from "../../envs/mod.ts";
import { UsageError } from "../cli/usage_error.ts";
import { firstLineOf } from "../values/reason_of.ts";

/** A file that holds an environment. */
export interface EnvFile {
  /** Its absolute path. */
  readonly path: string;
  /** The name shown to the user. */
  readonly shown: string;
}

/**
 * The SHA-256 of a file, in hex.
 *
 * @throws {UsageError} If it is not a file, or cannot be read.
 */
export function sha256OfFile({ path, shown }: EnvFile): string {
  try {
    if (!Deno.statSync(path).isFile) throw new Error("it must be a file");
    const hash = new Sha256();
    hash.update(Deno.readFileSync(path));
    return hash.digest();
  } catch (error) {
    throw new UsageError(`Cannot load ${shown}: ${firstLineOf(error)}`);
  }
}

/**
 * Runs a file, and finds the environment that it exports or registers.
 *
 * @param file The file.
 * @throws {UsageError} If it cannot be loaded, or has no environment.
 */
export async function importEnv(file: EnvFile): Promise<EnvSpec> {
  const { shown } = file;
  const before = envIds();
  const exported = await importDefault(file);
  if (exported !== undefined) {
    if (isSpec(exported)) return exported;
    throw new UsageError(
      `Cannot load ${shown}: its default export must be an EnvSpec, an object with id and create, got something else`,
    );
  }
  const ids = envIds().filter((id) => !before.includes(id));
  if (ids.length === 1) return envSpec(ids[0]!);
  throw new UsageError(
    `Cannot load ${shown}: it must export an EnvSpec as its default or call registerEnv once, got ${
      ids.length === 0 ? "neither" : ids.join(", ")
    }`,
  );
}

async function importDefault({ path, shown }: EnvFile): Promise<unknown> {
  try {
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
    return module["default"];
  } catch (error) {
    throw new UsageError(`Cannot load ${shown}: ${firstLineOf(error)}`);
  }
}

function isSpec(value: unknown): value is EnvSpec {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" &&
    "create" in value && typeof value.create === "function";
}
