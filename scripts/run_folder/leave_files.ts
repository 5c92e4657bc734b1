import type { Run } from "../run/run.ts";
import { sealOf } from "../run/seal.ts";
import { configJson } from "./config_json.ts";
import { encodeIndex, INDEX_FILE } from "./file_index.ts";
import { progressFiles, summaryOf } from "./run_files.ts";
import type { RunToResultOptions } from "./run_to_result.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * Passes the files of a run to the process that started it, since the run itself saves nothing: those of a run folder, without
 * pictures.
 *
 * @param settings The settings of the run.
 * @param folder Their future folder, for paths relative to it; undefined if there are none.
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
