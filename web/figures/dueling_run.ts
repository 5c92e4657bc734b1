/**
 * A run with a dueling network, and its value and advantages of some states over time.
 *
 * @module
 */

import { prepareRun } from "../../scripts/run/run.ts";
import type { Flags } from "./command_text.ts";
import { dqnOf } from "./dqn_of.ts";
import { observationOf, POLE_STATES } from "./dueling_states.ts";
import { DuelingStreams, type StateParts } from "./dueling_streams.ts";
import { flagSettings, settingTexts } from "./flag_settings.ts";
import type { RunChannel } from "./run_channel.ts";
import { hashesOf, pauseTelling } from "./training.ts";

/** Environment steps from one reading to the next. */
const INTERVAL = 50;

/** The networks' values at one moment. */
export interface Reading {
  /** Environment steps taken. */
  readonly step: number;
  /** The parts of each of `POLE_STATES`. */
  readonly parts: readonly StateParts[];
}

/** A run so far. */
export interface DuelingReply {
  /** Its hyperparameters as text. */
  readonly settings: readonly string[];
  /** Environment steps taken. */
  readonly step: number;
  /** Episodes ended. */
  readonly episodes: number;
  /** Readings since the last reply. */
  readonly readings: readonly Reading[];
  /** Fingerprints at the end; undefined before. */
  readonly result: { readonly weights: string; readonly trajectory: string } | undefined;
}

/** Trains, and tells the figure the readings now and then. */
export async function trainDueling(flags: Flags, channel: RunChannel<DuelingReply>): Promise<void> {
  const settings = flagSettings(flags);
  const prepared = prepareRun(settings);
  const { run } = prepared;
  const { onlineNetwork } = dqnOf(prepared);
  const streams = new DuelingStreams(onlineNetwork, POLE_STATES.map(observationOf));
  let readings: Reading[] = [];
  const read = () => readings.push({ step: run.step, parts: streams.read() });
  const tell = (result?: DuelingReply["result"]) => {
    const { step, episodes } = run;
    channel.post({ settings: settingTexts(settings), step, episodes: episodes.length, readings, result });
    readings = [];
  };
  read();
  tell();
  await prepared.start({
    onStep: ({ step }) => {
      if (step % INTERVAL === 0) read();
    },
    pause: pauseTelling(channel, tell),
  });
  if (run.evaluation === undefined) return;
  read();
  tell(hashesOf(prepared));
}
