/**
 * Ant: walk on four legs.
 *
 * @module
 */

import type { Info } from "../env.ts";
import { booleanOption, finiteOption } from "../values/options.ts";
import { ANT_MODEL } from "./_ant_model.ts";
import { controlCost } from "./_control_cost.ts";
import { MujocoEnv } from "./mujoco_env.ts";
import { noiseOption, startNormally } from "./_start.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** Options of {@linkcode Ant}, Gymnasium's keyword arguments. */
export interface AntOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"Ant-v5"}
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
   * @default {0.5}
   */
  ctrlCostWeight?: number;
  /**
   * The cost factor of the sum of the squares of all contact forces, each clipped to ±1.
   *
   * @default {0.0005}
   */
  contactCostWeight?: number;
  /**
   * The reward of a step in a healthy state.
   *
   * @default {1}
   */
  healthyReward?: number;
  /**
   * Whether the episode ends in an unhealthy state.
   *
   * @default {true}
   */
  terminateWhenUnhealthy?: boolean;
  /**
   * The largest distance of the first positions from the model's, and the deviation of the first velocities; at least 0.
   *
   * @default {0.1}
   */
  resetNoiseScale?: number;
}

const FRAME_SKIP = 5;
const SECONDS = FRAME_SKIP * 0.01;
const LEGS = ["front left", "front right", "back left", "back right"];
const JOINTS = LEGS.flatMap((leg) => [`${leg} hip`, `${leg} ankle`]);
/** The motors, in order. */
const MOTORS = ["back right", "front left", "front right", "back left"]
  .flatMap((leg) => [`torque of the ${leg} hip`, `torque of the ${leg} ankle`]);
const BODIES = [
  "torso",
  ...LEGS.flatMap((leg) => ["root", "upper leg", "lower leg"].map((p) => `${leg} ${p}`)),
];
const FORCES = ["torque x", "torque y", "torque z", "force x", "force y", "force z"];

/**
 * A ball with four legs of two joints each, in space; the task is to walk along x
 * (`gymnasium/envs/mujoco/ant_v5.py`). It has no time limit; {@linkcode makeEnv} adds one. Velocities are those at
 * the torso's position half a step earlier, as in Gymnasium, where it is computed before the last integration.
 *
 * | observation | unit |
 * |---|---|
 * | height of the torso, 0.75 in the model | m |
 * | its direction, as a quaternion of four | |
 * | angle of hip and ankle, front left, front right, back left, back right | rad |
 * | velocity of the torso along x, y and z | m/s |
 * | angular velocity of the torso about x, y and z | rad/s |
 * | angular velocity of hip and ankle, in the same order | rad/s |
 * | torque and force of contacts on the torso and on the three parts of each leg, clipped to ±1 | N m, N |
 *
 * Action: how strongly hips and ankles are turned for 0.05 s, back right, front left, front right, back left, each from
 * -1 to 1, 1 being 150 N m. Reward: velocity along x, and 1 while healthy, less 0.5 times the sum of the action's squares,
 * less 0.0005 times that of the contact forces. Healthy: the torso from 0.2 to 1 m high. The episode ends in any other
 * state.
 *
 * @example Usage
 * ```ts
 * import { Ant, loadMujoco } from "@bellman/dqn/envs/mujoco";
 * import { assertEquals } from "@std/assert";
 *
 * await loadMujoco();
 * const env = new Ant();
 * env.reset({ seed: 0 });
 * const { observation, info } = env.step(new Float32Array(8));
 * assertEquals([observation.length, info["rewardSurvive"]], [105, 1]);
 * ```
 */
export class Ant extends MujocoEnv {
  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, the parts of the reward, when an episode ends, and how it starts.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When an option is not finite, or `resetNoiseScale` negative.
   * @throws {Error} When MuJoCo is not loaded.
   */
  constructor(options: AntOptions = {}) {
    super(antTask(options));
  }
}

