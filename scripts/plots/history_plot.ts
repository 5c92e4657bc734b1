import { lookBack } from "../values/smoothing.ts";
import { meanOf } from "../values/statistics.ts";
import { COLOUR, drawPlot } from "./plot_theme.ts";
import type { SavedRun } from "../run_folder/saved_run.ts";

/** Most points of a line. */
const PLACES = 400;

/** The quantities of a run's history, from top to bottom. */
const PANELS = [
  { field: "loss", title: "loss" },
  { field: "meanQ", title: "Q-value of the mini-batches" },
  { field: "epsilon", title: "ε, probability of a random action" },
] as const;

/**
 * Draws loss, mean Q-value and ε over the steps of training, one below the other.
 *
 * @param run The run.
 * @returns An SVG that follows the reader's light or dark colour scheme; undefined if the agent has none of them.
 */
export async function plotHistory(run: SavedRun): Promise<string | undefined> {
  const panels = PANELS.filter(({ field }) => run.episodes.some((episode) => episode[field] !== undefined))
    .map(({ field, title }) => {
      const known = run.episodes.flatMap(({ step, [field]: value }) =>
        value === undefined ? [] : [{ step, value }]
      );
      const window = Math.ceil(known.length / PLACES);
      const mean = window === 1 ? "mean per episode" : `mean of ${window} episodes`;
      const values = lookBack(known.map(({ value }) => value), window, PLACES)
        .map(({ index, recent }) => ({ step: known[index]!.step, value: meanOf(recent) }));
      return { values, title: field === "epsilon" ? title : `${title} (${mean})` };
    });
  if (panels.length === 0) return undefined;
  const domain = [0, run.episodes.at(-1)!.step];
  return await drawPlot(
    {
      spacing: 14,
      vconcat: panels.map(({ values, title }, i) => {
        const isLast = i === panels.length - 1;
        return {
          width: 640,
          height: 120,
          title: {
            text: title,
            anchor: "start",
            frame: "group",
            color: COLOUR.text,
            fontSize: 12,
            fontWeight: "normal",
            offset: 6,
          },
          data: { values },
          mark: { type: "line", strokeWidth: 1.5, color: COLOUR.strong },
          encoding: {
            x: {
              field: "step",
              type: "quantitative",
              title: isLast ? "environment steps" : null,
              axis: { labels: isLast, ticks: isLast, tickCount: 8, labelFlush: false },
              scale: { nice: false, domain },
            },
            y: { field: "value", type: "quantitative", title: null, axis: { tickCount: 4 } },
          },
        };
      }),
    },
    `${panels.map(({ title }) => title).join(", ")} over ${domain[1]} environment steps`,
  );
}
