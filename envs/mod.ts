/**
 * Seeded environments with Gymnasium's interface and Gymnasium's numbers: the same seed and the same actions give the
 * same observations, on every machine and in every engine.
 *
 * ```ts
 * import { type EnvSnapshot, makeEnv, sceneToSvg } from "@bellman/dqn/envs";
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * const env = makeEnv("MountainCar-v0", { maxEpisodeSteps: 1000 });
 * let { observation } = env.reset({ seed: 42 });
 *
 * // Push in the direction of travel.
 * let steps = 0;
 * let over = false;
 * while (!over) {
 *   const result = env.step(observation[1]! >= 0 ? 2 : 0);
 *   observation = result.observation;
 *   over = result.terminated || result.truncated;
 *   steps++;
 * }
 * assertEquals(steps, 121);
 * assertStringIncludes(sceneToSvg(env.render()), "the flag at 0.50 m");
 *
 * // Continue later, elsewhere, bit for bit.
 * const saved: EnvSnapshot = JSON.parse(JSON.stringify(env.snapshot()));
 * const other = makeEnv("MountainCar-v0", { maxEpisodeSteps: 1000 });
 * other.restore(saved);
 * assertEquals(other.reset().observation, env.reset().observation);
 *
 * // Spaces draw from streams of their own.
 * env.actionSpace.seed(0);
 * assertEquals([env.actionSpace.sample(), env.actionSpace.sample()], [2, 1]);
 * ```
 *
 * @module
 */

export * from "./classic_control/acrobot.ts";
export * from "./wrappers/add_render_observation.ts";
export * from "./toy_text/blackjack.ts";
export * from "./spaces/box.ts";
export type * from "./spaces/box_dtype.ts";
export * from "./classic_control/cart_pole.ts";
export * from "./check_env.ts";
export * from "./toy_text/cliff_walking.ts";
export * from "../nn/math/cos.ts";
export * from "./spaces/discrete.ts";
export * from "./wrappers/discrete_actions.ts";
export * from "./wrappers/discretize.ts";
export * from "./env.ts";
export * from "./env_spec.ts";
export * from "./wrappers/episode_stats.ts";
export * from "./wrappers/flatten_observation.ts";
export * from "./wrappers/frame_stack.ts";
export * from "./wrappers/frame_stack_observation.ts";
export * from "./toy_text/frozen_lake.ts";
export * from "./toy_text/generate_random_map.ts";
export * from "./random/generator.ts";
export * from "./wrappers/grayscale_observation.ts";
export * from "./into_env.ts";
export * from "./make_env.ts";
export * from "./make_vector_env.ts";
export * from "./wrappers/max_and_skip_observation.ts";
export * from "./minigrid_ids.ts";
export * from "./classic_control/mountain_car.ts";
export * from "./classic_control/mountain_car_continuous.ts";
export * from "./spaces/is_box_of.ts";
export * from "./spaces/multi_discrete.ts";
export * from "./wrappers/multi_discrete_actions.ts";
export * from "./values/nearest_name.ts";
export * from "./wrappers/normalize_observation.ts";
export type * from "./observation_matrix.ts";
export * from "./wrappers/one_hot.ts";
export * from "./random/pcg64.ts";
export * from "./classic_control/pendulum.ts";
export * from "./wrappers/record_episode.ts";
export * from "./wrappers/resize_observation.ts";
export * from "./wrappers/reward_scale.ts";
export * from "./wrappers/running_mean_std.ts";
export * from "./scenes/scene.ts";
export * from "./scenes/scene_to_pixels.ts";
export * from "./scenes/scene_to_svg.ts";
export * from "./random/seed_sequence.ts";
export * from "../nn/math/sin.ts";
export * from "./spaces/space.ts";
export * from "./toy_text/tabular_env.ts";
export * from "./toy_text/taxi.ts";
export * from "./wrappers/time_limit.ts";
export * from "./spaces/tuple.ts";
export * from "./vector_env.ts";
export * from "./wrappers/wrapper.ts";
