import type { PreparedRun } from "../run/run.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";
import type { RunSaver } from "../run_folder/run_saver.ts";
import { type EventLog, firstEvents, startEventLog } from "./tensorboard.ts";

const NAME = "events.out.tfevents.0.bellman";

/**
 * Starts TensorBoard's log of a run, or continues it: events of steps that are about to be repeated are removed, and
 * missing events of earlier steps are added.
 *
 * @param folder Its folder.
 * @param saver Writes it.
 * @param run The run so far.
 * @returns The log.
 */
export function openEventLog(folder: RunFolder, saver: RunSaver, { run }: PreparedRun): EventLog {
  const append = (bytes: Uint8Array) => saver.append(NAME, bytes);
  if (run.step === 0) {
    saver.save([NAME, ""]);
    return startEventLog(append);
  }
  const { bytes, count } = firstEvents(
    readIfThere(`${folder.path}/${NAME}`),
    1 + run.episodes.length + run.evaluations.length,
  );
  saver.save([NAME, bytes]);
  const log = startEventLog(append, Date.now, count === 0);
  const records = [...run.episodes, ...run.evaluations].sort((a, b) =>
    a.step - b.step || (a.kind === "episode" ? -1 : 1)
  );
  for (const record of records.slice(Math.max(0, count - 1))) {
    if (record.kind === "episode") log.episode(record);
    else log.evaluation(record);
  }
  return log;
}

function readIfThere(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch {
    return new Uint8Array(0);
  }
}
