import type { Run } from "../run/run.ts";
import { configJson, progressFiles, summaryOf } from "./run_files.ts";
import type { RunToResultOptions } from "./run_result.ts";
import type { Settings } from "../settings/settings.ts";

/** Lets a run that saves nothing itself leave its files with whoever started it: those of a run folder, without pictures. */
export function leaving(
  settings: Settings,
  leave: (name: string, content: Uint8Array) => void,
): Pick<RunToResultOptions, "onEnd"> {
  return {
    onEnd(run: Readonly<Run>, seconds: number) {
      const summary = JSON.stringify(summaryOf(settings, run, seconds), null, 2) + "\n";
      const files = [["config.json", configJson(settings)], ["summary.json", summary]] as const;
      for (const [name, content] of [...files, ...progressFiles(settings, run)]) {
        leave(name, typeof content === "string" ? new TextEncoder().encode(content) : content);
      }
    },
  };
}
