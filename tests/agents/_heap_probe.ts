/**
 * What 100,000 steps of training leave on the heap, in bytes, printed; to be run with `--expose-gc`.
 *
 * @module
 */

import { Dqn, train } from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";

const STEPS = 100_000;

function used(): number {
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect !== "function") throw new TypeError("Cannot probe the heap: run with --expose-gc");
  for (let i = 0; i < 4; i++) collect();
  return Deno.memoryUsage().heapUsed;
}

const env = makeEnv("CartPole-v1");
const agent = new Dqn(env, { hidden: [8], batchSize: 8, bufferSize: 1_000, learningStarts: 8, double: true });
let before = 0;
for (const record of train(env, agent, { steps: STEPS + 20_001 })) {
  if (record.kind !== "step") continue;
  if (record.step === 20_000) before = used(); // by then everything is compiled
  if (record.step === 20_000 + STEPS) console.log(used() - before);
}
