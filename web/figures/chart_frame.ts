/**
 * What all charts have around their pictures.
 *
 * @module
 */

import { created, setAttributes, setText } from "./elements.ts";
import { Repeated } from "./repeated.ts";

/** An entry of a legend. */
export interface LegendKey {
  /** Its text. */
  readonly name: string;
  /** The classes of its line, as in `series-1`. */
  readonly class: string;
}

/** The texts of a chart. */
export interface ChartTexts {
  /** A sentence that says what the chart shows, for those who do not see it, and above it. */
  readonly caption: string;
  /** The legend. */
  readonly legend?: readonly LegendKey[];
  /** The ends of the horizontal axis. */
  readonly x?: readonly [string, string];
  /** The ends of the vertical axis. */
  readonly y?: readonly [string, string];
  /** What the horizontal axis counts. */
  readonly across?: string;
}

/** A caption with a legend, and a box with a picture and the ends of its axes. */
export class ChartFrame {
  readonly #picture: Element;
  readonly #caption: HTMLElement;
  readonly #legend: Repeated<HTMLElement>;
  readonly #labels: Repeated<HTMLElement>;

  /**
   * Adds a chart to an element.
   *
   * @param parent The element.
   * @param picture What it shows.
   * @param box The classes of the box.
   */
  constructor(parent: Element, picture: Element, box = "plot") {
    const figure = created(parent, "figure", { class: "chart" });
    const top = created(figure, "figcaption");
    this.#caption = created(top, "span");
    this.#legend = new Repeated(top, () => document.createElement("span"));
    const plot = created(figure, "div", { class: box });
    plot.append(picture);
    this.#picture = picture;
    this.#labels = new Repeated(plot, () => {
      const label = document.createElement("span");
      label.ariaHidden = "true";
      return label;
    });
  }

  /** Shows texts; only what differs from the last ones is changed. */
  show({ caption, legend = [], x, y, across }: ChartTexts): void {
    setText(this.#caption, caption);
    setAttributes(this.#picture, { role: "img", "aria-label": caption });
    const keys = this.#legend.fit(legend.length);
    for (const [i, { name, class: line }] of legend.entries()) {
      setAttributes(keys[i]!, { class: `key ${line}` });
      setText(keys[i]!, name);
    }
    // An axis of a single value has one end.
    const end = (axis?: readonly [string, string]) => axis?.[0] === axis?.[1] ? undefined : axis?.[1];
    const texts = [["low", y?.[0]], ["high", end(y)], ["left", x?.[0]], ["right", end(x)], ["middle", across]]
      .flatMap(([place, text]) => place === undefined || text === undefined ? [] : [{ place, text }]);
    const labels = this.#labels.fit(texts.length);
    for (const [i, { place, text }] of texts.entries()) {
      setAttributes(labels[i]!, { class: `label ${place}` });
      setText(labels[i]!, text);
    }
  }
}
