/**
 * What steps of training leave on the heap, in bytes, printed; to be run with `--expose-gc`, the name of the agent, and how many
 * steps.
 *
 * @module
 */

import { Dqn, type DqnOptions, Pqn, train } from "../../agents/mod.ts";
import { OneHotPartialObs } from "../../envs/minigrid/mod.ts";
import { makeEnv, makeVectorEnv } from "../../envs/mod.ts";

/** Steps after which everything is compiled. */
const WARM_UP = 20_000;

/** Options of the agents by name. */
const AGENTS: Readonly<Record<string, DqnOptions>> = {
  "double-dqn": { double: true },
  rainbow: {
    double: true,
    dueling: true,
    prioritized: true,
    nStep: 3,
    noisy: true,
    distribution: "c51",
    atoms: 11,
    vMin: 0,
    vMax: 100,
  },
  "munchausen-qr": { munchausen: true, distribution: "qr", atoms: 11 },
};

const SHAPE: DqnOptions = { hidden: [8], batchSize: 8, bufferSize: 1_000, learningStarts: 8 };

function used(): number {
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect !== "function") throw new TypeError("Cannot probe the heap: run with --expose-gc");
  for (let i = 0; i < 4; i++) collect();
  return Deno.memoryUsage().heapUsed;
}

/** Training of one of them, or of PQN. */
function training(name: string, steps: number) {
  if (name === "pqn") {
    const envs = makeVectorEnv("CartPole-v1", 4);
    return train(envs, new Pqn(envs, { rolloutSteps: 8, hidden: [8] }), { steps });
  }
  if (name === "convolution") {
    const env = new OneHotPartialObs(makeEnv("MiniGrid-Empty-5x5-v0"));
    const convolution = [{ filters: 4, kernel: 3, stride: 2 }, { filters: 5, kernel: 2, stride: 1 }];
    return train(env, new Dqn(env, { ...SHAPE, convolution, nStep: 2, prioritized: true }), { steps });
  }
  const env = makeEnv("CartPole-v1");
  return train(env, new Dqn(env, { ...SHAPE, ...AGENTS[name] }), { steps });
}

const [name = "double-dqn", steps = "100000"] = Deno.args;
let before = 0;
for (const record of training(name, WARM_UP + Number(steps) + 1)) {
  if (record.kind !== "step") continue;
  if (record.step === WARM_UP) before = used();
  if (record.step === WARM_UP + Number(steps)) console.log(used() - before);
}
