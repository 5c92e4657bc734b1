import { envIds } from "../../envs/mod.ts";
import { UsageError } from "../cli/usage_error.ts";
import { firstLineOf } from "../values/reason_of.ts";

/**
 * Registers an environment of this package with `makeEnv` if it is not registered from the start, since it is in a module of its own.
 *
 * @param name The name.
 * @returns Whether there is an environment of this name.
 * @throws {UsageError} If its physics engine cannot be loaded.
 */
export async function addPackageEnv(name: string): Promise<boolean> {
  if (!envIds().includes(name)) await import("../../envs/minigrid/mod.ts");
  if (!envIds().includes(name)) await import("../../envs/box2d/mod.ts");
  if (envIds().includes(name)) return true;
  const { loadMujoco } = await loading(() => import("../../envs/mujoco/mod.ts"));
  if (!envIds().includes(name)) return false;
  const { mujocoWasm } = await loading(() => import("./mujoco_wasm.js"));
  await loadMujoco({ wasm: mujocoWasm });
  return true;
}

/** The exports of a module, whose package may not be installed. */
async function loading<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new UsageError(
      `Cannot load MuJoCo: the package @mujoco/mujoco must be installed (deno install), got ${
        firstLineOf(error)
      }`,
    );
  }
}
