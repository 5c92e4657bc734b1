/**
 * Steps per second: one iteration is 1,000 steps, resets included.
 *
 * @module
 */

import { makeEnv } from "./make_env.ts";

for (const id of ["CartPole-v1", "MountainCar-v0"] as const) {
  const env = makeEnv(id);
  const actions = id === "CartPole-v1" ? 2 : 3;
  env.reset({ seed: 0 });
  let t = 0;
  Deno.bench(`${id}, 1,000 steps`, { group: "step" }, () => {
    for (let i = 0; i < 1000; i++) {
      const { terminated, truncated } = env.step(t++ % actions);
      if (terminated || truncated) env.reset();
    }
  });
}
