import { RandomAgent, randomStream, train } from "../../agents/mod.ts";
import { type Action, Box, type Env, NormalizeObservation, type RunningMeanStd } from "../../envs/mod.ts";
import type { RunEnvSettings } from "./agent_behaviour.ts";

/** Random steps from which the statistics of observations are measured. */
const MEASURED_STEPS = 10_000;

/** Scales observations to about -1 to 1, or leaves them unchanged; deterministic for given settings. */
export function normalized(env: Env<Float32Array, Action>, settings: RunEnvSettings): Env {
  if (settings.normalize === "none") return env;
  const wrapped = new NormalizeObservation(env);
  if (settings.normalize === "statistics") {
    const agent = new RandomAgent(wrapped, { seed: settings.seed });
    const seed = randomStream(settings.seed, "normalization").nextUint32();
    for (const { kind } of train(wrapped, agent, { seed, steps: MEASURED_STEPS })) {
      if (kind !== "step") continue;
    }
  } else setBounds(wrapped.statistics, env);
  wrapped.freeze();
  return wrapped;
}

/** Mean and deviation of a uniform distribution between the bounds; elements without bounds stay unchanged. */
function setBounds({ mean, variance }: RunningMeanStd, { observationSpace: space }: Env): void {
  if (!(space instanceof Box)) return;
  for (let i = 0; i < mean.length; i++) {
    const [low, high] = [space.low[i]!, space.high[i]!];
    const isBounded = high - low < MOST_RANGE;
    mean[i] = isBounded ? (low + high) / 2 : 0;
    variance[i] = isBounded ? ((high - low) / 2) ** 2 : 1;
  }
}

/** Bounds further apart count as no bounds. */
const MOST_RANGE = 1e6;
