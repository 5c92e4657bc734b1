/**
 * Steps per second: one iteration is 1,000 steps, including resets.
 *
 * @module
 */

import { Acrobot } from "./classic_control/acrobot.ts";
import { CartPole } from "./classic_control/cart_pole.ts";
import type { Action } from "./env.ts";
import type { IntoEnv } from "./into_env.ts";
import { envIds, makeEnv } from "./mod.ts";
import { MountainCar } from "./classic_control/mountain_car.ts";
import { MountainCarContinuous } from "./classic_control/mountain_car_continuous.ts";
import { Pendulum } from "./classic_control/pendulum.ts";
import type { Space } from "./spaces/space.ts";

/** Actions drawn in advance, so that drawing them is not measured. */
function actionsOf<A extends Action>(space: Space<A>): readonly A[] {
  space.seed(0);
  return Array.from({ length: 1024 }, () => space.sample());
}

for (const id of envIds()) {
  const env = makeEnv(id);
  const actions = actionsOf(env.actionSpace);
  env.reset({ seed: 0 });
  let t = 0;
  Deno.bench(`${id}, 1,000 steps`, { group: "step" }, () => {
    for (let i = 0; i < 1000; i++) {
      const { terminated, truncated } = env.step(actions[t++ & 1023]!);
      if (terminated || truncated) env.reset();
    }
  });
}

/** Episodes end after 200 steps at the latest. */
function benchInto<A extends Action>(env: IntoEnv<A>): void {
  const actions = actionsOf(env.actionSpace);
  const into = new Float32Array(env.observationSpace.sample().length);
  env.resetInto(into, { seed: 0 });
  let t = 0;
  Deno.bench(`${env.id}, 1,000 steps into the caller's memory`, { group: "step into" }, () => {
    for (let i = 0; i < 1000; i++) {
      env.stepInto(actions[t++ & 1023]!, into);
      if (env.lastTerminated || t % 200 === 0) env.resetInto(into);
    }
  });
}

benchInto(new CartPole());
benchInto(new MountainCar());
benchInto(new MountainCarContinuous());
benchInto(new Acrobot());
benchInto(new Pendulum());
