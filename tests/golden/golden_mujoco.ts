import { RandomAgent, TrajectoryHash } from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";
import { loadMujoco } from "../../envs/mujoco/mod.ts";
import { MUJOCO_IDS } from "../envs/mujoco/_recording.ts";

/** Where the pinned trajectories on MuJoCo lie. */
export const GOLDEN_MUJOCO_FILE: URL = new URL("mujoco.json", import.meta.url);

/** The fingerprint of 1,000 steps at random in each environment on MuJoCo. */
export async function mujocoHashes(): Promise<Record<string, string>> {
  await loadMujoco();
  return Object.fromEntries(MUJOCO_IDS.map((id) => [id, hashOf(id)]));
}

function hashOf(id: typeof MUJOCO_IDS[number]): string {
  const hash = new TrajectoryHash();
  const env = makeEnv(id);
  const agent = new RandomAgent(env, { seed: 1 });
  let { observation } = env.reset({ seed: 1 });
  for (let i = 0; i < 1_000; i++) {
    const action = agent.act(observation);
    const { observation: nextObservation, reward, terminated, truncated } = env.step(action);
    hash.add({ observation, action, reward, terminated, truncated, nextObservation });
    observation = terminated || truncated ? env.reset().observation : nextObservation;
  }
  return hash.digest();
}
