/**
 * The rules that Hopper and Walker2d share (`gymnasium/envs/mujoco/hopper_v5.py` and `walker2d_v5.py`).
 *
 * @module
 */

import type { Info } from "../env.ts";
import { booleanOption, finiteOption } from "../values/options.ts";
import { controlCost } from "./_control_cost.ts";
import type { View } from "./_draw_bodies.ts";
import type { LeggedOptions } from "./legged_options.ts";
import { planeNames } from "./_plane_names.ts";
import { noiseOption, startEvenly } from "./_start.ts";
import type { Task } from "./_task.ts";
import type { World } from "./_world.ts";

/** The differences between them. */
export interface LeggedBody {
  readonly id: string;
  readonly model: string;
  readonly joints: readonly string[];
  readonly colours: View["colours"];
  /** Whether a state is healthy. */
  readonly isHealthy: (positions: Float64Array, velocities: Float64Array) => boolean;
}

const FRAME_SKIP = 4;
const SECONDS = FRAME_SKIP * 0.002;
const HEIGHT = 1.25;

/** Creates the rules of one environment. */
export function leggedTask(body: LeggedBody, options: LeggedOptions): Task {
  const { model, joints, colours, isHealthy } = body;
  const id = options.id ?? body.id;
  const number = (name: keyof LeggedOptions, fallback: number) =>
    finiteOption(id, name, options[name], fallback);
  const forwardRewardWeight = number("forwardRewardWeight", 1);
  const ctrlCostWeight = number("ctrlCostWeight", 1e-3);
  const healthyReward = number("healthyReward", 1);
  const resetNoiseScale = noiseOption(id, options.resetNoiseScale, 5e-3);
  const terminateWhenUnhealthy = booleanOption(
    id,
    "terminateWhenUnhealthy",
    options.terminateWhenUnhealthy,
    true,
  );
  let [velocity, forward, survive, cost] = [0, 0, 0, 0];
  const startInfo = (world: World): Info => {
    const positions = world.view("qpos");
    return { xPosition: positions[0]!, zDistanceFromOrigin: positions[1]! - HEIGHT };
  };
  return {
    id,
    model,
    frameSkip: FRAME_SKIP,
    settings: { forwardRewardWeight, ctrlCostWeight, healthyReward, terminateWhenUnhealthy, resetNoiseScale },
    observations: planeNames("torso", joints),
    actions: joints.map((joint) => `torque of the ${joint}`),
    actionBound: 1,
    carried: 1,
    view: { from: "side", follow: 1, bottom: -0.35, width: 3, height: 2, colours },
    start: (generator, world) => startEvenly(generator, world, resetNoiseScale),
    observe(world, into) {
      const positions = world.view("qpos");
      const velocities = world.view("qvel");
      const count = positions.length - 1;
      for (let i = 0; i < count; i++) into[i] = positions[i + 1]!;
      for (let i = 0; i < velocities.length; i++) {
        into[count + i] = Math.min(Math.max(velocities[i]!, -10), 10);
      }
    },
    judge(world, action, before) {
      const positions = world.view("qpos");
      velocity = (positions[0]! - before[0]!) / SECONDS;
      forward = forwardRewardWeight * velocity;
      survive = isHealthy(positions, world.view("qvel")) ? healthyReward : 0;
      cost = controlCost(ctrlCostWeight, action);
      return forward + survive - cost;
    },
    carry(world, into) {
      into[0] = world.view("qpos")[0]!;
    },
    isTerminal: (positions, velocities) => terminateWhenUnhealthy && !isHealthy(positions, velocities),
    startInfo,
    stepInfo: (world) => ({
      ...startInfo(world),
      xVelocity: velocity,
      rewardForward: forward,
      rewardCtrl: -cost,
      rewardSurvive: survive,
    }),
    describe(world) {
      const [x, z, angle] = world.view("qpos");
      const lean = angle! * 180 / Math.PI;
      return `${body.id.split("-")[0]} at ${x!.toFixed(2)} m, its torso ${z!.toFixed(2)} m high and leaning ${
        Math.abs(lean).toFixed(0)
      } degrees ${lean < 0 ? "back" : "forward"}`;
    },
  };
}
