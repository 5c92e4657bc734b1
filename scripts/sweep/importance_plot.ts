import { COLOUR, drawPlot, type PlotLayer } from "../plots/plot_theme.ts";
import { flagName } from "../settings/settings.ts";
import { type Importance, TREES } from "./importance.ts";

/**
 * Draws a bar per parameter.
 *
 * @param importance At least one.
 * @param trials Number of trials that it is computed from.
 * @param isNarrow Whether it is drawn for a phone.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function plotImportance(
  importance: readonly Importance[],
  trials: number,
  isNarrow = false,
): Promise<string> {
  const values = importance.map(({ parameter, share }) => ({
    name: flagName(parameter.name),
    share,
    label: `${(100 * share).toFixed(0)} %`,
  }));
  const y = {
    field: "name",
    type: "nominal",
    title: null,
    sort: values.map(({ name }) => name),
    ...(isNarrow ? { axis: null } : {}),
  } as const;
  // Beside its bar, a name would take half of a narrow picture.
  const names: PlotLayer[] = !isNarrow ? [] : [{
    mark: { type: "text", align: "left", dy: -14, color: COLOUR.text },
    encoding: { x: { value: 0 }, y, text: { field: "name" } },
  }];
  const share = {
    field: "share",
    type: "quantitative",
    title: "share of the variance",
    axis: isNarrow ? { format: "%", tickCount: 3 } : { format: "%" },
    scale: { domainMin: 0, domainMax: 1 },
  } as const;
  return await drawPlot({
    width: isNarrow ? 250 : 520,
    height: (isNarrow ? 44 : 26) * values.length,
    title: {
      text: isNarrow
        ? ["Variance of the score that", "each parameter explains"]
        : "Variance of the score that each parameter explains alone",
      subtitle: isNarrow
        ? [
          `alone; first rung, ${trials} trials; fANOVA`,
          `with ${TREES} trees (Hutter et al. 2014);`,
          "interactions between parameters",
          "are not shown",
        ]
        : [
          `first rung, ${trials} trials; functional ANOVA with ${TREES} trees (Hutter et al. 2014);`,
          "interactions between parameters are not shown",
        ],
    },
    data: { values },
    layer: [
      {
        mark: { type: "bar", color: COLOUR.pale, ...(isNarrow ? { height: 14 } : {}) },
        encoding: { x: share, y },
      },
      ...names,
      {
        mark: { type: "text", align: "left", dx: 4, color: COLOUR.text },
        encoding: { x: share, y, text: { field: "label" } },
      },
    ],
  }, `Share of the score's variance explained by ${values.map(({ name }) => name).join(", ")}`);
}
