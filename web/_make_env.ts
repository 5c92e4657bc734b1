/**
 * Environments for networks.
 *
 * @module
 */

import { envIds } from "@bellman/dqn/envs";
import { presetSettings } from "../scripts/settings/presets.ts";
import { isNetworkEnv } from "../scripts/run/env_kinds.ts";
import { makeRunEnv } from "../scripts/run/run_env.ts";
import type { NetworkEnv } from "./_game.ts";
import type { DownloadProgress } from "./_load_mujoco.ts";
import type { PolicyView } from "./_policy_view.ts";

/**
 * Loads an environment; some are in modules of their own.
 *
 * @param id The environment.
 * @param onProgress Receives the progress of a large download.
 */
export async function loadEnv(id: string, onProgress: DownloadProgress = () => {}): Promise<void> {
  if (!envIds().includes(id)) await import("@bellman/dqn/envs/minigrid");
  if (!envIds().includes(id)) await import("@bellman/dqn/envs/box2d");
  if (envIds().includes(id)) return;
  const { downloadMujoco } = await import("./_load_mujoco.ts");
  await downloadMujoco(onProgress);
}

/**
 * Makes a loaded environment as `deno task train --env ID` does, without normalisation, since policies normalise observations themselves.
 *
 * @param id The environment.
 * @param view How its policy sees it.
 */
export function makeNetworkEnv(id: string, view: PolicyView = {}): NetworkEnv {
  const env = makeRunEnv({ ...presetSettings({ env: id, agent: "dqn" }), ...view, normalize: "none" });
  if (isNetworkEnv(env)) return env;
  throw new Error(`Cannot play ${id}: its observations must be numbers and its actions choices`);
}
