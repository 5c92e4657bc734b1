import { readSettings } from "../settings/read_settings.ts";
import { loadEnv } from "../run_folder/load_env.ts";
import { runToResult } from "../run_folder/run_result.ts";
import { serveJob } from "./serve_job.ts";

if (import.meta.main) {
  const leavesFiles = Deno.args.includes("files");
  await serveJob(async (input, onProgress, leave) => {
    const settings = readSettings({ values: new Map(), words: [] }, input);
    await loadEnv(settings.env);
    if (!leavesFiles) return await runToResult(settings, onProgress);
    const { leaving } = await import("../run_folder/leave_files.ts");
    return await runToResult(settings, onProgress, leaving(settings, leave));
  });
}
