/**
 * The two studies of the figure on Double DQN.
 *
 * @module
 */

import {
  histogramOf,
  type MaximumOptions,
  meansOf,
  rangeOf,
  studyMaximum,
} from "../../scripts/overestimation/maximum_study.ts";
import {
  measuredSettings,
  measurementOf,
  VALUE_AGENTS,
} from "../../scripts/overestimation/measured_settings.ts";
import { trainMeasuring, type ValueError } from "../../scripts/overestimation/value_error.ts";
import type { RunChannel } from "./run_channel.ts";
import type { DoubleDqnReply, DoubleDqnRequest, MaximumReply } from "./double_dqn_messages.ts";
import { pauseTelling } from "./training.ts";

/** Bars of a histogram, as in the lecture. */
const BARS = 16;

/** Studies what is asked for. */
export async function studyOverestimation(
  request: DoubleDqnRequest,
  channel: RunChannel<DoubleDqnReply>,
): Promise<void> {
  if (request.kind === "maximum") channel.post(maximumReply(request));
  else await measureNetworks(request.seed, request.steps, channel);
}

function maximumReply(options: MaximumOptions): MaximumReply {
  const study = studyMaximum(options);
  const means = meansOf(study);
  const range = rangeOf([rangeOf(study.single), rangeOf(study.double)].flat());
  const histogram = (name: "single" | "double") => ({
    counts: histogramOf(study[name], BARS, range).map(({ count }) => count),
    mean: means[name],
  });
  return { kind: "maximum", range, single: histogram("single"), double: histogram("double") };
}

/** Trains one agent after the other. */
async function measureNetworks(
  seed: number,
  steps: number,
  channel: RunChannel<DoubleDqnReply>,
): Promise<void> {
  const measured: ValueError[][] = VALUE_AGENTS.map(() => []);
  let step = 0;
  const tell = () => channel.post({ kind: "networks", step, measured });
  const pause = pauseTelling(channel, tell);
  for (const [i, agent] of VALUE_AGENTS.entries()) {
    const settings = measuredSettings(agent, seed, new Map([["steps", String(steps)]]));
    for (const record of trainMeasuring(settings, measurementOf(settings))) {
      step = record.step;
      if (record.measured !== undefined) measured[i]!.push(record.measured);
      if (await pause()) return;
    }
  }
  tell();
}
