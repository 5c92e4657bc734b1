/**
 * The reward curve of a training that goes on.
 *
 * @module
 */

import { returnText } from "../scripts/values/return_text.ts";

const SVG = "http://www.w3.org/2000/svg";
/** Episodes that the mean looks back over. */
const WINDOW = 20;
/** Points that a curve is drawn through at most. */
const MAX_POINTS = 500;

/** The return of each episode, and its moving mean. */
export class RewardCurve {
  readonly #figure: HTMLElement;
  readonly #returns: number[] = [];
  readonly #means: number[] = [];

  constructor(figure: HTMLElement) {
    this.#figure = figure;
  }

  /** Starts anew. */
  clear(): void {
    this.#returns.length = this.#means.length = 0;
    this.#figure.hidden = true;
  }

  /** Adds episodes, and draws. */
  add(returns: readonly number[]): void {
    for (const value of returns) {
      this.#returns.push(value);
      const recent = this.#returns.slice(-WINDOW);
      this.#means.push(recent.reduce((sum, other) => sum + other, 0) / recent.length);
    }
    if (this.#returns.length < 2) return;
    this.#figure.hidden = false;
    let [low, high] = [Infinity, -Infinity];
    for (const value of this.#returns) [low, high] = [Math.min(low, value), Math.max(high, value)];
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 1 1");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", this.#caption());
    for (const [name, values] of [["returns", this.#returns], ["mean", this.#means]] as const) {
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
    const caption = this.#figure.querySelector("figcaption");
    if (caption !== null) caption.textContent = this.#caption();
  }

  #caption(): string {
    const [count, mean] = [this.#returns.length, this.#means.at(-1) ?? 0];
    return `Return of ${count} episodes; the mean of the last ${Math.min(count, WINDOW)} is ${
      returnText(mean)
    }`;
  }
}

function label(name: string, value: number): HTMLElement {
  const element = document.createElement("span");
  element.className = `label ${name}`;
  element.textContent = String(Number(returnText(value)));
  return element;
}

/** Points in the unit square, y pointing down; of more values than points, the last of each group. */
function pointsOf(values: readonly number[], low: number, high: number): string {
  const last = values.length - 1;
  const stride = Math.max(1, values.length / MAX_POINTS);
  const points: string[] = [];
  for (let at = 0; at <= last; at += stride) {
    const i = Math.min(last, Math.floor(at));
    points.push(`${(i / last).toFixed(4)},${(1 - (values[i]! - low) / (high - low || 1)).toFixed(4)}`);
  }
  return points.join(" ");
}
