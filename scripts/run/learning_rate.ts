import { linearSchedule, type Schedule } from "../../agents/mod.ts";
import type { Settings } from "../settings/settings.ts";

/** The settings of a step size. */
export type LearningRate = Pick<Settings, "learningRate" | "learningRateEnd" | "learningRateSteps" | "steps">;

/** The step size of a run: constant, or decaying to `learningRateEnd` over steps of its own or over those of the run. */
export function learningRateOf(
  { learningRate, learningRateEnd, learningRateSteps, steps }: LearningRate,
): number | Schedule {
  const decaySteps = learningRateSteps ?? steps;
  if (learningRateEnd === null || decaySteps === null) return learningRate;
  return linearSchedule(learningRate, learningRateEnd, decaySteps);
}
