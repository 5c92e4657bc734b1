import { restorePolicy } from "../run_folder/load_policy.ts";
import { mayRasterize } from "../plots/rasterize.ts";
import { qTableOf } from "../run/q_table.ts";
import { MOST_FIELDS, qTableSvg } from "./q_table_svg.ts";
import { gifOf } from "../recording/record_gif.ts";
import { MAX_STEPS, recordingSeed, recordMoments } from "../recording/recording.ts";
import { reportHtml } from "./report_html.ts";
import { plotRewards } from "../plots/reward_plot.ts";
import { tryToDraw } from "../plots/try_to_draw.ts";
import type { Run } from "../run/run.ts";
import { policyFile } from "../run_folder/run_files.ts";
import type { RunFile } from "../run_folder/run_file.ts";
import { parseSavedRun, type RunTexts } from "../run_folder/saved_run.ts";
import { familyOf } from "../settings/agents.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * Draws the pictures of a run, one after another: the rewards, the policy at play, and the report. A picture that fails is
 * reported and left out.
 *
 * @param settings The settings of the run.
 * @param run The run, which has ended; if it was interrupted, only the rewards are drawn, since the user is waiting.
 * @param texts The text of its other files.
 * @returns The files.
 */
export async function* drawRun(
  settings: Settings,
  run: Readonly<Run>,
  texts: RunTexts,
): AsyncGenerator<readonly [RunFile, string | Uint8Array], void, undefined> {
  if (run.episodes.length > 0) {
    const title = `${settings.env}, ${settings.agent}, seed ${settings.seed}`;
    const rewards = await tryToDraw("reward.svg", () => plotRewards(title, run.episodes));
    if (rewards !== undefined) yield ["reward.svg", rewards];
  }
  if (run.stopReason === "interrupted") return;
  const gif = await tryToDraw("policy.gif", () => policyGif(settings, run));
  if (gif !== undefined) yield ["policy.gif", gif];
  const table = await tryToDraw("q_table.svg", () => tableSvg(settings, run));
  if (table !== undefined) yield ["q_table.svg", table];
  const report = () => reportHtml([{ ...parseSavedRun(texts, "the run"), gif }]);
  const page = await tryToDraw("report.html", report);
  if (page !== undefined) yield ["report.html", page];
}

/** The picture of the learned table; undefined if there is none, or it is too large. */
function tableSvg(settings: Settings, { policy }: Readonly<Run>): string | undefined {
  if (familyOf(settings.agent).policy !== "table" || policy === undefined) return undefined;
  const isSmall = policy.tensors[0]!.shape[0]! <= MOST_FIELDS;
  return isSmall ? qTableSvg(settings, qTableOf(settings, policy.tensors)) : undefined;
}

/** The animation of the kept policy; undefined if there is none, or the rasterizer may not be read. */
async function policyGif(settings: Settings, run: Readonly<Run>): Promise<Uint8Array | undefined> {
  const file = policyFile(settings, run);
  if (!mayRasterize() || file === undefined && familyOf(settings.agent).policy !== "none") return undefined;
  const loaded = restorePolicy(settings, () => file ?? new Uint8Array(), "policy.safetensors");
  const seed = recordingSeed(settings.seed);
  return await gifOf(loaded, recordMoments(loaded, { episodes: 1, maxSteps: MAX_STEPS, seed }));
}
