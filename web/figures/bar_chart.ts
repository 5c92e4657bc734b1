/**
 * Bars and histograms.
 *
 * @module
 */

import { axisText, position } from "./chart_points.ts";
import { created, createdSvg, unitSquare } from "./elements.ts";

/** A vertical line across the bars. */
export interface BarMark {
  /** Its name in the legend. */
  readonly name: string;
  /** Where it stands, on the horizontal axis. */
  readonly x: number;
  /** Its colour, from 1. */
  readonly colour: number;
}

/** What a chart shows. */
export interface BarChartData {
  /** The height of each bar, none below 0. */
  readonly values: readonly number[];
  /** The ends of the horizontal axis, from the left edge of the first bar to the right edge of the last one. */
  readonly x: readonly [number, number];
  /** The end of the vertical axis; by default the greatest value. */
  readonly high?: number;
  /** Vertical lines. */
  readonly marks?: readonly BarMark[];
  /** Bars in the accent's colour, by their places. */
  readonly chosen?: ReadonlySet<number>;
  /** A sentence that says what the chart shows, for those who do not see it, and above it. */
  readonly caption: string;
}

/** Bars in the site's colours. */
export class BarChart {
  readonly #plot: HTMLElement;
  readonly #caption: HTMLElement;

  /** Adds an empty chart to an element. */
  constructor(parent: Element) {
    const figure = created(parent, "figure", { class: "chart bars" });
    this.#caption = created(figure, "figcaption");
    this.#plot = created(figure, "div", { class: "plot" });
  }

  /** Draws the chart. */
  draw({ values, x, high = Math.max(0, ...values), marks = [], chosen, caption }: BarChartData): void {
    const svg = unitSquare(caption);
    const width = 1 / Math.max(1, values.length);
    for (const [i, value] of values.entries()) {
      const height = position(value, [0, high]);
      svg.append(createdSvg("rect", {
        class: chosen?.has(i) ? "bar chosen" : "bar",
        x: (i * width).toFixed(4),
        y: (1 - height).toFixed(4),
        width: (0.9 * width).toFixed(4),
        height: height.toFixed(4),
      }));
    }
    for (const { x: at, colour } of marks) {
      const across = position(at, x).toFixed(4);
      svg.append(createdSvg("polyline", { class: `series-${colour}`, points: `${across},0 ${across},1` }));
    }
    this.#plot.replaceChildren(svg);
    for (const [place, value] of [["low", 0], ["high", high], ["left", x[0]], ["right", x[1]]] as const) {
      created(this.#plot, "span", {
        class: `label ${place}`,
        text: axisText(value),
        attributes: { "aria-hidden": "true" },
      });
    }
    this.#caption.replaceChildren();
    created(this.#caption, "span", { text: caption });
    for (const { name, colour } of marks) {
      created(this.#caption, "span", { class: `key series-${colour}`, text: name });
    }
  }
}
