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

export * from "./acrobot.ts";
export * from "./blackjack.ts";
export * from "./box.ts";
export * from "./cart_pole.ts";
export * from "./check_env.ts";
export * from "./cliff_walking.ts";
export * from "./cos.ts";
export * from "./discrete.ts";
export * from "./discrete_actions.ts";
export * from "./discretize.ts";
export * from "./env.ts";
export * from "./env_spec.ts";
export * from "./episode_stats.ts";
export * from "./frame_stack.ts";
export * from "./frozen_lake.ts";
export * from "./generate_random_map.ts";
export * from "./generator.ts";
export * from "./into_env.ts";
export * from "./make_env.ts";
export * from "./make_vector_env.ts";
export * from "./mountain_car.ts";
export * from "./mountain_car_continuous.ts";
export * from "./normalize_observation.ts";
export * from "./one_hot.ts";
export * from "./pcg64.ts";
export * from "./pendulum.ts";
export * from "./record_episode.ts";
export * from "./reward_scale.ts";
export * from "./running_mean_std.ts";
export * from "./scene.ts";
export * from "./scene_to_svg.ts";
export * from "./seed_sequence.ts";
export * from "./sin.ts";
export * from "./space.ts";
export * from "./tabular_env.ts";
export * from "./taxi.ts";
export * from "./time_limit.ts";
export * from "./tuple.ts";
export * from "./vector_env.ts";
export * from "./wrapper.ts";
