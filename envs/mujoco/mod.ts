/**
 * Environments on the physics engine MuJoCo 3.14.0, which Google DeepMind publishes as WebAssembly. Importing this module
 * registers them for {@linkcode makeEnv}; {@linkcode loadMujoco} loads the engine; nothing else in this package
 * does.
 *
 * ```ts
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { loadMujoco } from "@bellman/dqn/envs/mujoco";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const env = makeEnv("HalfCheetah-v5");
 * env.reset({ seed: 0 });
 * const { reward } = env.step(Float32Array.of(0.1, 0, 0, 0, 0, 0));
 * assertAlmostEquals(reward, -0.4, 1);
 * ```
 *
 * @module
 */

import { registerEnv } from "../env_spec.ts";
import { Ant } from "./ant.ts";
import { HalfCheetah } from "./half_cheetah.ts";
import { Hopper } from "./hopper.ts";
import { InvertedDoublePendulum } from "./inverted_double_pendulum.ts";
import { InvertedPendulum } from "./inverted_pendulum.ts";
import { Reacher } from "./reacher.ts";
import { Swimmer } from "./swimmer.ts";
import { Walker2d } from "./walker2d.ts";

export * from "./ant.ts";
export * from "./half_cheetah.ts";
export * from "./hopper.ts";
export * from "./inverted_double_pendulum.ts";
export * from "./inverted_pendulum.ts";
export * from "./legged_options.ts";
export * from "./load_mujoco.ts";
export * from "./mujoco_env.ts";
export * from "./reacher.ts";
export * from "./swimmer.ts";
export * from "./walker2d.ts";
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

const WALKING = ["forwardRewardWeight", "ctrlCostWeight", "resetNoiseScale"];
const LEGGED = [...WALKING, "healthyReward", "terminateWhenUnhealthy"];

// Limits and thresholds of `gymnasium/envs/__init__.py`, frames per second of each environment's `metadata`.
registerEnv({
  id: "Hopper-v5",
  maxEpisodeSteps: 1000,
  rewardThreshold: 3800,
  renderFps: 125,
  options: LEGGED,
  create: (options) => new Hopper({ ...options, id: "Hopper-v5" }),
});
registerEnv({
  id: "Walker2d-v5",
  maxEpisodeSteps: 1000,
  renderFps: 125,
  options: LEGGED,
  create: (options) => new Walker2d({ ...options, id: "Walker2d-v5" }),
});
registerEnv({
  id: "HalfCheetah-v5",
  maxEpisodeSteps: 1000,
  rewardThreshold: 4800,
  renderFps: 20,
  options: WALKING,
  create: (options) => new HalfCheetah({ ...options, id: "HalfCheetah-v5" }),
});
registerEnv({
  id: "Ant-v5",
  maxEpisodeSteps: 1000,
  rewardThreshold: 6000,
  renderFps: 20,
  options: [...LEGGED, "contactCostWeight"],
  create: (options) => new Ant({ ...options, id: "Ant-v5" }),
});
registerEnv({
  id: "Swimmer-v5",
  maxEpisodeSteps: 1000,
  rewardThreshold: 360,
  renderFps: 25,
  options: WALKING,
  create: (options) => new Swimmer({ ...options, id: "Swimmer-v5" }),
});
registerEnv({
  id: "Reacher-v5",
  maxEpisodeSteps: 50,
  rewardThreshold: -3.75,
  renderFps: 50,
  options: ["rewardDistWeight", "rewardControlWeight"],
  create: (options) => new Reacher({ ...options, id: "Reacher-v5" }),
});
registerEnv({
  id: "InvertedPendulum-v5",
  maxEpisodeSteps: 1000,
  rewardThreshold: 950,
  renderFps: 25,
  options: ["resetNoiseScale"],
  create: (options) => new InvertedPendulum({ ...options, id: "InvertedPendulum-v5" }),
});
registerEnv({
  id: "InvertedDoublePendulum-v5",
  maxEpisodeSteps: 1000,
  rewardThreshold: 9100,
  renderFps: 20,
  options: ["healthyReward", "resetNoiseScale"],
  create: (options) => new InvertedDoublePendulum({ ...options, id: "InvertedDoublePendulum-v5" }),
});
