import { encodeCheckpoint } from "../run/checkpoint.ts";
import type { PreparedRun } from "../run/run.ts";
import type { RunSaver } from "../run_folder/run_saver.ts";
import type { Settings } from "../settings/settings.ts";

/** Saves checkpoints of a run during training. */
export interface Checkpointer {
  /** Copies the run's state and saves it in the background; waits until the previous one is saved. */
  save(): Promise<void>;
  /** Waits until the last one is saved. */
  flush(): Promise<void>;
}

/**
 * Prepares to save checkpoints.
 *
 * @param settings Of the run.
 * @param prepared The run.
 * @param saver Writes the files.
 * @param options Whether the replay buffer is part of them, and how many seconds the run has taken so far.
 * @returns The checkpointer.
 */
export function createCheckpointer(
  settings: Settings,
  prepared: PreparedRun,
  saver: RunSaver,
  options: { replay: boolean; seconds: () => number },
): Checkpointer {
  const { replay, seconds } = options;
  let saving = Promise.resolve();
  const save = async () => {
    const content = () => encodeCheckpoint(settings, prepared.snapshot({ replay, views: true }));
    await saver.saveMeanwhile("checkpoint.safetensors", content);
    saver.note(seconds());
  };
  return {
    async save() {
      await saving;
      saving = save();
    },
    flush: () => saving,
  };
}
