import { architectureOf, spaceMetadata } from "../../agents/mod.ts";
import { Box } from "../../envs/mod.ts";
import { encodeOnnx, type Tensor } from "../../nn/mod.ts";
import { NAME, VERSION } from "../values/package.ts";
import { actionCounts, isNetworkEnv } from "./env_kinds.ts";
import { fittingSettings } from "./fitting_settings.ts";
import { makeRunEnv, normalizationOf } from "./run_env.ts";
import { plainDqnOptions } from "../settings/dqn_settings.ts";
import { SETTING_NAMES, type Settings } from "../settings/settings.ts";

/** The settings that determine a result; the kernels only affect the speed. */
const CONFIG_NAMES = SETTING_NAMES.filter((name) => name !== "kernel");

/**
 * The content of `policy.onnx`: the network, and metadata about how and in which environment it was trained.
 *
 * @param settings Of the run.
 * @param policy The parameters and their environment step.
 * @returns The bytes; the same for the same run.
 * @throws {TypeError} If the parameters are not those of a network for this run.
 * @throws {RangeError} If one is not finite.
 */
export function policyOnnx(
  settings: Settings,
  policy: { tensors: Tensor[]; step: number },
): Uint8Array<ArrayBuffer> {
  const env = makeRunEnv({ ...settings, normalize: "none" });
  const { observationSpace, actionSpace } = env;
  const normalization = normalizationOf(makeRunEnv(settings));
  if (!(observationSpace instanceof Box) || !isNetworkEnv(env)) {
    throw new TypeError(
      `Cannot write ONNX: ${settings.env} must have a Box of observations and Discrete or MultiDiscrete actions`,
    );
  }
  return encodeOnnx({
    architecture: architectureOf(
      observationSpace,
      actionCounts(env),
      plainDqnOptions(fittingSettings(env, settings)),
    ),
    tensors: policy.tensors,
    ...(normalization === undefined ? {} : { normalization }),
    producer: { name: NAME, version: VERSION },
    metadata: {
      env: settings.env,
      ...spaceMetadata(observationSpace, actionSpace),
      agent: settings.agent,
      step: String(policy.step),
      config: JSON.stringify(Object.fromEntries(CONFIG_NAMES.map((name) => [name, settings[name]]))),
      version: VERSION,
    },
  });
}
