import { type DqnOptions, linearSchedule } from "../../agents/mod.ts";
import type { Settings } from "../settings/settings.ts";

/** The options of {@linkcode Dqn} that settings stand for. */
export function dqnOptions(settings: Settings): DqnOptions {
  const { epsilonStart, epsilonEnd, epsilonDecaySteps, ...rest } = settings;
  const { priorityBetaStart, priorityBetaEnd, priorityBetaSteps } = settings;
  return {
    ...rest,
    targetUpdateInterval: settings.targetUpdateInterval ?? undefined,
    targetUpdateEpisodes: settings.targetUpdateEpisodes ?? undefined,
    maxGradNorm: settings.maxGradNorm ?? undefined,
    kernel: settings.kernel ?? undefined,
    actionMask: settings.actionMask ?? undefined,
    epsilon: linearSchedule(epsilonStart, epsilonEnd, epsilonDecaySteps),
    priorityBeta: linearSchedule(priorityBetaStart, priorityBetaEnd, priorityBetaSteps),
  };
}
