import { compile, type Config, type TopLevelSpec } from "vega-lite";
import { parse, View } from "vega";
import { escapeXml, suitableForXml } from "../../envs/values/escape_xml.ts";

/** Each colour of a picture on a light page, and its counterpart on a dark page; each appears once. */
const COLOURS = {
  background: ["#ffffff", "#0d1117"],
  text: ["#1f2328", "#e6edf3"],
  grid: ["#d8dee4", "#30363d"],
  pale: ["#9ec5f4", "#2f5d94"],
  strong: ["#0b5cad", "#79b8ff"],
} as const;

/** Distinguishable line colours: from the palette of Okabe and Ito, for every kind of colour vision. */
const SERIES = [
  ["#0072b2", "#58a6e8"],
  ["#d55e00", "#f0883e"],
  ["#009e73", "#3fc99a"],
  ["#b0568f", "#e08fc4"],
  ["#8a6d00", "#e3c04b"],
  ["#2a9fd0", "#8fd3f4"],
  ["#7a4fbf", "#b99cf0"],
  ["#6e7781", "#9aa4ae"],
] as const;

/** The colour of each part of a picture on a light page. */
export const COLOUR = {
  background: COLOURS.background[0],
  text: COLOURS.text[0],
  grid: COLOURS.grid[0],
  pale: COLOURS.pale[0],
  strong: COLOURS.strong[0],
} as const;

/** The distinguishable line colours, in order. */
export const SERIES_COLOURS: readonly string[] = SERIES.map(([light]) => light);

/** One layer of a picture. */
export type PlotLayer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

/** The common style of all pictures. */
const CONFIG: Config = {
  font: "system-ui, sans-serif",
  view: { stroke: null },
  title: {
    anchor: "start",
    color: COLOUR.text,
    fontSize: 15,
    offset: 12,
    subtitleColor: COLOUR.text,
    subtitleFontSize: 12,
  },
  axis: {
    labelColor: COLOUR.text,
    titleColor: COLOUR.text,
    gridColor: COLOUR.grid,
    domainColor: COLOUR.grid,
    tickColor: COLOUR.grid,
    labelFontSize: 12,
    labelLimit: 300,
    titleFontSize: 13,
    titleFontWeight: "normal",
  },
  legend: {
    labelColor: COLOUR.text,
    titleColor: COLOUR.text,
    labelFontSize: 12,
    labelLimit: 300,
    orient: "top",
    direction: "horizontal",
  },
};

/**
 * Draws a picture.
 *
 * @param spec The picture, in the colours above.
 * @param description The text alternative.
 * @returns An SVG that follows the reader's light or dark colour scheme.
 */
export async function drawPlot(spec: TopLevelSpec, description: string): Promise<string> {
  const whole: TopLevelSpec = { ...spec, background: COLOUR.background, padding: 16, config: CONFIG };
  const svg = await new View(parse(compile(whole).spec), { renderer: "none" }).toSVG();
  const rules = [...Object.values(COLOURS), ...SERIES].map(([light, dark]) =>
    `[fill="${light}"]{fill:${dark}}[stroke="${light}"]{stroke:${dark}}`
  );
  const style = `<style>@media screen and (prefers-color-scheme: dark){${rules.join("")}}</style>`;
  return suitableForXml(svg).replace(
    /^<svg([^>]*)>/,
    (_, rest) => `<svg role="img"${rest}><title>${escapeXml(description)}</title>${style}`,
  );
}
