import { readSettings } from "./_command_line.ts";
import { jsonObject } from "./_json_object.ts";
import { loadEnv } from "./_load_env.ts";
import { serveJob } from "./_serve_job.ts";
import { trainMeasuring } from "./_value_error.ts";

if (import.meta.main) {
  await serveJob(async (input, onProgress) => {
    const job = jsonObject(input, "the job");
    const settings = readSettings({ values: new Map(), words: [] }, job.value("settings"));
    await loadEnv(settings.env);
    const measurement = {
      interval: job.number("interval"),
      episodes: job.number("episodes"),
      seed: job.number("seed"),
    };
    return trainMeasuring(settings, measurement, (step) => onProgress(step / (settings.steps ?? Infinity)));
  });
}
