import { RandomAgent, TrajectoryHash } from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";
import { loadMujoco } from "../../envs/mujoco/mod.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { prepareRun } from "../../scripts/run/run.ts";
import { MUJOCO_IDS } from "../envs/mujoco/_recording.ts";

/** Where the pinned trajectories on MuJoCo lie. */
export const GOLDEN_MUJOCO_FILE: URL = new URL("mujoco.json", import.meta.url);

/**
 * The fingerprint of 1,000 steps at random in each environment on MuJoCo, and those of two training runs in one.
 *
 * @param wasm MuJoCo's WebAssembly; by default the package's own file.
 */
export async function mujocoHashes(wasm?: BufferSource): Promise<Record<string, string>> {
  await loadMujoco(wasm === undefined ? {} : { wasm });
  const run = await prepareRun(TRAINING).start();
  const parts = await prepareRun(PARTS).start();
  return {
    ...Object.fromEntries(MUJOCO_IDS.map((id) => [id, hashOf(id)])),
    "HalfCheetah-v5, training's trajectory": run.trajectoryHash,
    "HalfCheetah-v5, training's weights": run.weightsHash ?? "",
    "HalfCheetah-v5, a part per joint, training's trajectory": parts.trajectoryHash,
    "HalfCheetah-v5, a part per joint, training's weights": parts.weightsHash ?? "",
  };
}

/** Two choices for each of six joints: 64 actions. */
const TRAINING = {
  ...presetSettings({ env: "./my_env.ts", agent: "double-dqn" }),
  env: "HalfCheetah-v5",
  steps: 600,
  learningStarts: 100,
  hidden: [32],
  actionBins: 2,
  actionParts: false,
  evalInterval: 300,
  evalEpisodes: 1,
  stopAtReturn: null,
};

/** Three choices for each of six joints by itself: 18 outputs. */
const PARTS = {
  ...TRAINING,
  actionParts: true,
  actionBins: 3,
  dueling: true,
  layerNorm: true,
  prioritized: true,
  nStep: 3,
  maxGradNorm: 10,
};

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
