/**
 * Training for a figure: a run of `deno task train` in a worker.
 *
 * @module
 */

import { type PreparedRun, prepareRun } from "../../scripts/run/run.ts";
import type { RunChannel } from "./run_channel.ts";
import type { Flags } from "./command_text.ts";
import { flagSettings, settingTexts } from "./flag_settings.ts";
import { type Film, filmBest } from "./greedy_film.ts";

/** The shortest time between two states, in milliseconds. */
const INTERVAL_MS = 100;

/** A run so far. */
export interface TrainingState {
  /** Its hyperparameters as text. */
  readonly settings: readonly string[];
  /** Environment steps taken. */
  readonly step: number;
  /** Return of each episode. */
  readonly returns: readonly number[];
  /** What the command prints at the end; undefined before. */
  readonly result: TrainingResult | undefined;
}

/** The end of a run. */
export interface TrainingResult {
  /** Return of each greedy episode at the end. */
  readonly evaluation: readonly number[];
  /** Fingerprint of the weights. */
  readonly weights: string;
  /** Fingerprint of all steps. */
  readonly trajectory: string;
  /** The best of the greedy episodes. */
  readonly film: Film;
}

/**
 * Trains, and tells the figure about it now and then.
 *
 * @param flags Of `deno task train`.
 * @param channel The figure's; a run that is cancelled has no result.
 */
export async function trainForFigure(flags: Flags, channel: RunChannel<TrainingState>): Promise<void> {
  const settings = flagSettings(flags);
  const prepared = prepareRun(settings);
  const { run, agent } = prepared;
  const tell = (result?: TrainingResult) =>
    channel.post({
      settings: settingTexts(settings),
      step: run.step,
      returns: run.episodes.map((episode) => episode.return),
      result,
    });
  tell();
  await prepared.start({ pause: pauseTelling(channel, tell) });
  const { evaluation } = run;
  if (evaluation === undefined) return;
  tell({
    evaluation: evaluation.returns,
    ...hashesOf(prepared),
    film: filmBest(agent, settings, evaluation),
  });
}

/**
 * A pause of the channel that tells something at most ten times a second, and spends at most a tenth of the time on that, however busy
 * the machine is.
 */
export function pauseTelling(
  channel: Pick<RunChannel<unknown>, "pause">,
  tell: () => void,
): () => Promise<boolean> {
  let next = performance.now() + INTERVAL_MS;
  return () => {
    const start = performance.now();
    if (start >= next) {
      tell();
      const end = performance.now();
      next = end + Math.max(INTERVAL_MS, 9 * (end - start));
    }
    return channel.pause();
  };
}

/** The fingerprints that the command prints. */
export function hashesOf({ run }: Pick<PreparedRun, "run">): { weights: string; trajectory: string } {
  const { weightsHash, trajectoryHash } = run;
  if (weightsHash === undefined) throw new Error("Cannot train: the agent must have a network, got none");
  return { weights: weightsHash, trajectory: trajectoryHash };
}
