import { readSettings } from "./_command_line.ts";
import { loadEnv } from "./_load_env.ts";
import { runToResult } from "./_run_result.ts";
import { serveJob } from "./_serve_job.ts";

if (import.meta.main) {
  const leavesFiles = Deno.args.includes("files");
  await serveJob(async (input, onProgress, leave) => {
    const settings = readSettings({ values: new Map(), words: [] }, input);
    await loadEnv(settings.env);
    if (!leavesFiles) return await runToResult(settings, onProgress);
    const { leaving } = await import("./_leave_files.ts");
    return await runToResult(settings, onProgress, leaving(settings, leave));
  });
}
