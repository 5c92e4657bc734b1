/**
 * A picture of a grid.
 *
 * @module
 */

import { ChartFrame, type ChartTexts } from "./chart_frame.ts";

/** Red, green and blue, from 0 to 255. */
export type Colour = readonly [number, number, number];

/** What a picture shows. */
export interface HeatMapData extends ChartTexts {
  /** Cells across. */
  readonly columns: number;
  /** The colour of each cell, row by row from the top. */
  readonly colours: readonly Colour[];
}

/** A grid of coloured cells with named ends of its axes. */
export class HeatMap {
  readonly #canvas = document.createElement("canvas");
  readonly #frame: ChartFrame;

  /** Adds an empty picture to an element. */
  constructor(parent: Element) {
    this.#frame = new ChartFrame(parent, this.#canvas, "plot heat");
  }

  /** Draws the grid. */
  draw({ columns, colours, ...texts }: HeatMapData): void {
    const rows = colours.length / columns;
    if (this.#canvas.width !== columns) this.#canvas.width = columns;
    if (this.#canvas.height !== rows) this.#canvas.height = rows;
    const image = new ImageData(columns, rows);
    for (const [i, [red, green, blue]] of colours.entries()) image.data.set([red, green, blue, 255], 4 * i);
    this.#canvas.getContext("2d")?.putImageData(image, 0, 0);
    this.#frame.show(texts);
  }
}

/** A colour between two, at a part in [0, 1]. */
export function mixed(low: Colour, high: Colour, part: number): Colour {
  const mix = (i: 0 | 1 | 2) => Math.round(low[i] + (high[i] - low[i]) * part);
  return [mix(0), mix(1), mix(2)];
}
