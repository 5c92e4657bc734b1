/**
 * Curves.
 *
 * @module
 */

import { axisText, endsOf, type Points, polylines } from "./chart_points.ts";
import { created, createdSvg, unitSquare } from "./elements.ts";

/** A curve. */
export interface Series extends Points {
  /** Its name in the legend. */
  readonly name: string;
  /** Its colour, from 1; by default its place in the list. */
  readonly colour?: number;
  /** Drawn faint, behind its own mean for example. */
  readonly isFaint?: boolean;
}

/** What a chart shows. */
export interface LineChartData {
  /** The curves. */
  readonly series: readonly Series[];
  /** The ends of the horizontal axis; by default those of the curves. */
  readonly x?: readonly [number, number];
  /** The ends of the vertical axis; by default those of the curves. */
  readonly y?: readonly [number, number];
  /** A sentence that says what the chart shows, for those who do not see it, and above it. */
  readonly caption: string;
}

/** A chart of curves in the site's colours. */
export class LineChart {
  readonly #plot: HTMLElement;
  readonly #caption: HTMLElement;

  /** Adds an empty chart to an element. */
  constructor(parent: Element) {
    const figure = created(parent, "figure", { class: "chart" });
    this.#caption = created(figure, "figcaption");
    this.#plot = created(figure, "div", { class: "plot" });
  }

  /** Draws the chart. */
  draw({ series, caption, ...axes }: LineChartData): void {
    const x = axes.x ?? endsOf(series.flatMap(({ x, y }) => x ?? [0, y.length - 1]));
    const y = axes.y ?? endsOf(series.flatMap((curve) => curve.y));
    const svg = unitSquare(caption);
    for (const [i, curve] of series.entries()) {
      const colour = `series-${curve.colour ?? i + 1}${curve.isFaint ? " faint" : ""}`;
      for (const points of polylines(curve, x, y)) {
        svg.append(createdSvg("polyline", { class: colour, points }));
      }
    }
    this.#plot.replaceChildren(svg);
    for (const [place, value] of [["low", y[0]], ["high", y[1]], ["left", x[0]], ["right", x[1]]] as const) {
      created(this.#plot, "span", {
        class: `label ${place}`,
        text: axisText(value),
        attributes: { "aria-hidden": "true" },
      });
    }
    this.#caption.replaceChildren();
    created(this.#caption, "span", { text: caption });
    for (const [i, { name, colour }] of series.entries()) {
      created(this.#caption, "span", { class: `key series-${colour ?? i + 1}`, text: name });
    }
  }
}
