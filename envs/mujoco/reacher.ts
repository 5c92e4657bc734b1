/**
 * Reacher: touch a target with an arm.
 *
 * @module
 */

import { cos } from "../../nn/math/cos.ts";
import { finiteOption } from "../values/options.ts";
import { controlCost } from "./_control_cost.ts";
import { MujocoEnv } from "./mujoco_env.ts";
import { REACHER_MODEL } from "./_reacher_model.ts";
import { sin } from "../../nn/math/sin.ts";
import { movePositions } from "./_start.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** Options of {@linkcode Reacher}, Gymnasium's keyword arguments. */
export interface ReacherOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"Reacher-v5"}
   */
  id?: string;
  /**
   * The cost per metre between fingertip and target.
   *
   * @default {1}
   */
  rewardDistWeight?: number;
  /**
   * The cost factor of the sum of the action's squares.
   *
   * @default {1}
   */
  rewardControlWeight?: number;
}

/** The bodies of fingertip and target, as their first coordinates. */
const FINGERTIP = 3 * 3;
const TARGET = 3 * 4;

/**
 * An arm of two links on a table, seen from above, and a target within its reach; the task is to bring the
 * fingertip there and hold it (`gymnasium/envs/mujoco/reacher_v5.py`). It never terminates and has no time limit;
 * {@linkcode makeEnv} adds one. Positions of fingertip and target are those half a step earlier, as in
 * Gymnasium, where they are computed before the last integration.
 *
 * | observation | unit |
 * |---|---|
 * | cosine of the shoulder's and of the elbow's angle | |
 * | sine of both | |
 * | x and y of the target | m |
 * | angular velocity of shoulder and elbow | rad/s |
 * | x and y from the target to the fingertip | m |
 *
 * Action: how strongly shoulder and elbow are turned for 0.02 s, each from -1 to 1, 1 being 200 N m. Reward: minus the
 * distance from fingertip to target, minus the sum of the action's squares.
 *
 * @example Usage
 * ```ts
 * import { loadMujoco, Reacher } from "@bellman/dqn/envs/mujoco";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const env = new Reacher();
 * env.reset({ seed: 0 });
 * const { observation, reward } = env.step(Float32Array.of(0, 0));
 * assertAlmostEquals(reward, -Math.hypot(observation[8]!, observation[9]!), 1e-6);
 * ```
 */
export class Reacher extends MujocoEnv {
  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, and the parts of the reward.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When an option is not finite.
   * @throws {Error} When MuJoCo is not loaded.
   */
  constructor(options: ReacherOptions = {}) {
    super(reacherTask(options));
  }
}

function reacherTask(options: ReacherOptions): Task {
  const id = options.id ?? "Reacher-v5";
  const rewardDistWeight = finiteOption(id, "rewardDistWeight", options.rewardDistWeight, 1);
  const rewardControlWeight = finiteOption(id, "rewardControlWeight", options.rewardControlWeight, 1);
  let [near, cost] = [0, 0];
  const gap = (world: World, axis: number) => {
    const places = world.view("xpos");
    return places[FINGERTIP + axis]! - places[TARGET + axis]!;
  };
  return {
    id,
    model: REACHER_MODEL,
    frameSkip: 2,
    settings: { rewardDistWeight, rewardControlWeight },
    observations: [
      "cosine of the shoulder",
      "cosine of the elbow",
      "sine of the shoulder",
      "sine of the elbow",
      "target x (m)",
      "target y (m)",
      "angular velocity of the shoulder (rad/s)",
      "angular velocity of the elbow (rad/s)",
      "fingertip minus target x (m)",
      "fingertip minus target y (m)",
    ],
    actions: ["torque of the shoulder", "torque of the elbow"],
    actionBound: 1,
    carried: 0,
    view: {
      from: "above",
      bottom: -0.34,
      width: 1.02,
      height: 0.68,
      colours: [
        undefined,
        ...Array<string>(4).fill("#9ca3af"),
        "#374151",
        "#4d80cc",
        "#4d80cc",
        "#111827",
        "#cc4d4d",
      ],
    },
    start(generator, world) {
      movePositions(generator, world, 0.1);
      const positions = world.view("qpos");
      let [x, y] = [0, 0];
      do {
        x = generator.uniform(-0.2, 0.2);
        y = generator.uniform(-0.2, 0.2);
      } while (!(Math.sqrt(x * x + y * y) < 0.2));
      positions[2] = x;
      positions[3] = y;
      const velocities = world.view("qvel");
      for (let i = 0; i < 4; i++) velocities[i] = generator.uniform(-0.005, 0.005);
      velocities.fill(0, 2);
    },
    observe(world, into) {
      const positions = world.view("qpos");
      const velocities = world.view("qvel");
      for (let i = 0; i < 2; i++) {
        into[i] = cos(positions[i]!);
        into[i + 2] = sin(positions[i]!);
        into[i + 4] = positions[i + 2]!;
        into[i + 6] = velocities[i]!;
        into[i + 8] = gap(world, i);
      }
    },
    judge(world, action) {
      const [x, y, z] = [gap(world, 0), gap(world, 1), gap(world, 2)];
      near = -Math.sqrt(x * x + y * y + z * z) * rewardDistWeight;
      cost = controlCost(rewardControlWeight, action);
      return near - cost;
    },
    carry: () => {},
    isTerminal: () => false,
    startInfo: () => ({}),
    stepInfo: () => ({ rewardDist: near, rewardCtrl: -cost }),
    describe(world) {
      const distance = Math.sqrt(gap(world, 0) ** 2 + gap(world, 1) ** 2);
      return `An arm of two links, its fingertip ${(100 * distance).toFixed(1)} cm from the target`;
    },
  };
}
