import { COLOUR, drawPlot } from "../plots/plot_theme.ts";
import { flagOf } from "../settings/settings.ts";
import type { Importance } from "./importance.ts";

/**
 * Draws a bar per parameter.
 *
 * @param importance At least one.
 * @param trials Number of trials that it comes from.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotImportance(importance: readonly Importance[], trials: number): Promise<string> {
  const values = importance.map(({ parameter, share }) => ({
    name: flagOf(parameter.name).slice(2),
    share,
    label: `${(100 * share).toFixed(0)} %`,
  }));
  const y = { field: "name", type: "nominal", title: null, sort: values.map(({ name }) => name) } as const;
  const share = {
    field: "share",
    type: "quantitative",
    title: "share of the variance",
    axis: { format: "%" },
    scale: { domainMin: 0, domainMax: 1 },
  } as const;
  return await drawPlot({
    width: 520,
    height: 26 * values.length,
    title: {
      text: "Variance of the score that each parameter explains alone",
      subtitle: [
        `first rung, ${trials} trials; by bins of the parameter's values, adjusted for their number;`,
        "what parameters do together is not seen",
      ],
    },
    data: { values },
    layer: [
      { mark: { type: "bar", color: COLOUR.pale }, encoding: { x: share, y } },
      {
        mark: { type: "text", align: "left", dx: 4, color: COLOUR.text },
        encoding: { x: share, y, text: { field: "label" } },
      },
    ],
  }, `Share of the score's variance explained by ${values.map(({ name }) => name).join(", ")}`);
}
