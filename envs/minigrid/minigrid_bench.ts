/**
 * Steps of MiniGrid by random play: `deno bench envs/minigrid/minigrid_bench.ts`. The time is that of 1,000 steps.
 *
 * @module
 */

import { makeEnv, VectorEnv } from "../mod.ts";
import { MiniGridEnv } from "./mod.ts";

for (
  const id of [
    "MiniGrid-Empty-8x8-v0",
    "MiniGrid-DoorKey-8x8-v0",
    "MiniGrid-LavaCrossingS9N2-v0",
    "MiniGrid-Dynamic-Obstacles-8x8-v0",
    "MiniGrid-KeyCorridorS3R3-v0",
    "MiniGrid-MultiRoom-N6-v0",
  ] as const
) {
  const env = makeEnv(id);
  env.actionSpace.seed(0);
  const actions = Uint8Array.from({ length: 1024 }, () => env.actionSpace.sample());
  env.reset({ seed: 0 });
  let t = 0;
  Deno.bench(`${id}, 1,000 steps`, { group: "step" }, () => {
    for (let i = 0; i < 1000; i++) {
      const { terminated, truncated } = env.step(actions[t++ & 1023]!);
      if (terminated || truncated) env.reset();
    }
  });

  const inner = new MiniGridEnv(id);
  const into = new Uint8Array(inner.observationSpace.low.length);
  inner.resetInto(into, { seed: 0 });
  Deno.bench(`${id}, 1,000 steps into the caller's memory`, { group: "step into" }, () => {
    for (let i = 0; i < 1000; i++) {
      inner.stepInto(actions[t++ & 1023]!, into);
      if (inner.lastTerminated || inner.stepCount >= inner.maxSteps) inner.resetInto(into);
    }
  });
}

const envs = new VectorEnv(() => makeEnv("MiniGrid-DoorKey-8x8-v0"), 8);
envs.reset({ seed: 0 });
const choices = Array.from(
  { length: 1024 },
  (_, t) => Uint8Array.from({ length: 8 }, (_, i) => (5 * t + 3 * i) % 7),
);
let round = 0;
Deno.bench("MiniGrid-DoorKey-8x8-v0, 8 copies of 125 steps", { group: "many" }, () => {
  for (let i = 0; i < 125; i++) envs.step(choices[round++ & 1023]!);
});
