import type { StepRecord } from "../../agents/mod.ts";
import { print } from "../cli/print.ts";
import { createCheckpointer } from "./checkpointer.ts";
import { onStopSignal } from "../cli/stop_signals.ts";
import { createProgress } from "./progress.ts";
import type { PreparedRun, Run } from "../run/run.ts";
import { progressFiles } from "../run_folder/run_files.ts";
import type { RunSaver } from "../run_folder/run_saver.ts";
import { familyOf } from "../settings/agents.ts";
import { lectureLine } from "../values/lecture_line.ts";
import type { Settings } from "../settings/settings.ts";
import type { EventLog } from "./tensorboard.ts";

/** Options of {@linkcode watchRun}. */
export interface WatchOptions {
  /** Whether to print nothing. */
  readonly quiet: boolean;
  /** Whether to print episodes as the lecture does. */
  readonly lecture: boolean;
  /** Steps between checkpoints; null for none, undefined for the default of the settings. */
  readonly interval: number | null | undefined;
  /** Whether checkpoints hold the replay buffer. */
  readonly replay: boolean;
  /** Called with each step of an environment. */
  readonly onTransition?: ((record: StepRecord) => void) | undefined;
  /** TensorBoard's log, if any. */
  readonly events: EventLog | undefined;
  /** Seconds that the run took before. */
  readonly seconds: () => number;
}

/**
 * Trains a run: shows progress, saves results after each evaluation and at the end, however it ends, and checkpoints in between.
 *
 * @param settings Of the run.
 * @param prepared The run.
 * @param saver Writes the files.
 * @param options What to print and to save.
 * @returns The run, ended or interrupted.
 * @throws {Error} If training cannot continue.
 */
export async function watchRun(
  settings: Settings,
  prepared: PreparedRun,
  saver: RunSaver,
  options: WatchOptions,
): Promise<Readonly<Run>> {
  const { quiet, lecture, events, interval = familyOf(settings.agent).checkpointInterval(settings) } =
    options;
  const progress = createProgress(quiet);
  const checkpoints = createCheckpointer(settings, prepared, saver, options);
  const resumedFrom = { step: prepared.run.step, done: partDone(settings, prepared.run) };
  let hasEnded = false;
  let interrupted = false;
  const unlisten = onStopSignal(() => interrupted = true);
  let lastPause = performance.now();
  const save = (run: Run) => saver.save(...progressFiles(settings, run));
  try {
    const run = await prepared.start({
      ...(interval === null ? {} : { checkpoint: { interval, save: checkpoints.save } }),
      onTrained: () => {
        hasEnded = true;
        return checkpoints.save();
      },
      onStep: (run, epsilon) => {
        if (run.step % 64 === 0) {
          progress.draw(() => ({ ...progressState(settings, run, epsilon), resumedFrom }));
        }
      },
      onTransition: options.onTransition,
      onEpisode: (record) => {
        events?.episode(record);
        const line = lecture ? lectureLine(record) : undefined;
        if (line === undefined) return;
        progress.clear();
        print(line);
      },
      onEvaluation: (run) => {
        events?.evaluation(run.evaluations.at(-1)!);
        save(run);
      },
      pause: async () => {
        // Signals arrive only while the event loop runs.
        if (performance.now() - lastPause > 50) {
          await new Promise((resolve) => setTimeout(resolve, 0));
          lastPause = performance.now();
        }
        return interrupted;
      },
    });
    if (!hasEnded) await checkpoints.save();
    return run;
  } finally {
    await checkpoints.flush();
    unlisten();
    progress.clear();
    events?.flush();
    save(prepared.run);
  }
}

function progressState(settings: Settings, run: Readonly<Run>, epsilon: number | undefined) {
  const recent = run.episodes.slice(-100);
  const sum = recent.reduce((total, record) => total + record.return, 0);
  return {
    step: run.step,
    episode: run.episodes.length,
    meanReturn: recent.length > 0 ? sum / recent.length : undefined,
    epsilon,
    meanQ: run.meanQ,
    evaluated: run.evaluations.at(-1)?.evaluation.mean,
    done: partDone(settings, run),
  };
}

/** The used part of the budget. */
function partDone({ steps, episodes }: Settings, run: Readonly<Run>): number {
  return Math.max(run.step / (steps ?? Infinity), run.episodes.length / (episodes ?? Infinity));
}
