import { restorePolicy } from "../run_folder/load_policy.ts";
import { mayRasterize } from "../plots/rasterize.ts";
import { qTableOf } from "../run/q_table.ts";
import { MOST_FIELDS, qTableSvg } from "./q_table_svg.ts";
import { gifOf } from "../recording/record_gif.ts";
import { MAX_STEPS, recordingSeed, recordMoments } from "../recording/recording.ts";
import { reportHtml } from "./report_html.ts";
import { plotRewards } from "../plots/reward_plot.ts";
import type { Run } from "../run/run.ts";
import { policyFile } from "../run_folder/run_files.ts";
import type { RunFile } from "../run_folder/run_file.ts";
import { parseSavedRun, type RunTexts } from "../run_folder/saved_run.ts";
import { familyOf } from "../settings/agents.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * Draws what a run leaves to look at, one after the other: the rewards, the policy at play, and the report.
 *
 * @param settings Of the run.
 * @param run Ended; of an interrupted one only the rewards are drawn, since its user is waiting.
 * @param texts What its other files hold.
 * @returns The files.
 */
export async function* drawRun(
  settings: Settings,
  run: Readonly<Run>,
  texts: RunTexts,
): AsyncGenerator<readonly [RunFile, string | Uint8Array], void, undefined> {
  if (run.episodes.length > 0) {
    const title = `${settings.env}, ${settings.agent}, seed ${settings.seed}`;
    yield ["reward.svg", await plotRewards(title, run.episodes)];
  }
  if (run.stopReason === "interrupted") return;
  const gif = await policyGif(settings, run);
  if (gif !== undefined) yield ["policy.gif", gif];
  if (familyOf(settings.agent).policy === "table" && run.policy !== undefined) {
    const { tensors } = run.policy;
    const isSmall = tensors[0]!.shape[0]! <= MOST_FIELDS;
    const drawing = isSmall ? qTableSvg(settings, qTableOf(settings, tensors)) : undefined;
    if (drawing !== undefined) yield ["q_table.svg", drawing];
  }
  yield ["report.html", await reportHtml([{ ...parseSavedRun(texts, "the run"), gif }])];
}

/** The kept policy at play; undefined where there is none, or the rasterizer may not be read. */
async function policyGif(settings: Settings, run: Readonly<Run>): Promise<Uint8Array | undefined> {
  const file = policyFile(settings, run);
  if (!mayRasterize() || file === undefined && familyOf(settings.agent).policy !== "none") return undefined;
  const loaded = restorePolicy(settings, () => file ?? new Uint8Array(), "policy.safetensors");
  const seed = recordingSeed(settings.seed);
  return await gifOf(loaded, recordMoments(loaded, { episodes: 1, maxSteps: MAX_STEPS, seed }));
}
