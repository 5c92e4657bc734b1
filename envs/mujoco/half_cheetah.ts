/**
 * HalfCheetah: run on two legs.
 *
 * @module
 */

import type { Info } from "../env.ts";
import { finiteOption } from "../values/options.ts";
import { controlCost } from "./_control_cost.ts";
import { HALF_CHEETAH_MODEL } from "./_half_cheetah_model.ts";
import { MujocoEnv } from "./mujoco_env.ts";
import { planeNames } from "./_plane_names.ts";
import { noiseOption, startNormally } from "./_start.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** Options of {@linkcode HalfCheetah}, Gymnasium's keyword arguments. */
export interface HalfCheetahOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"HalfCheetah-v5"}
   */
  id?: string;
  /**
   * The reward per metre per second forward.
   *
   * @default {1}
   */
  forwardRewardWeight?: number;
  /**
   * The cost factor of the sum of the action's squares.
   *
   * @default {0.1}
   */
  ctrlCostWeight?: number;
  /**
   * The largest distance of the first positions from the model's, and the deviation of the first velocities; at least 0.
   *
   * @default {0.1}
   */
  resetNoiseScale?: number;
}

const FRAME_SKIP = 5;
const SECONDS = FRAME_SKIP * 0.01;
const JOINTS = ["back thigh", "back shin", "back foot", "front thigh", "front shin", "front foot"];
const COLOURS = [
  undefined,
  "#d9a441",
  "#d9a441",
  "#a8622f",
  "#b97a45",
  "#8c4a1f",
  "#a8622f",
  "#b97a45",
  "#8c4a1f",
];

/**
 * A flat animal in a plane, with a long body, a head, a back leg and a front leg; the task is to run forward
 * (`gymnasium/envs/mujoco/half_cheetah_v5.py`). It never terminates and has no time limit; {@linkcode makeEnv}
 * adds one.
 *
 * | observation | unit |
 * |---|---|
 * | height of the body above that of the model, 0.7 m | m |
 * | angle of the body, and of thigh, shin and foot behind and in front | rad |
 * | forward and upward velocity of the body | m/s |
 * | angular velocity of the body, and of thigh, shin and foot behind and in front | rad/s |
 *
 * Action: how strongly thigh, shin and foot behind and in front are turned for 0.05 s, each from -1 to 1, 1 being 120, 90, 60, 120,
 * 60 and 30 N m. Reward: forward velocity less 0.1 times the sum of the action's squares.
 *
 * @example Usage
 * ```ts
 * import { HalfCheetah, loadMujoco } from "@bellman/dqn/envs/mujoco";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const env = new HalfCheetah();
 * env.reset({ seed: 0 });
 * const { reward, info } = env.step(new Float32Array(6).fill(0.5));
 * assertAlmostEquals(reward, Number(info["xVelocity"]) - 0.15, 1e-6);
 * ```
 */
export class HalfCheetah extends MujocoEnv {
  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, the parts of the reward, and how an episode starts.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When an option is not finite, or `resetNoiseScale` negative.
   * @throws {Error} When MuJoCo is not loaded.
   */
  constructor(options: HalfCheetahOptions = {}) {
    super(halfCheetahTask(options));
  }
}

function halfCheetahTask(options: HalfCheetahOptions): Task {
  const id = options.id ?? "HalfCheetah-v5";
  const forwardRewardWeight = finiteOption(id, "forwardRewardWeight", options.forwardRewardWeight, 1);
  const ctrlCostWeight = finiteOption(id, "ctrlCostWeight", options.ctrlCostWeight, 0.1);
  const resetNoiseScale = noiseOption(id, options.resetNoiseScale, 0.1);
  let [velocity, forward, cost] = [0, 0, 0];
  const startInfo = (world: World): Info => ({ xPosition: world.view("qpos")[0]! });
  return {
    id,
    model: HALF_CHEETAH_MODEL,
    frameSkip: FRAME_SKIP,
    settings: { forwardRewardWeight, ctrlCostWeight, resetNoiseScale },
    observations: planeNames("body", JOINTS),
    actions: JOINTS.map((joint) => `torque of the ${joint}`),
    actionBound: 1,
    carried: 1,
    view: { from: "side", follow: 1, bottom: -0.4, width: 3.6, height: 2.4, colours: COLOURS },
    start: (generator, world) => startNormally(generator, world, resetNoiseScale),
    observe(world, into) {
      const positions = world.view("qpos");
      const velocities = world.view("qvel");
      const count = positions.length - 1;
      for (let i = 0; i < count; i++) into[i] = positions[i + 1]!;
      for (let i = 0; i < velocities.length; i++) into[count + i] = velocities[i]!;
    },
    judge(world, action, before) {
      velocity = (world.view("qpos")[0]! - before[0]!) / SECONDS;
      forward = forwardRewardWeight * velocity;
      cost = controlCost(ctrlCostWeight, action);
      return forward - cost;
    },
    carry(world, into) {
      into[0] = world.view("qpos")[0]!;
    },
    isTerminal: () => false,
    startInfo,
    stepInfo: (world) => ({
      ...startInfo(world),
      xVelocity: velocity,
      rewardForward: forward,
      rewardCtrl: -cost,
    }),
    describe(world) {
      const [x, , angle] = world.view("qpos");
      const lean = angle! * 180 / Math.PI;
      return `HalfCheetah at ${x!.toFixed(2)} m, its nose ${Math.abs(lean).toFixed(0)} degrees ${
        lean > 0 ? "down" : "up"
      }`;
    },
  };
}
