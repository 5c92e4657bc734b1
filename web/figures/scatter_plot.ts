/**
 * Points in a square.
 *
 * @module
 */

import { axisText, position } from "./chart_points.ts";
import { created, createdSvg, unitSquare } from "./elements.ts";

/** What a plot shows. */
export interface ScatterData {
  /** The points. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The ends of both axes. */
  readonly ends: readonly [number, number];
  /** Its colour, from 1. */
  readonly colour: number;
  /** A sentence that says what the plot shows, for those who do not see it, and above it. */
  readonly caption: string;
}

/** Points in the site's colours. */
export class ScatterPlot {
  readonly #plot: HTMLElement;
  readonly #caption: HTMLElement;

  /** Adds an empty plot to an element. */
  constructor(parent: Element) {
    const figure = created(parent, "figure", { class: "chart scatter" });
    this.#caption = created(figure, "figcaption");
    this.#plot = created(figure, "div", { class: "plot" });
  }

  /** Draws the points; those beyond the ends lie on them. */
  draw({ points, ends, colour, caption }: ScatterData): void {
    const svg = unitSquare(caption);
    const dots = points.map(([x, y]) =>
      `M${position(x, ends).toFixed(4)} ${(1 - position(y, ends)).toFixed(4)}h0`
    );
    svg.append(createdSvg("path", { class: `dots series-${colour}`, d: dots.join("") }));
    this.#plot.replaceChildren(svg);
    for (
      const [place, value] of [["low", ends[0]], ["high", ends[1]], ["left", ends[0]], [
        "right",
        ends[1],
      ]] as const
    ) {
      created(this.#plot, "span", {
        class: `label ${place}`,
        text: axisText(value),
        attributes: { "aria-hidden": "true" },
      });
    }
    this.#caption.textContent = caption;
  }
}
