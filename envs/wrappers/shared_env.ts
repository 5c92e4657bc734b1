/**
 * Environments that are one and the same.
 *
 * @module
 */

/** The environment itself and those within it, from the outside in, whatever class its wrappers are of. */
function layersOf(env: object): Set<object> {
  const layers = new Set<object>();
  for (let layer: unknown = env; isEnv(layer) && !layers.has(layer); layer = Reflect.get(layer, "env")) {
    layers.add(layer);
  }
  return layers;
}

function isEnv(value: unknown): value is object {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "step") === "function";
}

/**
 * Finds the first environment that is the same as an earlier one, or has the same one within.
 *
 * @param envs Environments that are to have nothing in common.
 * @returns Its index and that of the earlier one; undefined when all are different environments.
 */
export function findSharedEnv(envs: readonly object[]): { index: number; earlier: number } | undefined {
  const owners = new Map<object, number>();
  for (const [index, env] of envs.entries()) {
    for (const layer of layersOf(env)) {
      const earlier = owners.get(layer);
      if (earlier !== undefined) return { index, earlier };
      owners.set(layer, index);
    }
  }
  return undefined;
}
