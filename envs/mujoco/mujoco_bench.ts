/**
 * Steps per second on MuJoCo: one iteration is 1,000 steps, resets included. `deno bench --allow-read envs/mujoco/`.
 *
 * @module
 */

import { makeEnv } from "../mod.ts";
import { HalfCheetah, Hopper, loadMujoco, type MujocoEnv } from "./mod.ts";

await loadMujoco();

for (
  const id of [
    "Hopper-v5",
    "HalfCheetah-v5",
    "Walker2d-v5",
    "InvertedPendulum-v5",
    "InvertedDoublePendulum-v5",
    "Swimmer-v5",
    "Reacher-v5",
    "Ant-v5",
  ] as const
) {
  const env = makeEnv(id);
  const actions = Array.from({ length: 1024 }, () => env.actionSpace.sample());
  env.reset({ seed: 0 });
  let t = 0;
  Deno.bench(`${id}, 1,000 steps`, { group: "step" }, () => {
    for (let i = 0; i < 1000; i++) {
      const { terminated, truncated } = env.step(actions[t++ & 1023]!);
      if (terminated || truncated) env.reset();
    }
  });
}

/** Episodes end after 1,000 steps at the latest. */
function benchInto(env: MujocoEnv): void {
  const actions = Array.from({ length: 1024 }, () => env.actionSpace.sample());
  const into = new Float32Array(env.lastObservation.length);
  env.resetInto(into, { seed: 0 });
  let t = 0;
  Deno.bench(`${env.id}, 1,000 steps into the caller's memory`, { group: "step into" }, () => {
    for (let i = 0; i < 1000; i++) {
      env.stepInto(actions[t++ & 1023]!, into);
      if (env.lastTerminated || t % 1000 === 0) env.resetInto(into);
    }
  });
}

benchInto(new Hopper());
benchInto(new HalfCheetah());
