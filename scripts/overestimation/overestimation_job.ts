import { readSettings } from "../settings/read_settings.ts";
import { jsonObject } from "../values/json_object.ts";
import { namedEnv, NO_FILE } from "../run_folder/env_source.ts";
import { envFileIn, loadEnv } from "../run_folder/load_env.ts";
import { serveJob } from "../jobs/serve_job.ts";
import { trainMeasuring, type ValueError } from "./value_error.ts";

if (import.meta.main) {
  await serveJob(async (input, onProgress) => {
    const job = jsonObject(input, "the job");
    const settings = readSettings({ values: new Map(), words: [] }, job.value("settings"));
    const file = envFileIn(Deno.args, settings.env);
    await loadEnv(settings, file === undefined ? NO_FILE : namedEnv(file));
    const measurement = {
      interval: job.number("interval"),
      episodes: job.number("episodes"),
      seed: job.number("seed"),
    };
    const points: ValueError[] = [];
    for (const { step, measured } of trainMeasuring(settings, measurement)) {
      onProgress(step / (settings.steps ?? Infinity));
      if (measured !== undefined) points.push(measured);
    }
    return points;
  });
}
