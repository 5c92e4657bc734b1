/**
 * The compiled engine of MuJoCo, as a part of the module graph: it needs no permission to read files.
 *
 * @module
 */

import source engine from "@mujoco/mujoco/mujoco.wasm";

/** @type {WebAssembly.Module} */
export const mujocoWasm = engine;
