/**
 * LunarLander, on the physics engine planck. Importing this module registers `LunarLander-v3` and
 * `LunarLanderContinuous-v3` for {@linkcode makeEnv}; nothing else in this package loads the engine.
 *
 * ```ts
 * import { makeEnv, TimeLimit } from "@bellman/dqn/envs";
 * import { LunarLander } from "@bellman/dqn/envs/box2d";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new TimeLimit(new LunarLander({ enableWind: true }), 1000);
 * assertEquals(makeEnv("LunarLander-v3", { enableWind: true }).maxEpisodeSteps, env.maxEpisodeSteps);
 * ```
 *
 * @module
 */

import { registerEnv } from "../env_spec.ts";
import { LunarLander } from "./lunar_lander.ts";
import { LunarLanderContinuous } from "./lunar_lander_continuous.ts";

export * from "./lunar_lander.ts";
export * from "./lunar_lander_continuous.ts";
export * from "./lunar_lander_options.ts";
export type {
  Action,
  Box,
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
  Line,
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
} from "../mod.ts";

// Limit and threshold of `gymnasium/envs/__init__.py`.
for (
  const [id, Lander] of [
    ["LunarLander-v3", LunarLander],
    ["LunarLanderContinuous-v3", LunarLanderContinuous],
  ] as const
) {
  registerEnv({
    id,
    maxEpisodeSteps: 1000,
    rewardThreshold: 200,
    renderFps: 50,
    options: ["gravity", "enableWind", "windPower", "turbulencePower"],
    create: (options) => new Lander({ ...options, id }),
  });
}
