/**
 * InvertedPendulum: hold a pole up on a cart.
 *
 * @module
 */

import { INVERTED_PENDULUM_MODEL } from "./_inverted_pendulum_model.ts";
import { MujocoEnv } from "./mujoco_env.ts";
import { noiseOption, startEvenly } from "./_start.ts";
import type { Task } from "./_task.ts";

/** Options of {@linkcode InvertedPendulum}, Gymnasium's keyword arguments. */
export interface InvertedPendulumOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"InvertedPendulum-v5"}
   */
  id?: string;
  /**
   * The largest distance of the first positions and velocities from zero, at least 0.
   *
   * @default {0.01}
   */
  resetNoiseScale?: number;
}

/**
 * A pole on a cart on a rail, upright at first; the task is to keep it so
 * (`gymnasium/envs/mujoco/inverted_pendulum_v5.py`). It has no time limit; {@linkcode makeEnv} adds one.
 *
 * | observation | unit | range |
 * |---|---|---|
 * | position of the cart | m | the rail ends at ±1 |
 * | angle of the pole | rad | the episode ends beyond ±0.2 |
 * | velocity of the cart | m/s | |
 * | angular velocity of the pole | rad/s | |
 *
 * Action: how strongly the cart is pushed for 0.04 s, from -3 to 3, 1 being 100 N. Reward: 1 for each step that does not
 * end the episode.
 *
 * @example Usage
 * ```ts
 * import { InvertedPendulum, loadMujoco } from "@bellman/dqn/envs/mujoco";
 * import { assertEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const env = new InvertedPendulum();
 * env.reset({ seed: 0 });
 * assertEquals(env.step(Float32Array.of(0.1)).reward, 1);
 * ```
 */
export class InvertedPendulum extends MujocoEnv {
  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, and how an episode starts.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When `resetNoiseScale` is not finite, or negative.
   * @throws {Error} When MuJoCo is not loaded.
   */
  constructor(options: InvertedPendulumOptions = {}) {
    super(invertedPendulumTask(options));
  }
}

function invertedPendulumTask(options: InvertedPendulumOptions): Task {
  const id = options.id ?? "InvertedPendulum-v5";
  const resetNoiseScale = noiseOption(id, options.resetNoiseScale, 0.01);
  let reward = 0;
  return {
    id,
    model: INVERTED_PENDULUM_MODEL,
    frameSkip: 2,
    settings: { resetNoiseScale },
    observations: [
      "position of the cart (m)",
      "angle of the pole (rad)",
      "velocity of the cart (m/s)",
      "angular velocity of the pole (rad/s)",
    ],
    actions: ["push"],
    actionBound: 3,
    carried: 0,
    view: {
      from: "side",
      bottom: -0.6,
      width: 2.4,
      height: 1.6,
      colours: ["#9ca3af", "#374151", "#cc4d4d"],
      floats: true,
    },
    start: (generator, world) => startEvenly(generator, world, resetNoiseScale),
    observe(world, into) {
      into.set(world.view("qpos"));
      into.set(world.view("qvel"), 2);
    },
    judge(world) {
      reward = isOver(world.view("qpos"), world.view("qvel")) ? 0 : 1;
      return reward;
    },
    carry: () => {},
    isTerminal: isOver,
    startInfo: () => ({}),
    stepInfo: () => ({ rewardSurvive: reward }),
    describe(world) {
      const [x, angle] = world.view("qpos");
      return `A cart at ${x!.toFixed(2)} m, its pole ${Math.abs(angle! * 180 / Math.PI).toFixed(1)} degrees ${
        angle! < 0 ? "to the left" : "to the right"
      }`;
    },
  };
}

function isOver(positions: Float64Array, velocities: Float64Array): boolean {
  const isFinite = (value: number) => value - value === 0;
  return !(Math.abs(positions[1]!) <= 0.2 && positions.every(isFinite) && velocities.every(isFinite));
}
