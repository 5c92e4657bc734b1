/**
 * Trains in a worker, with the code of the command line.
 *
 * @module
 */

import { readSettings } from "../scripts/settings/read_settings.ts";
import { policyOnnx } from "../scripts/run/policy_onnx.ts";
import { prepareRun } from "../scripts/run/run.ts";
import { loadEnv } from "./_make_env.ts";
import type { TrainingMessage, TrainingRequest } from "./_training_messages.ts";

/** The interval of messages to and from the page, in milliseconds. */
const INTERVAL_MS = 100;

let stopped = false;

const post = (message: TrainingMessage) => postMessage(message);

addEventListener("message", async ({ data }: MessageEvent<TrainingRequest>) => {
  if (data.kind === "stop") {
    stopped = true;
    return;
  }
  try {
    await train(data.flags);
  } catch (error) {
    post({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
});

async function train(flags: Readonly<Record<string, string>>): Promise<void> {
  const settings = readSettings({ values: new Map(Object.entries(flags)), words: [] });
  await loadEnv(settings.env);
  const { run, start } = prepareRun(settings);
  const begin = performance.now();
  let last = begin;
  let told = 0;
  const tell = () => {
    const returns = run.episodes.slice(told).map((episode) => episode.return);
    told += returns.length;
    const done = Math.max(
      run.step / (settings.steps ?? Infinity),
      run.episodes.length / (settings.episodes ?? Infinity),
    );
    const evaluated = run.evaluations.at(-1)?.evaluation.mean;
    post({ kind: "progress", step: run.step, done, returns, evaluated });
  };
  await start({
    pause: async () => {
      if (performance.now() - last < INTERVAL_MS) return stopped;
      tell();
      await new Promise((resolve) => setTimeout(resolve, 0)); // messages arrive only between tasks
      last = performance.now();
      return stopped;
    },
  });
  tell();
  const { policy, weightsHash, evaluation, stopReason } = run;
  if (policy === undefined || weightsHash === undefined) {
    throw new Error("Cannot train: the agent has no network");
  }
  post({
    kind: "done",
    env: settings.env,
    step: run.step,
    stopReason: stopReason ?? "interrupted",
    seconds: (performance.now() - begin) / 1000,
    mean: evaluation?.mean,
    episodes: evaluation?.returns.length,
    weightsHash,
    onnx: policyOnnx(settings, policy),
  });
}
