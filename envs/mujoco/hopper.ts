/**
 * Hopper: run on one leg.
 *
 * @module
 */

import { HOPPER_MODEL } from "./_hopper_model.ts";
import { leggedTask } from "./_legged_task.ts";
import type { LeggedOptions } from "./legged_options.ts";
import { MujocoEnv } from "./mujoco_env.ts";

/**
 * A body of torso, thigh, leg and foot in a plane, standing at first; the task is to hop forward without falling
 * (`gymnasium/envs/mujoco/hopper_v5.py`). It has no time limit; {@linkcode makeEnv} adds one.
 *
 * | observation | unit |
 * |---|---|
 * | height of the torso, 1.25 when standing | m |
 * | angle of the torso, thigh, leg and foot | rad |
 * | forward and upward velocity of the torso, clipped to ±10 | m/s |
 * | angular velocity of the torso, thigh, leg and foot, clipped to ±10 | rad/s |
 *
 * Action: how strongly thigh, leg and foot are turned for 0.008 s, each from -1 to 1, 1 being 200 N m. Reward: forward velocity, and 1 while
 * healthy, less 0.001 times the sum of the action's squares. Healthy: the torso above 0.7 m, its angle within ±0.2 rad,
 * every other number of the state within ±100. The episode ends in any other state.
 *
 * @example Usage
 * ```ts
 * import { Hopper, loadMujoco } from "@bellman/dqn/envs/mujoco";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const env = new Hopper();
 * env.reset({ seed: 0 });
 * const { reward, info } = env.step(Float32Array.of(0.5, 0, -0.5));
 * assertAlmostEquals(reward, Number(info["xVelocity"]) + 1 - 0.0005, 1e-9);
 * ```
 */
export class Hopper extends MujocoEnv {
  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, the parts of the reward, when an episode ends, and how it starts.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When an option is not finite, or `resetNoiseScale` negative.
   * @throws {Error} When MuJoCo is not loaded.
   */
  constructor(options: LeggedOptions = {}) {
    super(leggedTask({
      id: "Hopper-v5",
      model: HOPPER_MODEL,
      joints: ["thigh", "leg", "foot"],
      colours: [undefined, "#cc4d4d", "#d97f4d", "#e0a050", "#4d80cc"],
      isHealthy,
    }, options));
  }
}

function isHealthy(positions: Float64Array, velocities: Float64Array): boolean {
  const [height, angle] = [positions[1]!, positions[2]!];
  if (!(height > 0.7 && angle > -0.2 && angle < 0.2)) return false;
  for (let i = 2; i < positions.length; i++) if (!(Math.abs(positions[i]!) < 100)) return false;
  for (let i = 0; i < velocities.length; i++) if (!(Math.abs(velocities[i]!) < 100)) return false;
  return true;
}
