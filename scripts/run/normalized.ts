import { RandomAgent, randomStream, train } from "../../agents/mod.ts";
import { type Action, Box, type Env, NormalizeObservation, type RunningMeanStd } from "../../envs/mod.ts";
import type { RunEnvSettings } from "./agent_behaviour.ts";

/** Random steps that observations are measured over, where they are to be normalised by what happens. */
const MEASURED_STEPS = 10_000;

/** The same observations in about the range from -1 to 1, or as they are; always the same for the same settings. */
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

/** As if observations were spread evenly about the middle of their bounds; elements without bounds stay as they are. */
function setBounds({ mean, variance }: RunningMeanStd, { observationSpace: space }: Env): void {
  if (!(space instanceof Box)) return;
  for (let i = 0; i < mean.length; i++) {
    const [low, high] = [space.low[i]!, space.high[i]!];
    const isBounded = high - low < MOST_RANGE;
    mean[i] = isBounded ? (low + high) / 2 : 0;
    variance[i] = isBounded ? ((high - low) / 2) ** 2 : 1;
  }
}

/** Bounds further apart are none. */
const MOST_RANGE = 1e6;
