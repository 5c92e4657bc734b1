import { readSettings } from "./_command_line.ts";
import { runToResult } from "./_run_result.ts";
import { serveJob } from "./_serve_job.ts";

if (import.meta.main) {
  await serveJob((input, onProgress) =>
    runToResult(readSettings({ values: new Map(), words: [] }, input), onProgress)
  );
}
