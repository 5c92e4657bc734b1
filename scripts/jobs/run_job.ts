import { readSettings } from "../settings/read_settings.ts";
import { namedEnv, NO_FILE } from "../run_folder/env_source.ts";
import { envFileIn, loadEnv } from "../run_folder/load_env.ts";
import { runToResult } from "../run_folder/run_to_result.ts";
import { serveJob } from "./serve_job.ts";

if (import.meta.main) {
  await serveJob(async (input, onProgress) => {
    const settings = readSettings({ values: new Map(), words: [] }, input);
    const file = envFileIn(Deno.args, settings.env);
    await loadEnv(settings, file === undefined ? NO_FILE : namedEnv(file));
    return await runToResult(settings, onProgress);
  });
}
