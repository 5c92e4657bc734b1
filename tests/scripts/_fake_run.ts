import { presetSettings } from "../../scripts/settings/presets.ts";
import { parseSavedRun, type RunTexts, type SavedRun } from "../../scripts/run_folder/saved_run.ts";
import { sealFolder } from "../../scripts/run_folder/sealed_folder.ts";
import type { Settings } from "../../scripts/settings/settings.ts";

/** The files of a run whose episodes have the given returns, and are as long. */
export function fakeRunTexts(returns: readonly number[], changed: Partial<Settings> = {}): RunTexts {
  let step = 0;
  const rows = returns.map((value, i) => `${i + 1},${step += Math.abs(value)},${value},1,true,false,0.5,,`);
  const settings = { ...presetSettings({}), ...changed };
  const summary = {
    env_steps: step,
    gradient_steps: 1,
    stopped_by: "steps",
    wall_seconds: 2,
    steps_per_second: 100,
    evaluation: { episodes: 3, mean: 10, std: 1, min: 9, max: 11 },
    policy_step: 5,
    policy_sha256: "p".repeat(64),
    weights_sha256: "w".repeat(64),
    trajectory_sha256: "t".repeat(64),
    kernel: "simd",
    versions: { bellman: "0.1.0", deno: "2.9.6", v8: "15" },
  };
  return {
    "config.json": JSON.stringify(settings),
    "summary.json": JSON.stringify(summary),
    "episodes.csv": ["episode,step,return,length,terminated,truncated,epsilon,loss,mean_q", ...rows].join(
      "\r\n",
    ),
    "evaluations.csv": "step,episodes,mean,std,min,max\r\n5,3,10,1,9,11",
  };
}

/** The run itself. */
export function fakeRun(returns: readonly number[], changed: Partial<Settings> = {}): SavedRun {
  return parseSavedRun(fakeRunTexts(returns, changed), "fake");
}

/** Writes the files of a run into a new folder. */
export function writeFakeRun(folder: string, texts: RunTexts): void {
  Deno.mkdirSync(folder);
  const sealed = sealFolder(folder);
  sealed.save(Object.entries(texts));
  sealed.settle();
}
