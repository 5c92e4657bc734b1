/**
 * Steps per second of many copies at once, resets included: one iteration is 1,024 steps, 64 copies 16 times.
 *
 * @module
 */

import { makeEnv } from "./make_env.ts";
import { VectorEnv } from "./vector_env.ts";

const COPIES = 64;

for (const id of ["CartPole-v1", "MountainCar-v0"] as const) {
  const envs = new VectorEnv(() => makeEnv(id), COPIES);
  envs.reset({ seed: 0 });
  const count = id === "CartPole-v1" ? 2 : 3;
  const actions = Array.from(
    { length: count },
    (_, t) => Uint8Array.from({ length: COPIES }, (_, i) => (i + t) % count),
  );
  let t = 0;
  Deno.bench(`${id}, 1,024 steps of ${COPIES} copies`, { group: "vector" }, () => {
    for (let i = 0; i < 16; i++) envs.step(actions[t++ % count]!);
  });
}
