import { parseBoundedJson } from "../../nn/bounded_json.ts";

/**
 * The settings of the run that a policy is of, from the `config` of its metadata; other programs may have a `config`, too, but not of
 * a run.
 *
 * @param config The text; undefined if there is none.
 * @returns An object with the names of settings, not checked yet; undefined if it is not of a run.
 */
export function runConfig(config: string | undefined): Record<string, unknown> | undefined {
  if (config === undefined) return undefined;
  try {
    const value = parseBoundedJson(config, { depth: 16, length: 1_000_000 });
    if (typeof value !== "object" || value === null || !("env" in value && "preset" in value)) {
      return undefined;
    }
    return { ...value };
  } catch {
    return undefined;
  }
}
