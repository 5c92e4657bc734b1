/**
 * InvertedDoublePendulum: hold a pole up on a pole on a cart.
 *
 * @module
 */

import { cos } from "../../nn/math/cos.ts";
import { finiteOption } from "../values/options.ts";
import { INVERTED_DOUBLE_PENDULUM_MODEL } from "./_inverted_double_pendulum_model.ts";
import { MujocoEnv } from "./mujoco_env.ts";
import { noiseOption, startNormally } from "./_start.ts";
import { sin } from "../../nn/math/sin.ts";
import type { Task } from "./_task.ts";

/** Options of {@linkcode InvertedDoublePendulum}, Gymnasium's keyword arguments. */
export interface InvertedDoublePendulumOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"InvertedDoublePendulum-v5"}
   */
  id?: string;
  /**
   * The reward of a step that does not end the episode.
   *
   * @default {10}
   */
  healthyReward?: number;
  /**
   * The largest distance of the first positions from zero, and the deviation of the first velocities; at least 0.
   *
   * @default {0.1}
   */
  resetNoiseScale?: number;
}

/**
 * A pole on a pole on a cart on a rail, nearly upright at first; the task is to keep the tip up
 * (`gymnasium/envs/mujoco/inverted_double_pendulum_v5.py`). It has no time limit; {@linkcode makeEnv} adds one.
 *
 * | observation | unit |
 * |---|---|
 * | position of the cart, between ±1 | m |
 * | sine of the lower angle, and of the upper one from there | |
 * | cosine of both | |
 * | velocity of the cart, clipped to ±10 | m/s |
 * | both angular velocities, clipped to ±10 | rad/s |
 * | force by which the rail's end holds the cart, clipped to ±10 | N |
 *
 * Action: how strongly the cart is pushed for 0.05 s, from -1 to 1, 1 being 500 N. Reward: 10 for each step that does not
 * end the episode, less 0.01 x² + (z - 2)² of the tip, less 0.001 and 0.005 times the squares of the two angular
 * velocities. The episode ends when the tip is no more than 1 m high; upright it is 1.2 m.
 *
 * @example Usage
 * ```ts
 * import { InvertedDoublePendulum, loadMujoco } from "@bellman/dqn/envs/mujoco";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const env = new InvertedDoublePendulum();
 * env.reset({ seed: 0 });
 * assertAlmostEquals(env.step(Float32Array.of(0)).reward, 9.35, 0.01);
 * ```
 */
export class InvertedDoublePendulum extends MujocoEnv {
  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, the reward, and how an episode starts.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When an option is not finite, or `resetNoiseScale` negative.
   * @throws {Error} When MuJoCo is not loaded.
   */
  constructor(options: InvertedDoublePendulumOptions = {}) {
    super(invertedDoublePendulumTask(options));
  }
}

function invertedDoublePendulumTask(options: InvertedDoublePendulumOptions): Task {
  const id = options.id ?? "InvertedDoublePendulum-v5";
  const healthyReward = finiteOption(id, "healthyReward", options.healthyReward, 10);
  const resetNoiseScale = noiseOption(id, options.resetNoiseScale, 0.1);
  let [survive, distance, speed] = [0, 0, 0];
  const clip = (value: number) => Math.min(Math.max(value, -10), 10);
  return {
    id,
    model: INVERTED_DOUBLE_PENDULUM_MODEL,
    frameSkip: 5,
    settings: { healthyReward, resetNoiseScale },
    observations: [
      "position of the cart (m)",
      "sine of the lower angle",
      "sine of the upper angle",
      "cosine of the lower angle",
      "cosine of the upper angle",
      "velocity of the cart (m/s)",
      "lower angular velocity (rad/s)",
      "upper angular velocity (rad/s)",
      "force of the rail's end (N)",
    ],
    actions: ["push"],
    actionBound: 1,
    // The height of the tip, which decides whether the episode is over.
    carried: 1,
    view: {
      from: "side",
      bottom: -0.9,
      width: 3.6,
      height: 2.4,
      colours: [undefined, "#9ca3af", "#374151", "#cc4d4d", "#4d80cc"],
      floats: true,
    },
    start: (generator, world) => startNormally(generator, world, resetNoiseScale),
    observe(world, into) {
      const positions = world.view("qpos");
      const velocities = world.view("qvel");
      into[0] = positions[0]!;
      for (let i = 1; i < 3; i++) {
        into[i] = sin(positions[i]!);
        into[i + 2] = cos(positions[i]!);
      }
      for (let i = 0; i < 3; i++) into[5 + i] = clip(velocities[i]!);
      into[8] = clip(world.view("qfrc_constraint")[0]!);
    },
    judge(world) {
      const tip = world.view("site_xpos");
      const velocities = world.view("qvel");
      const [x, above] = [tip[0]!, tip[2]! - 2];
      const [lower, upper] = [velocities[1]!, velocities[2]!];
      distance = 0.01 * x * x + above * above;
      speed = 1e-3 * lower * lower + 5e-3 * upper * upper;
      survive = tip[2]! <= 1 ? 0 : healthyReward;
      return survive - distance - speed;
    },
    carry(world, into) {
      into[0] = world.view("site_xpos")[2]!;
    },
    isTerminal: (_positions, _velocities, carried) => carried[0]! <= 1,
    startInfo: () => ({}),
    stepInfo: () => ({ rewardSurvive: survive, distancePenalty: -distance, velocityPenalty: -speed }),
    describe(world) {
      const tip = world.view("site_xpos");
      const x = world.view("qpos")[0]!;
      return `A cart at ${x.toFixed(2)} m, the tip of its two poles ${tip[2]!.toFixed(2)} m high`;
    },
  };
}
