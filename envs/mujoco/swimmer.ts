/**
 * Swimmer: swim by bending.
 *
 * @module
 */

import type { Info } from "../env.ts";
import { finiteOption } from "../values/options.ts";
import { controlCost } from "./_control_cost.ts";
import { MujocoEnv } from "./mujoco_env.ts";
import { noiseOption, startEvenly } from "./_start.ts";
import { SWIMMER_MODEL } from "./_swimmer_model.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** Options of {@linkcode Swimmer}, Gymnasium's keyword arguments. */
export interface SwimmerOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"Swimmer-v5"}
   */
  id?: string;
  /**
   * The reward per metre per second along x.
   *
   * @default {1}
   */
  forwardRewardWeight?: number;
  /**
   * The cost factor of the sum of the action's squares.
   *
   * @default {0.0001}
   */
  ctrlCostWeight?: number;
  /**
   * The largest distance of the first positions and velocities from zero, at least 0.
   *
   * @default {0.1}
   */
  resetNoiseScale?: number;
}

const FRAME_SKIP = 4;
const SECONDS = FRAME_SKIP * 0.01;

/**
 * Three links in a viscous fluid, seen from above; the task is to swim along x
 * (`gymnasium/envs/mujoco/swimmer_v5.py`). It never terminates and has no time limit; {@linkcode makeEnv} adds
 * one.
 *
 * | observation | unit |
 * |---|---|
 * | angle of the first link, and of the two joints | rad |
 * | velocity of the first link's end along x and y | m/s |
 * | angular velocity of the first link, and of the two joints | rad/s |
 *
 * Action: how strongly the two joints are turned for 0.04 s, each from -1 to 1, 1 being 150 N m. Reward: velocity along x
 * less 0.0001 times the sum of the action's squares.
 *
 * @example Usage
 * ```ts
 * import { loadMujoco, Swimmer } from "@bellman/dqn/envs/mujoco";
 * import { assertEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const env = new Swimmer({ ctrlCostWeight: 0 });
 * env.reset({ seed: 0 });
 * const { reward, info } = env.step(Float32Array.of(1, -1));
 * assertEquals(reward, info["xVelocity"]);
 * ```
 */
export class Swimmer extends MujocoEnv {
  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, the parts of the reward, and how an episode starts.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When an option is not finite, or `resetNoiseScale` negative.
   * @throws {Error} When MuJoCo is not loaded.
   */
  constructor(options: SwimmerOptions = {}) {
    super(swimmerTask(options));
  }
}

function swimmerTask(options: SwimmerOptions): Task {
  const id = options.id ?? "Swimmer-v5";
  const forwardRewardWeight = finiteOption(id, "forwardRewardWeight", options.forwardRewardWeight, 1);
  const ctrlCostWeight = finiteOption(id, "ctrlCostWeight", options.ctrlCostWeight, 1e-4);
  const resetNoiseScale = noiseOption(id, options.resetNoiseScale, 0.1);
  let [velocityX, velocityY, forward, cost] = [0, 0, 0, 0];
  const startInfo = (world: World): Info => {
    const positions = world.view("qpos");
    const [x, y] = [positions[0]!, positions[1]!];
    return { xPosition: x, yPosition: y, distanceFromOrigin: Math.sqrt(x * x + y * y) };
  };
  return {
    id,
    model: SWIMMER_MODEL,
    frameSkip: FRAME_SKIP,
    settings: { forwardRewardWeight, ctrlCostWeight, resetNoiseScale },
    observations: [
      "angle of the first link (rad)",
      "angle of the first joint (rad)",
      "angle of the second joint (rad)",
      "velocity along x (m/s)",
      "velocity along y (m/s)",
      "angular velocity of the first link (rad/s)",
      "angular velocity of the first joint (rad/s)",
      "angular velocity of the second joint (rad/s)",
    ],
    actions: ["torque of the first joint", "torque of the second joint"],
    actionBound: 1,
    carried: 2,
    view: {
      from: "above",
      follow: 2,
      bottom: 0,
      width: 6,
      height: 4,
      colours: [undefined, "#cc4d4d", "#d97f4d", "#e0a050"],
    },
    start: (generator, world) => startEvenly(generator, world, resetNoiseScale),
    observe(world, into) {
      const positions = world.view("qpos");
      const velocities = world.view("qvel");
      for (let i = 0; i < 3; i++) into[i] = positions[i + 2]!;
      for (let i = 0; i < 5; i++) into[i + 3] = velocities[i]!;
    },
    judge(world, action, before) {
      const positions = world.view("qpos");
      velocityX = (positions[0]! - before[0]!) / SECONDS;
      velocityY = (positions[1]! - before[1]!) / SECONDS;
      forward = forwardRewardWeight * velocityX;
      cost = controlCost(ctrlCostWeight, action);
      return forward - cost;
    },
    carry(world, into) {
      const positions = world.view("qpos");
      into[0] = positions[0]!;
      into[1] = positions[1]!;
    },
    isTerminal: () => false,
    startInfo,
    stepInfo: (world) => ({
      ...startInfo(world),
      xVelocity: velocityX,
      yVelocity: velocityY,
      rewardForward: forward,
      rewardCtrl: -cost,
    }),
    describe(world) {
      const [x, y] = world.view("qpos");
      return `A swimmer of three links at ${x!.toFixed(2)} m, ${y!.toFixed(2)} m`;
    },
  };
}
