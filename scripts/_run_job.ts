import { readSettings } from "./_command_line.ts";
import { loadEnv } from "./_load_env.ts";
import { runToResult } from "./_run_result.ts";
import { serveJob } from "./_serve_job.ts";

if (import.meta.main) {
  await serveJob(async (input, onProgress) => {
    const settings = readSettings({ values: new Map(), words: [] }, input);
    await loadEnv(settings.env);
    return await runToResult(settings, onProgress);
  });
}
