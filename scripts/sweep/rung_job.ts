import { serveJob } from "../jobs/serve_job.ts";
import { namedEnv, NO_FILE } from "../run_folder/env_source.ts";
import { envFileIn, loadEnv } from "../run_folder/load_env.ts";
import { runKey } from "../run_folder/run_key.ts";
import { type RunPoint, runToResult } from "../run_folder/run_to_result.ts";
import { encodeState, mayTravel, startOf, STATE_FILE } from "../run_folder/run_state.ts";
import { readSettings } from "../settings/read_settings.ts";
import type { Settings } from "../settings/settings.ts";
import { jsonObject } from "../values/json_object.ts";

/** The input of the process that makes a run of a rung. */
export interface RungJob {
  readonly settings: Settings;
  /** The state at the end of the rung before, in base64; null if there is none. */
  readonly state: string | null;
  /** Whether its own state at the end is left, for the next rung. */
  readonly leavesState: boolean;
}

/** A prefix of an argument; the folder for the files of the run follows. */
export const LEAVE = "--leave-in=";

if (import.meta.main) {
  const folder = Deno.args.find((arg) => arg.startsWith(LEAVE))?.slice(LEAVE.length);
  await serveJob(async (input, onProgress, leave) => {
    const job = jsonObject(input, "the run");
    const settings = readSettings({ values: new Map(), words: [] }, job.value("settings"));
    const file = envFileIn(Deno.args, settings.env);
    await loadEnv(settings, file === undefined ? NO_FILE : namedEnv(file));
    const leaveState = async (point: () => RunPoint) => {
      const state = await encodeState(settings, point());
      if (mayTravel(state)) leave(STATE_FILE, state);
    };
    // Loaded only if it is needed, since every run waits for it.
    const files = folder === undefined ? {} : (await import("../run_folder/leave_files.ts")).leaving(
      settings,
      `${folder}/${runKey(settings)}`,
      leave,
    );
    return await runToResult(settings, onProgress, {
      from: await startOf(settings, job.value("state")),
      onTrained: job.value("leavesState") === true ? leaveState : undefined,
      ...files,
    });
  });
}
