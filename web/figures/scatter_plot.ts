/**
 * Points in a square.
 *
 * @module
 */

import { ChartFrame } from "./chart_frame.ts";
import { axisText, position } from "./chart_points.ts";
import { createdSvg, setAttributes, unitSquare } from "./elements.ts";

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
  readonly #frame: ChartFrame;
  readonly #dots: SVGElement;

  /** Adds an empty plot to an element. */
  constructor(parent: Element) {
    const svg = unitSquare();
    this.#frame = new ChartFrame(parent, svg);
    this.#dots = createdSvg("path", {});
    svg.append(this.#dots);
  }

  /** Draws the points; those beyond the ends lie on them. */
  draw({ points, ends, colour, caption }: ScatterData): void {
    const dots = points.map(([x, y]) =>
      `M${position(x, ends).toFixed(4)} ${(1 - position(y, ends)).toFixed(4)}h0`
    );
    setAttributes(this.#dots, { class: `dots series-${colour}`, d: dots.join("") });
    const texts = [axisText(ends[0]), axisText(ends[1])] as const;
    this.#frame.show({ caption, x: texts, y: texts });
  }
}
