/**
 * The slots of a replay buffer as a strip.
 *
 * @module
 */

import { created, createdSvg, unitSquare } from "./elements.ts";

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
  readonly #box: HTMLElement;
  readonly #caption: HTMLElement;

  /** Adds an empty strip to an element. */
  constructor(parent: Element) {
    const figure = created(parent, "figure", { class: "chart" });
    this.#caption = created(figure, "figcaption");
    this.#box = created(figure, "div", { class: "strip" });
  }

  /** Draws the strip. */
  draw({ capacity, size, newest, drawn, caption }: ReplayStripData): void {
    const svg = unitSquare(caption);
    const at = (slot: number) => ((slot + 0.5) / capacity).toFixed(5);
    svg.append(
      createdSvg("rect", { class: "bar", x: "0", y: "0", width: (size / capacity).toFixed(5), height: "1" }),
      createdSvg("path", {
        class: "ticks series-1",
        d: Array.from(new Set(drawn), (slot) => `M${at(slot)} 0V1`).join(""),
      }),
      createdSvg("path", { class: "ticks newest series-2", d: `M${at(newest)} 0V1` }),
    );
    this.#box.replaceChildren(svg);
    this.#caption.textContent = caption;
  }
}
