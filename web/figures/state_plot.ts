/**
 * The lecture's state plot: the four variables of CartPole over an episode.
 *
 * @module
 */

import { created } from "./elements.ts";
import { LineChart } from "./line_chart.ts";

/** A player's observations. */
export interface StateSeries {
  /** Who plays. */
  readonly name: string;
  /** The observations of the episode, from the first on. */
  readonly observations: readonly Float32Array[];
}

/** The most that a variable is drawn at; for the position and the angle, where an episode ends. */
const LARGEST = [2.4, 3, 0.2095, 3.5];

/** Steps that fit at least. */
const LEAST_STEPS = 50;

/** One chart for each variable, with a curve for each player. */
export class StatePlot {
  readonly #across: string;
  readonly #charts: readonly { name: string; chart: LineChart }[];

  /**
   * Adds the charts to an element.
   *
   * @param parent The element.
   * @param names The names of the variables.
   * @param across What the horizontal axes count.
   */
  constructor(parent: Element, names: readonly string[], across: string) {
    this.#across = across;
    const group = created(parent, "div", { class: "figure-small-columns" });
    this.#charts = names.map((name) => ({ name, chart: new LineChart(group) }));
  }

  /** Draws the variables of all players. */
  draw(players: readonly StateSeries[]): void {
    const steps = Math.max(LEAST_STEPS, ...players.map(({ observations }) => observations.length - 1));
    for (const [i, { name, chart }] of this.#charts.entries()) {
      const most = LARGEST[i]!;
      chart.draw({
        series: players.map((player) => ({
          name: player.name,
          y: player.observations.map((observation) => observation[i]!),
        })),
        x: [0, steps],
        y: [-most, most],
        across: this.#across,
        caption: name,
      });
    }
  }
}
