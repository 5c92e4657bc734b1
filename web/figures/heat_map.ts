/**
 * A picture of a grid.
 *
 * @module
 */

import { created } from "./elements.ts";

/** Red, green and blue, from 0 to 255. */
export type Colour = readonly [number, number, number];

/** What a picture shows. */
export interface HeatMapData {
  /** Cells across. */
  readonly columns: number;
  /** The colour of each cell, row by row from the top. */
  readonly colours: readonly Colour[];
  /** A sentence that says what it shows. */
  readonly caption: string;
  /** The ends of the horizontal and of the vertical axis. */
  readonly x: readonly [string, string];
  readonly y: readonly [string, string];
}

/** A grid of coloured cells with named ends of its axes. */
export class HeatMap {
  readonly #canvas: HTMLCanvasElement;
  readonly #plot: HTMLElement;
  /** The sentence above the picture, and room for a legend behind it. */
  readonly caption: HTMLElement;

  /** Adds an empty picture to an element. */
  constructor(parent: Element) {
    const figure = created(parent, "figure", { class: "chart" });
    const top = created(figure, "figcaption");
    this.caption = created(top, "span");
    this.#plot = created(figure, "div", { class: "plot heat" });
    this.#canvas = created(this.#plot, "canvas");
  }

  /** Draws the grid. */
  draw({ columns, colours, caption, x, y }: HeatMapData): void {
    const rows = colours.length / columns;
    this.#canvas.width = columns;
    this.#canvas.height = rows;
    const image = new ImageData(columns, rows);
    for (const [i, [red, green, blue]] of colours.entries()) image.data.set([red, green, blue, 255], 4 * i);
    this.#canvas.getContext("2d")?.putImageData(image, 0, 0);
    this.#canvas.setAttribute("role", "img");
    this.#canvas.setAttribute("aria-label", caption);
    this.caption.textContent = caption;
    for (const label of this.#plot.querySelectorAll(".label")) label.remove();
    for (const [place, text] of [["low", y[0]], ["high", y[1]], ["left", x[0]], ["right", x[1]]] as const) {
      created(this.#plot, "span", { class: `label ${place}`, text, attributes: { "aria-hidden": "true" } });
    }
  }
}

/** A colour between two, at a part in [0, 1]. */
export function mixed(low: Colour, high: Colour, part: number): Colour {
  const mix = (i: 0 | 1 | 2) => Math.round(low[i] + (high[i] - low[i]) * part);
  return [mix(0), mix(1), mix(2)];
}
