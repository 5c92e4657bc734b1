import { histogramOf, type MaximumStudy, meansOf } from "./maximum_study.ts";
import { COLOUR, drawPlot, SERIES_COLOURS } from "../plots/plot_theme.ts";

const TRUTH = "true value, 0";
const MEAN = "mean of the samples";

/**
 * Draws the lecture's two histograms, one above the other on one axis.
 *
 * @param study The study to draw.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotMaximum(study: MaximumStudy): Promise<string> {
  const means = meansOf(study);
  const panel = (title: string, values: readonly number[], mean: number) => ({
    width: 600,
    height: 180,
    title: { text: title, fontSize: 13, fontWeight: "normal" as const },
    layer: [
      {
        data: { values: histogramOf(values) },
        mark: { type: "bar", color: COLOUR.pale, stroke: COLOUR.background } as const,
        encoding: {
          x: { field: "from", type: "quantitative", bin: { binned: true }, title: "estimate" } as const,
          x2: { field: "to" },
          y: { field: "count", type: "quantitative", title: "samples" } as const,
        },
      },
      {
        data: { values: [{ at: 0, line: TRUTH }, { at: mean, line: MEAN }] },
        mark: { type: "rule", strokeWidth: 2.5 } as const,
        encoding: {
          x: { field: "at", type: "quantitative" } as const,
          color: {
            field: "line",
            type: "nominal",
            title: null,
            scale: { domain: [TRUTH, MEAN], range: [SERIES_COLOURS[1]!, SERIES_COLOURS[2]!] },
          } as const,
        },
      },
    ],
  });
  const describe = (name: string, mean: number) => `${name}, mean ${mean.toFixed(2)}`;
  return await drawPlot({
    title: `Estimates of a maximum that is 0, ${study.single.length.toLocaleString("en")} samples`,
    vconcat: [
      panel(describe("one Q: max Q(a)", means.single), study.single, means.single),
      panel(describe("two of them: Q′(argmax Q(a))", means.double), study.double, means.double),
    ],
    resolve: { scale: { x: "shared", color: "shared" } },
  }, "Histograms of two estimates of the largest of several noisy zeros");
}
