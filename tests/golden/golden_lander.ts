import { RandomAgent, TrajectoryHash } from "../../agents/mod.ts";
import { type Env, makeEnv } from "../../envs/mod.ts";
import "../../envs/box2d/mod.ts";

/** Where the pinned trajectories of LunarLander lie. */
export const GOLDEN_LANDER_FILE: URL = new URL("lander.json", import.meta.url);

const CASES: Readonly<Record<string, () => Env>> = {
  "LunarLander-v3": () => makeEnv<string>("LunarLander-v3"),
  "LunarLander-v3 in the wind": () => makeEnv<string>("LunarLander-v3", { enableWind: true, gravity: -4 }),
  "LunarLanderContinuous-v3": () => makeEnv<string>("LunarLanderContinuous-v3"),
};

/** The fingerprint of 3,000 steps at random of each kind of LunarLander. */
export function landerHashes(): Record<string, string> {
  return Object.fromEntries(Object.entries(CASES).map(([name, make]) => [name, hashOf(make())]));
}

function hashOf(env: Env): string {
  const hash = new TrajectoryHash();
  const agent = new RandomAgent(env, { seed: 1 });
  let { observation } = env.reset({ seed: 1 });
  for (let i = 0; i < 3_000; i++) {
    const action = agent.act(observation);
    const { observation: nextObservation, reward, terminated, truncated } = env.step(action);
    hash.add({ observation, action, reward, terminated, truncated, nextObservation });
    observation = terminated || truncated ? env.reset().observation : nextObservation;
  }
  return hash.digest();
}
