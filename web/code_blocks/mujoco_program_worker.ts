/**
 * The worker of a program of the course that uses MuJoCo.
 *
 * @module
 */

import * as mujoco from "../../envs/mujoco/mod.ts";
import { answerProgram } from "./answer_program.ts";
import { LIBRARY } from "./library.ts";

answerProgram(({ wasm }) => ({
  ...LIBRARY,
  // The worker may load nothing: its WebAssembly comes with the program.
  "@bellman/dqn/envs/mujoco": {
    ...mujoco,
    loadMujoco: () => mujoco.loadMujoco(wasm === undefined ? {} : { wasm }),
  },
}));
