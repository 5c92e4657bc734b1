import { readSettings } from "../settings/read_settings.ts";
import { namedEnv, NO_FILE } from "../run_folder/env_source.ts";
import { envFileIn, loadEnv } from "../run_folder/load_env.ts";
import { runKey } from "../run_folder/run_key.ts";
import { runToResult } from "../run_folder/run_result.ts";
import { serveJob } from "./serve_job.ts";

/** A prefix of an argument; the folder for the files of the run follows. */
const LEAVE = "--leave-in=";

if (import.meta.main) {
  const folder = Deno.args.find((arg) => arg.startsWith(LEAVE))?.slice(LEAVE.length);
  await serveJob(async (input, onProgress, leave) => {
    const settings = readSettings({ values: new Map(), words: [] }, input);
    const file = envFileIn(Deno.args, settings.env);
    await loadEnv(settings, file === undefined ? NO_FILE : namedEnv(file));
    if (folder === undefined) return await runToResult(settings, onProgress);
    const { leaving } = await import("../run_folder/leave_files.ts");
    return await runToResult(settings, onProgress, leaving(settings, `${folder}/${runKey(settings)}`, leave));
  });
}
