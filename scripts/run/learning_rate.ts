import { linearSchedule, type Schedule } from "../../agents/mod.ts";
import type { Settings } from "../settings/settings.ts";

/** The step size of a run: constant, or decaying to `learningRateEnd` over its steps. */
export function learningRateOf(
  { learningRate, learningRateEnd, steps }: Pick<Settings, "learningRate" | "learningRateEnd" | "steps">,
): number | Schedule {
  if (learningRateEnd === null || steps === null) return learningRate;
  return linearSchedule(learningRate, learningRateEnd, steps);
}
