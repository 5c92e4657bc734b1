/**
 * Loading MuJoCo.
 *
 * @module
 */

import load from "@mujoco/mujoco";
import { refusal } from "../values/describe.ts";
import { type Engine, keepEngine, loadedEngine, MUJOCO_VERSION } from "./_engine.ts";

/** Options of {@linkcode loadMujoco}. */
export interface LoadMujocoOptions {
  /**
   * The file `mujoco.wasm` of `@mujoco/mujoco` 3.14.0: its bytes, or the compiled module. A page passes its
   * download; a program without any permission passes the result of
   * `import source module from "npm:@mujoco/mujoco@3.14.0/mujoco.wasm"`.
   *
   * @default {the file beside the package's own module, read or fetched}
   */
  wasm?: WebAssembly.Module | BufferSource;
}

/**
 * Loads MuJoCo's WebAssembly, 10 MB: once, before the first environment of this module is made. After that
 * {@linkcode makeEnv} is synchronous, as for every other environment. In Deno, reading the file needs `--allow-read`
 * for the package's folder.
 *
 * @param options The file, if the package cannot find it itself.
 * @returns Resolves when it is loaded; at once if it already is.
 * @throws {TypeError} When `wasm` is of another type.
 * @throws {RangeError} When it is of another version: bits change between versions.
 * @throws {Error} When the file cannot be read, or is not MuJoCo's.
 *
 * @example Usage
 * ```ts
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { loadMujoco } from "@bellman/dqn/envs/mujoco";
 * import { assertEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const { observation } = makeEnv("Hopper-v5").reset({ seed: 0 });
 * assertEquals(observation.length, 11);
 * ```
 */
export async function loadMujoco(options: LoadMujocoOptions = {}): Promise<void> {
  const { wasm } = options;
  if (loadedEngine() !== undefined) return;
  const action = "load MuJoCo";
  const isBytes = wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm);
  if (wasm !== undefined && !isBytes && !(wasm instanceof WebAssembly.Module)) {
    throw refusal(TypeError, action, "wasm must be bytes or a WebAssembly.Module", wasm);
  }
  const engine = await instantiate(wasm).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot ${action}: mujoco.wasm of @mujoco/mujoco must be readable, got ${reason}`);
  });
  const version = engine.mj_versionString();
  if (version !== MUJOCO_VERSION) {
    throw refusal(RangeError, action, `its version must be ${MUJOCO_VERSION}`, version);
  }
  keepEngine(engine);
}

/** Starts the package's module with a file; its console output becomes part of the error. */
async function instantiate(wasm: WebAssembly.Module | BufferSource | undefined): Promise<Engine> {
  const quiet = { printErr: () => {} };
  if (wasm === undefined) return await load(quiet);
  const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
  return await new Promise<Engine>((resolve, reject) => {
    const instantiateWasm = (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) => {
      WebAssembly.instantiate(module, imports).then((instance) => done(instance, module)).catch(reject);
      return {};
    };
    load({ ...quiet, instantiateWasm }).then(resolve, reject);
  });
}
