/**
 * Steps of CartPole shown as pictures: one iteration is 100 steps, including resets.
 *
 * @module
 */

import { AddRenderObservation, FrameStackObservation, makeEnv } from "../mod.ts";

/** Steps per iteration. */
const STEPS = 100;

for (const [rows, columns] of [[48, 64], [84, 84]] as const) {
  for (const gray of [true, false]) {
    const drawn = new AddRenderObservation<number>(makeEnv("CartPole-v1"), [rows, columns], { gray });
    const env = new FrameStackObservation(drawn, 4);
    env.reset({ seed: 0 });
    const name = `${STEPS} steps of CartPole, ${rows} × ${columns}, ${gray ? "gray" : "in colour"}, 4 frames`;
    Deno.bench(name, { group: `${rows} × ${columns}` }, () => {
      for (let i = 0; i < STEPS; i++) {
        const { terminated, truncated } = env.step(i % 2);
        if (terminated || truncated) env.reset();
      }
    });
  }
}
