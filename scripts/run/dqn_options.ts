import { type DqnOptions, linearSchedule } from "../../agents/mod.ts";
import { plainDqnOptions } from "../settings/dqn_settings.ts";
import { learningRateOf } from "./learning_rate.ts";
import type { Settings } from "../settings/settings.ts";

/** The options of {@linkcode Dqn} in settings. */
export function dqnOptions(settings: Settings): DqnOptions {
  const { epsilonStart, epsilonEnd, epsilonDecaySteps } = settings;
  const { priorityBetaStart, priorityBetaEnd, priorityBetaSteps } = settings;
  return {
    ...plainDqnOptions(settings),
    learningRate: learningRateOf(settings),
    epsilon: linearSchedule(epsilonStart, epsilonEnd, epsilonDecaySteps),
    priorityBeta: linearSchedule(priorityBetaStart, priorityBetaEnd, priorityBetaSteps),
  };
}
