/**
 * What 5,000 steps of eight copies allocate, in bytes, printed; to be run with `--expose-gc`.
 *
 * @module
 */

import { makeVectorEnv } from "../../envs/mod.ts";

const envs = makeVectorEnv("CartPole-v1", 8, { maxEpisodeSteps: 40 });
envs.reset({ seed: 0 });
const actions = [Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1), Uint8Array.of(1, 0, 1, 0, 1, 1, 0, 0)] as const;
const run = (steps: number) => {
  for (let t = 0; t < steps; t++) envs.step(actions[(t & 1) === 0 ? 0 : 1]);
};
run(100_000); // by then everything is compiled
const collect: unknown = Reflect.get(globalThis, "gc");
if (typeof collect !== "function") throw new TypeError("Cannot probe the heap: run with --expose-gc");
for (let i = 0; i < 4; i++) collect();
run(5_000); // what the collection threw away of the compiled code is back by then
const before = Deno.memoryUsage().heapUsed;
run(5_000); // few enough that nothing allocated is collected again meanwhile
console.log(Deno.memoryUsage().heapUsed - before);
