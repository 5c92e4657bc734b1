import { type Env, isBoxOf } from "../../envs/mod.ts";
import type { Settings } from "../settings/settings.ts";
import { hasImages } from "../values/has_images.ts";

/**
 * The settings without those that an environment has no use for: convolutions without images, a scale without bytes.
 *
 * @param env The environment, wrapped for the agent.
 * @param settings Of the run.
 */
export function fittingSettings(env: Pick<Env, "observationSpace">, settings: Settings): Settings {
  const { convolution, observationScale } = settings;
  return {
    ...settings,
    convolution: hasImages(env) ? convolution : null,
    observationScale: isBoxOf("uint8", env.observationSpace) ? observationScale : null,
  };
}
