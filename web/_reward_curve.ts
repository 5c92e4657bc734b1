/**
 * The reward curve of a training in progress.
 *
 * @module
 */

import { returnText } from "../scripts/values/return_text.ts";
import { lookBack, smoothingWindow } from "../scripts/values/smoothing.ts";
import { shownNumber } from "../scripts/values/shown_number.ts";
import { pageWord } from "./_page_words.ts";

const SVG = "http://www.w3.org/2000/svg";
/** Most points of a curve. */
const MAX_POINTS = 500;

/** The return of each episode, and its moving mean. */
export class RewardCurve {
  readonly #figure: HTMLElement;
  readonly #returns: number[] = [];

  constructor(figure: HTMLElement) {
    this.#figure = figure;
  }

  /** Clears the curve. */
  clear(): void {
    this.#returns.length = 0;
    this.#figure.hidden = true;
  }

  /** Adds episodes and redraws. */
  add(returns: readonly number[]): void {
    this.#returns.push(...returns);
    if (this.#returns.length < 2) return;
    this.#figure.hidden = false;
    let [low, high] = [Infinity, -Infinity];
    for (const value of this.#returns) [low, high] = [Math.min(low, value), Math.max(high, value)];
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 1 1");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("role", "img");
    const window = smoothingWindow(this.#returns.length);
    const places = lookBack(this.#returns, window, MAX_POINTS);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const means = places.map(({ recent }) => mean(recent));
    const caption = pageWord("curve", {
      episodes: this.#returns.length,
      window: Math.min(this.#returns.length, window),
      mean: returnText(means.at(-1)!),
    });
    svg.setAttribute("aria-label", caption);
    const singles = places.map(({ index }) => this.#returns[index]!);
    for (const [name, values] of [["returns", singles], ["mean", means]] as const) {
      const line = document.createElementNS(SVG, "polyline");
      line.setAttribute("class", name);
      line.setAttribute("points", pointsOf(values, low, high));
      svg.append(line);
    }
    this.#figure.querySelector(".plot")?.replaceChildren(
      svg,
      ...(high > low ? [label("high", high)] : []),
      label("low", low),
    );
    const below = this.#figure.querySelector("figcaption");
    if (below !== null) below.textContent = caption;
  }
}

function label(name: string, value: number): HTMLElement {
  const element = document.createElement("span");
  element.className = `label ${name}`;
  element.textContent = shownNumber(Number(returnText(value)));
  return element;
}

/** Points in the unit square, y pointing down. */
function pointsOf(values: readonly number[], low: number, high: number): string {
  const last = values.length - 1;
  return values.map((value, i) =>
    `${(i / last).toFixed(4)},${(1 - (value - low) / (high - low || 1)).toFixed(4)}`
  ).join(" ");
}
