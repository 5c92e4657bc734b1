import type { Run } from "../run/run.ts";
import { sealOf } from "../run/seal.ts";
import { configJson } from "./config_json.ts";
import { encodeIndex, INDEX_FILE } from "./file_index.ts";
import { progressFiles, summaryOf } from "./run_files.ts";
import type { RunToResultOptions } from "./run_result.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * Passes the files of a run that saves nothing itself to the process that started it: those of a run folder, without
 * pictures.
 *
 * @param settings Of the run.
 * @param folder Where they are to lie, for what is named relative to it; undefined if nothing is.
 * @param leave Receives a file.
 */
export function leaving(
  settings: Settings,
  folder: string | undefined,
  leave: (name: string, content: Uint8Array) => void,
): Pick<RunToResultOptions, "onEnd"> {
  return {
    onEnd(run: Readonly<Run>, seconds: number) {
      const summary = JSON.stringify(summaryOf(settings, run, seconds), null, 2) + "\n";
      const files = [["config.json", configJson(settings, folder)], ["summary.json", summary]] as const;
      const index = new Map<string, string[]>();
      const encode = (content: string) => new TextEncoder().encode(content);
      for (const [name, content] of [...files, ...progressFiles(settings, run)]) {
        const bytes = typeof content === "string" ? encode(content) : content;
        index.set(name, [sealOf(bytes)]);
        leave(name, bytes);
      }
      leave(INDEX_FILE, encode(encodeIndex(index)));
    },
  };
}
