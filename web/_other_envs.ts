/**
 * The environments that a policy fits.
 *
 * @module
 */

import { envIds } from "@bellman/dqn/envs";
import type { OnnxOutline } from "@bellman/dqn/nn";
import { fitsEnv } from "../scripts/run/onnx_fit.ts";
import { makeNetworkEnv } from "./_make_env.ts";
import { outlineOf, shapeOf } from "./_onnx_player.ts";
import { ENVIRONMENTS } from "./_policies.ts";
import { policyView } from "./_policy_view.ts";

/**
 * The page's environments that a policy is for: the one that it names, else those whose observations and actions it fits.
 * Environments on MuJoCo count only once the engine is loaded, which is a large download.
 *
 * @param bytes The file.
 * @param current The chosen environment, which is left out.
 */
export async function otherEnvs(bytes: Uint8Array, current: string): Promise<string[]> {
  const named = namedEnv(bytes);
  if (named.length > 0) return named;
  let outline: OnnxOutline;
  try {
    outline = outlineOf(bytes);
  } catch {
    return [];
  }
  await import("@bellman/dqn/envs/box2d");
  const loaded = envIds();
  const view = policyView(outline);
  return ENVIRONMENTS.filter((id) =>
    id !== current && loaded.includes(id) && fitsEnv(outline, shapeOf(makeNetworkEnv(id, view)))
  );
}

/** The environment that a policy names, if the page has it. */
export function namedEnv(bytes: Uint8Array): string[] {
  try {
    const { env } = outlineOf(bytes).metadata;
    return env !== undefined && ENVIRONMENTS.includes(env) ? [env] : [];
  } catch {
    return [];
  }
}
