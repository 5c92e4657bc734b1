/**
 * Walker2d: walk on two legs.
 *
 * @module
 */

import { leggedTask } from "./_legged_task.ts";
import type { LeggedOptions } from "./legged_options.ts";
import { MujocoEnv } from "./mujoco_env.ts";
import { WALKER2D_MODEL } from "./_walker2d_model.ts";

/**
 * A torso on two legs of thigh, leg and foot in a plane, standing at first; the task is to walk forward without falling
 * (`gymnasium/envs/mujoco/walker2d_v5.py`). It has no time limit; {@linkcode makeEnv} adds one.
 *
 * | observation | unit |
 * |---|---|
 * | height of the torso, 1.25 when standing | m |
 * | angle of the torso, and of thigh, leg and foot, right ones first | rad |
 * | forward and upward velocity of the torso, clipped to ±10 | m/s |
 * | angular velocity of the torso, and of thigh, leg and foot, right ones first, clipped to ±10 | rad/s |
 *
 * Action: how strongly thigh, leg and foot are turned for 0.008 s, right ones first, each from -1 to 1, 1 being 100 N m.
 * Reward: forward velocity, and 1 while healthy, less 0.001 times the sum of the action's squares. Healthy: the torso
 * from 0.8 to 2 m high, its angle within ±1 rad. The episode ends in any other state.
 *
 * @example Usage
 * ```ts
 * import { loadMujoco, Walker2d } from "@bellman/dqn/envs/mujoco";
 * import { assertEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const env = new Walker2d();
 * env.reset({ seed: 0 });
 * assertEquals(env.step(new Float32Array(6)).observation.length, 17);
 * ```
 */
export class Walker2d extends MujocoEnv {
  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, the parts of the reward, when an episode ends, and how it starts.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When an option is not finite, or `resetNoiseScale` negative.
   * @throws {Error} When MuJoCo is not loaded.
   */
  constructor(options: LeggedOptions = {}) {
    const right = ["thigh", "leg", "foot"];
    super(leggedTask({
      id: "Walker2d-v5",
      model: WALKER2D_MODEL,
      joints: [...right.map((joint) => `right ${joint}`), ...right.map((joint) => `left ${joint}`)],
      colours: [
        undefined,
        "#cc4d4d",
        "#d97f4d",
        "#e0a050",
        "#4d80cc",
        "#8c5a3c",
        "#a67c3d",
        "#33548a",
      ],
      isHealthy: (positions) =>
        positions[1]! > 0.8 && positions[1]! < 2 && positions[2]! > -1 && positions[2]! < 1,
    }, options));
  }
}
