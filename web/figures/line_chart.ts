/**
 * Curves.
 *
 * @module
 */

import { ChartFrame } from "./chart_frame.ts";
import { axisText, endsOf, type Points, polylines } from "./chart_points.ts";
import { createdSvg, setAttributes, unitSquare } from "./elements.ts";
import { Repeated } from "./repeated.ts";

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
  /** What the horizontal axis counts. */
  readonly across: string;
  /** A sentence that says what the chart shows, for those who do not see it, and above it. */
  readonly caption: string;
}

/** A chart of curves in the site's colours. */
export class LineChart {
  readonly #frame: ChartFrame;
  readonly #lines: Repeated<SVGElement>;

  /** Adds an empty chart to an element. */
  constructor(parent: Element) {
    const svg = unitSquare();
    this.#frame = new ChartFrame(parent, svg);
    this.#lines = new Repeated(svg, () => createdSvg("polyline", {}));
  }

  /** Draws the chart. */
  draw({ series, caption, across, ...axes }: LineChartData): void {
    const x = axes.x ?? endsOf(series.flatMap(({ x, y }) => x ?? [0, y.length - 1]));
    const y = axes.y ?? endsOf(series.flatMap((curve) => curve.y));
    const parts = series.flatMap((curve, i) =>
      polylines(curve, x, y).map((points) => ({
        class: classOf(curve, i),
        points,
      }))
    );
    const lines = this.#lines.fit(parts.length);
    for (const [i, part] of parts.entries()) setAttributes(lines[i]!, part);
    this.#frame.show({
      caption,
      legend: series.map((curve, i) => ({ name: curve.name, class: classOf(curve, i) })),
      x: [axisText(x[0]), axisText(x[1])],
      y: [axisText(y[0]), axisText(y[1])],
      across,
    });
  }
}

function classOf({ colour, isFaint }: Series, place: number): string {
  return `series-${colour ?? place + 1}${isFaint ? " faint" : ""}`;
}
