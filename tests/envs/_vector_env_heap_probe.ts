/**
 * What 5,000 steps of eight copies of an environment allocate, in bytes, printed; to be run with `--expose-gc`.
 *
 * @module
 */

import { makeVectorEnv, type VectorEnv } from "../../envs/mod.ts";
import "../../envs/minigrid/mod.ts";

/** Copies to step, and actions in turn for all of them. */
interface Probe {
  readonly envs: VectorEnv;
  readonly actions: readonly Uint8Array[];
}

/** CartPole with resets; a grid whose door nobody opens, so that no episode ends. */
const PROBES: Readonly<Record<string, () => Probe>> = {
  "CartPole-v1": () => ({
    envs: makeVectorEnv("CartPole-v1", 8, { maxEpisodeSteps: 40 }),
    actions: [Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1), Uint8Array.of(1, 0, 1, 0, 1, 1, 0, 0)],
  }),
  "MiniGrid-DoorKey-8x8-v0": () => ({
    envs: makeVectorEnv("MiniGrid-DoorKey-8x8-v0", 8, { maxEpisodeSteps: Infinity }),
    actions: [0, 2, 3, 1, 2, 4].map((first) => Uint8Array.from({ length: 8 }, (_, i) => (first + i) % 5)),
  }),
};

const probe = PROBES[Deno.args[0] ?? ""];
if (probe === undefined) throw new Error("Cannot probe the heap: the environment must be one of the probes");
const { envs, actions } = probe();
envs.reset({ seed: 0 });
const run = (steps: number) => {
  for (let t = 0; t < steps; t++) envs.step(actions[t % actions.length]!);
};
run(100_000); // by then everything is compiled
const collect: unknown = Reflect.get(globalThis, "gc");
if (typeof collect !== "function") throw new TypeError("Cannot probe the heap: run with --expose-gc");
for (let i = 0; i < 4; i++) collect();
run(5_000); // what the collection threw away of the compiled code is back by then
const before = Deno.memoryUsage().heapUsed;
run(5_000); // few enough that nothing allocated is collected again meanwhile
console.log(Deno.memoryUsage().heapUsed - before);
