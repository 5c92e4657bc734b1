import { type ActOptions, evaluate, type Evaluation, summarizeReturns } from "../../agents/mod.ts";
import type { OnnxActOptions } from "../../agents/onnx_policy.ts";
import type { BoxArray, DiscreteAction } from "../../envs/mod.ts";
import { actionMaskIn } from "../run/action_mask.ts";
import { type LoadedOnnx, nativePolicy } from "./load_onnx.ts";

/** The runtimes for an ONNX file. */
export const RUNTIMES = ["native", "onnxruntime"] as const;
/** A name of {@linkcode RUNTIMES}. */
export type RuntimeName = typeof RUNTIMES[number];

/**
 * Plays episodes greedily, as `evaluate` does.
 *
 * @param loaded The policy and its environment.
 * @param runtime The runtime.
 * @param options How many episodes, from which seed.
 * @returns The returns and their statistics.
 */
export async function playOnnx(
  loaded: LoadedOnnx,
  runtime: RuntimeName,
  options: { episodes: number; seed: number },
): Promise<Evaluation> {
  const { env, settings } = loaded;
  const obeysMasks = settings.actionMask !== false;
  if (runtime === "native") {
    const policy = nativePolicy(loaded);
    const act = (observation: BoxArray, { actionMask }: ActOptions = {}) =>
      policy.act(observation, obeysMasks ? actionMask : undefined);
    return evaluate(env, { act }, options);
  }
  const act = await loadIntoRuntime(loaded);
  const returns: number[] = [];
  for (let episode = 0; episode < options.episodes; episode++) {
    let { observation, info } = env.reset(episode === 0 ? { seed: options.seed } : {});
    let total = 0;
    while (true) {
      const mask = obeysMasks ? actionMaskIn(info) : undefined;
      const step = env.step(await act(observation, { actionMask: mask }));
      ({ observation, info } = step);
      total += step.reward;
      if (step.terminated || step.truncated) break;
    }
    returns.push(total);
  }
  return summarizeReturns(returns);
}

/** The path is computed, so that the runtime is loaded only when it is used. */
async function loadIntoRuntime(
  { bytes, actions, file }: LoadedOnnx,
): Promise<(observation: BoxArray, options: OnnxActOptions) => Promise<DiscreteAction>> {
  const address = new URL("onnx_runtime.ts", import.meta.url).href;
  const { runtimePolicy }: typeof import("./onnx_runtime.ts") = await import(address);
  const { actionParts } = file.architecture;
  const policy = await runtimePolicy(bytes, { firstAction: [...actions.starts], actionParts });
  return (observation, options) =>
    actionParts === undefined ? policy.act(observation, options) : policy.actParts(observation, options);
}
