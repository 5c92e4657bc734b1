import { readSettings } from "../settings/read_settings.ts";
import { jsonObject } from "../values/json_object.ts";
import { leaving } from "../run_folder/leave_files.ts";
import { NO_FILE } from "../run_folder/env_source.ts";
import { loadEnv } from "../run_folder/load_env.ts";
import { type RunPoint, runToResult } from "../run_folder/run_to_result.ts";
import { serveJob } from "../jobs/serve_job.ts";
import type { Settings } from "../settings/settings.ts";
import { encodeState, mayTravel, startOf, STATE_FILE } from "../run_folder/run_state.ts";

/** The input of the process that makes a run for a worker. */
export interface TravellingJob {
  /** Checked. */
  readonly settings: Settings;
  /** The state of the run, or at the end of a shorter one, in base64; null if it starts from the beginning. */
  readonly state: string | null;
  /** Seconds from one saved state to the next. */
  readonly stateInterval: number;
  /** Whether its files are saved. */
  readonly savesRuns: boolean;
  /** Whether its state at the end is left, for a longer run. */
  readonly leavesState: boolean;
}

if (import.meta.main) {
  await serveJob(async (input, onProgress, leave) => {
    const job = jsonObject(input, "the run");
    const settings = readSettings({ values: new Map(), words: [] }, job.value("settings"));
    await loadEnv(settings, NO_FILE);
    const interval = 1_000 * job.number("stateInterval");
    const leaveState = async (point: () => RunPoint) => {
      const state = await encodeState(settings, point());
      if (mayTravel(state)) leave(STATE_FILE, state);
    };
    let last = performance.now();
    return await runToResult(settings, onProgress, {
      from: await startOf(settings, job.value("state")),
      async onPoint(point) {
        if (performance.now() - last < interval) return;
        await leaveState(point);
        last = performance.now();
      },
      onTrained: job.value("leavesState") === true ? leaveState : undefined,
      ...(job.value("savesRuns") === true ? leaving(settings, undefined, leave) : {}),
    });
  });
}
