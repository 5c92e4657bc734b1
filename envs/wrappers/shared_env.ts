/**
 * Detection of shared environments.
 *
 * @module
 */

/** The environment itself and those inside it, from the outside in, whatever the class of its wrappers. */
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
 * Finds the first environment that is the same as an earlier one, or wraps the same one.
 *
 * @param envs Environments that must share nothing.
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
