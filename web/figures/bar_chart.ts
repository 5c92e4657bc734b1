/**
 * Bars and histograms.
 *
 * @module
 */

import { ChartFrame } from "./chart_frame.ts";
import { axisText, position } from "./chart_points.ts";
import { createdSvg, setAttributes, unitSquare } from "./elements.ts";
import { Repeated } from "./repeated.ts";

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
  /** What the horizontal axis counts. */
  readonly across: string;
  /** A sentence that says what the chart shows, for those who do not see it, and above it. */
  readonly caption: string;
}

/** The part of its place that a bar fills. */
const FILLED = 0.9;

/** Bars in the site's colours. */
export class BarChart {
  readonly #frame: ChartFrame;
  readonly #bars: SVGElement;
  readonly #chosen: SVGElement;
  readonly #marks: Repeated<SVGElement>;

  /** Adds an empty chart to an element. */
  constructor(parent: Element) {
    const svg = unitSquare();
    this.#frame = new ChartFrame(parent, svg);
    this.#bars = createdSvg("path", { class: "bar" });
    this.#chosen = createdSvg("path", { class: "bar chosen" });
    svg.append(this.#bars, this.#chosen);
    this.#marks = new Repeated(svg, () => createdSvg("polyline", {}));
  }

  /** Draws the chart. */
  draw(
    { values, x, high = Math.max(0, ...values), marks = [], chosen, across, caption }: BarChartData,
  ): void {
    const width = 1 / Math.max(1, values.length);
    const bars = values.map((value, i) => {
      const height = position(value, [0, high]).toFixed(4);
      return `M${(i * width).toFixed(4)} 1v-${height}h${(FILLED * width).toFixed(4)}v${height}z`;
    });
    setAttributes(this.#bars, { d: bars.filter((_, i) => !chosen?.has(i)).join("") });
    setAttributes(this.#chosen, { d: bars.filter((_, i) => chosen?.has(i)).join("") });
    const lines = this.#marks.fit(marks.length);
    for (const [i, mark] of marks.entries()) {
      const at = position(mark.x, x).toFixed(4);
      setAttributes(lines[i]!, { class: `series-${mark.colour}`, points: `${at},0 ${at},1` });
    }
    this.#frame.show({
      caption,
      legend: marks.map(({ name, colour }) => ({ name, class: `series-${colour}` })),
      x: [axisText(x[0]), axisText(x[1])],
      y: [axisText(0), axisText(high)],
      across,
    });
  }
}
