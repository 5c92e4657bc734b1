/**
 * MiniGrid: small grids with doors, keys and lava, with the numbers of Farama's Minigrid. Importing this module registers its
 * environments for {@linkcode makeEnv}.
 *
 * ```ts
 * import { makeEnv } from "@bellman/dqn/envs";
 * import "@bellman/dqn/envs/minigrid";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("MiniGrid-DoorKey-5x5-v0");
 * const { observation, info } = env.reset({ seed: 0 });
 * assertEquals(observation.length, 7 * 7 * 3);
 * assertEquals(info["mission"], "use the key to open the door and then get to the goal");
 * assertEquals(env.maxEpisodeSteps, 250);
 * ```
 *
 * @module
 */

import { registerEnv } from "../env_spec.ts";
import { MiniGridEnv } from "./minigrid_env.ts";
import { isMiniGridEnvId, TASKS } from "./_tasks.ts";

export * from "./fully_obs.ts";
export * from "./minigrid_env.ts";
export * from "./one_hot_partial_obs.ts";
export { MINIGRID_IDS } from "../mod.ts";
export type {
  Action,
  Box,
  BoxArray,
  BoxArrays,
  BoxDtype,
  BoxOptions,
  Circle,
  Discrete,
  DiscreteAction,
  DiscreteOptions,
  Env,
  EnvSnapshot,
  GeneratorSnapshot,
  Info,
  IntoEnv,
  Line,
  MiniGridEnvId,
  Observation,
  Paint,
  Pcg64Snapshot,
  Polygon,
  Rectangle,
  ResetOptions,
  ResetResult,
  Scene,
  Shape,
  Space,
  SpaceSnapshot,
  StepResult,
  Wrapper,
  WrapperSettings,
} from "../mod.ts";

for (const id of Object.keys(TASKS).filter(isMiniGridEnvId)) {
  registerEnv({ id, maxEpisodeSteps: TASKS[id].maxSteps, renderFps: 10, create: () => new MiniGridEnv(id) });
}