function antTask(options: AntOptions): Task {
  const id = options.id ?? "Ant-v5";
  const number = (name: keyof AntOptions, fallback: number) =>
    finiteOption(id, name, options[name], fallback);
  const forwardRewardWeight = number("forwardRewardWeight", 1);
  const ctrlCostWeight = number("ctrlCostWeight", 0.5);
  const contactCostWeight = number("contactCostWeight", 5e-4);
  const healthyReward = number("healthyReward", 1);
  const resetNoiseScale = noiseOption(id, options.resetNoiseScale, 0.1);
  const terminateWhenUnhealthy = booleanOption(
    id,
    "terminateWhenUnhealthy",
    options.terminateWhenUnhealthy,
    true,
  );
  let [velocityX, velocityY, forward, survive, cost, contact] = [0, 0, 0, 0, 0, 0];
  const startInfo = (world: World): Info => {
    const positions = world.view("qpos");
    const [x, y] = [positions[0]!, positions[1]!];
    return { xPosition: x, yPosition: y, distanceFromOrigin: Math.sqrt(x * x + y * y) };
  };
  return {
    id,
    model: ANT_MODEL,
    frameSkip: FRAME_SKIP,
    settings: {
      forwardRewardWeight,
      ctrlCostWeight,
      contactCostWeight,
      healthyReward,
      terminateWhenUnhealthy,
      resetNoiseScale,
    },
    observations: [
      "height of the torso (m)",
      ...["w", "x", "y", "z"].map((part) => `direction of the torso, ${part}`),
      ...JOINTS.map((joint) => `angle of the ${joint} (rad)`),
      ...["x", "y", "z"].map((axis) => `velocity along ${axis} (m/s)`),
      ...["x", "y", "z"].map((axis) => `angular velocity about ${axis} (rad/s)`),
      ...JOINTS.map((joint) => `angular velocity of the ${joint} (rad/s)`),
      ...BODIES.flatMap((body) => FORCES.map((force) => `${force} on the ${body}`)),
    ],
    actions: MOTORS,
    actionBound: 1,
    carried: 2,
    view: {
      from: "side",
      follow: 1,
      bottom: -0.4,
      width: 3.6,
      height: 2.4,
      colours: [undefined, "#cc4d4d", ...LEGS.flatMap(() => ["#d97f4d", "#d97f4d", "#e0a050"])],
    },
    start: (generator, world) => startNormally(generator, world, resetNoiseScale),
    observe(world, into) {
      const positions = world.view("qpos");
      const velocities = world.view("qvel");
      const forces = world.view("cfrc_ext");
      for (let i = 0; i < 13; i++) into[i] = positions[i + 2]!;
      for (let i = 0; i < 14; i++) into[13 + i] = velocities[i]!;
      for (let i = 0; i < 78; i++) into[27 + i] = clipped(forces[i + 6]!);
    },
    judge(world, action, before) {
      world.contactForces();
      const place = world.view("xpos");
      velocityX = (place[3]! - before[0]!) / SECONDS;
      velocityY = (place[4]! - before[1]!) / SECONDS;
      forward = forwardRewardWeight * velocityX;
      survive = isHealthy(world.view("qpos"), world.view("qvel")) ? healthyReward : 0;
      cost = controlCost(ctrlCostWeight, action);
      contact = contactCostWeight * sumOfSquares(world.view("cfrc_ext"));
      return forward + survive - (cost + contact);
    },
    carry(world, into) {
      const place = world.view("xpos");
      into[0] = place[3]!;
      into[1] = place[4]!;
    },
    isTerminal: (positions, velocities) => terminateWhenUnhealthy && !isHealthy(positions, velocities),
    startInfo,
    stepInfo: (world) => ({
      ...startInfo(world),
      xVelocity: velocityX,
      yVelocity: velocityY,
      rewardForward: forward,
      rewardCtrl: -cost,
      rewardContact: -contact,
      rewardSurvive: survive,
    }),
    describe(world) {
      const [x, y, z] = world.view("qpos");
      return `An ant at ${x!.toFixed(2)} m, ${y!.toFixed(2)} m, its torso ${z!.toFixed(2)} m high`;
    },
  };
}

const clipped = (value: number): number => Math.min(Math.max(value, -1), 1);

function sumOfSquares(forces: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < forces.length; i++) {
    const force = clipped(forces[i]!);
    sum += force * force;
  }
  return sum;
}

function isHealthy(positions: Float64Array, velocities: Float64Array): boolean {
  if (!(positions[2]! >= 0.2 && positions[2]! <= 1)) return false;
  for (let i = 0; i < positions.length; i++) if (positions[i]! - positions[i]! !== 0) return false;
  for (let i = 0; i < velocities.length; i++) if (velocities[i]! - velocities[i]! !== 0) return false;
  return true;
}
