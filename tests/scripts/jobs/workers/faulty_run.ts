import { readSettings } from "../../../../scripts/settings/read_settings.ts";
import { runToResult } from "../../../../scripts/run_folder/run_to_result.ts";
import { serveJob } from "../../../../scripts/jobs/serve_job.ts";

/** Does a run as a worker of a sweep does, or goes wrong in the way that the number of hidden units asks for. */
if (import.meta.main) {
  await serveJob((input, onProgress) => {
    const settings = readSettings({ values: new Map(), words: [] }, input);
    const [units] = settings.hidden;
    if (units === 1) Deno.exit(3);
    if (units === 2) {
      const hoard: unknown[] = [];
      while (true) hoard.push(new Array<number>(1_000_000).fill(0));
    }
    if (units === 3) { while (true); }
    return runToResult(settings, onProgress);
  });
}
