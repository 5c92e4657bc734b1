/**
 * The slots of a replay buffer as a strip.
 *
 * @module
 */

import { ChartFrame } from "./chart_frame.ts";
import { createdSvg, setAttributes, unitSquare } from "./elements.ts";

/** What a strip shows. */
export interface ReplayStripData {
  /** Number of slots. */
  readonly capacity: number;
  /** Slots in use. */
  readonly size: number;
  /** The slot written last. */
  readonly newest: number;
  /** Slots drawn for a mini-batch. */
  readonly drawn: Int32Array;
  /** A sentence that says what the strip shows. */
  readonly caption: string;
}

/** A strip from the first slot to the last one: those in use, the newest, and those drawn. */
export class ReplayStrip {
  readonly #frame: ChartFrame;
  readonly #used: SVGElement;
  readonly #drawn: SVGElement;
  readonly #newest: SVGElement;

  /** Adds an empty strip to an element. */
  constructor(parent: Element) {
    const svg = unitSquare();
    this.#frame = new ChartFrame(parent, svg, "strip");
    this.#used = createdSvg("rect", { class: "bar", x: "0", y: "0", height: "1" });
    this.#drawn = createdSvg("path", { class: "ticks series-1" });
    this.#newest = createdSvg("path", { class: "ticks newest series-2" });
    svg.append(this.#used, this.#drawn, this.#newest);
  }

  /** Draws the strip. */
  draw({ capacity, size, newest, drawn, caption }: ReplayStripData): void {
    const tick = (slot: number) => `M${((slot + 0.5) / capacity).toFixed(5)} 0V1`;
    setAttributes(this.#used, { width: (size / capacity).toFixed(5) });
    setAttributes(this.#drawn, { d: Array.from(new Set(drawn), tick).join("") });
    setAttributes(this.#newest, { d: tick(newest) });
    this.#frame.show({ caption });
  }
}
