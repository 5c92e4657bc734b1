/**
 * The memory of the engine, in bytes, after so many environments have been forgotten as its first argument says, and of
 * the heap's growth per step into memory of the caller's, printed; to be run with `--expose-gc`.
 *
 * @module
 */

import { HalfCheetah, Hopper, loadMujoco } from "../../../envs/mujoco/mod.ts";
import { compiledModel, loadedEngine } from "../../../envs/mujoco/_engine.ts";
import { HOPPER_MODEL } from "../../../envs/mujoco/_hopper_model.ts";

const collect: unknown = Reflect.get(globalThis, "gc");
if (typeof collect !== "function") throw new TypeError("Cannot probe the memory: run with --expose-gc");

await loadMujoco();
for (let i = 0; i < Number(Deno.args[0]); i++) {
  new Hopper().reset({ seed: i });
  if (i % 50 !== 0) continue;
  collect();
  // Registries are told between tasks.
  await new Promise((resolve) => setTimeout(resolve, 0));
}
const engine = loadedEngine()!;
const data = new engine.MjData(compiledModel(engine, HOPPER_MODEL));
const held = data.qpos.buffer.byteLength;
data.delete();

const used = () => {
  for (let i = 0; i < 4; i++) collect();
  return Deno.memoryUsage().heapUsed;
};
const [env, action, into] = [new HalfCheetah(), new Float32Array(6).fill(0.3), new Float32Array(17)];
env.resetInto(into, { seed: 0 });
const steps = (count: number) => {
  for (let i = 0; i < count; i++) {
    if (i % 1000 === 0) env.resetInto(into);
    env.stepInto(action, into);
  }
};
steps(10_000);
const before = used();
steps(40_000);
console.log(JSON.stringify({ held, perStep: (used() - before) / 40_000 }));
