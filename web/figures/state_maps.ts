/**
 * What an agent thinks of the states of MountainCar, as two pictures.
 *
 * @module
 */

import type { Language } from "../site/languages.ts";
import { axisText, endsOf, position } from "./chart_points.ts";
import { created } from "./elements.ts";
import { type Colour, HeatMap, mixed } from "./heat_map.ts";
import type { StateMap } from "./mountain_car_map.ts";
import { MOUNTAIN_CAR_WORDS } from "./mountain_car_words.ts";
import { wordsIn } from "./words.ts";

/** Colours of the lowest and of the highest value. */
const LOW: Colour = [24, 28, 68];
const HIGH: Colour = [255, 224, 112];
/** Colours of the actions, those of the legend in figures.css. */
const ACTIONS: readonly Colour[] = [[76, 111, 224], [154, 160, 168], [224, 138, 44]];

/** The ends of the axes: position and velocity. */
const X = ["−1.2", "0.6"] as const;
const Y = ["−0.07", "0.07"] as const;

/** The value and the greedy action over position and velocity. */
export class StateMaps {
  readonly #values: HeatMap;
  readonly #actions: HeatMap;
  readonly #t;

  /** Adds both to an element. */
  constructor(parent: Element, language: Language) {
    this.#t = wordsIn(MOUNTAIN_CAR_WORDS, language);
    const columns = created(parent, "div", { class: "figure-columns" });
    this.#values = new HeatMap(created(columns, "div"));
    this.#actions = new HeatMap(created(columns, "div"));
  }

  /** Draws what an agent thinks. */
  draw({ columns, values, actions }: StateMap): void {
    const ends = endsOf(Array.from(values));
    this.#values.draw({
      columns,
      colours: Array.from(values, (value) => mixed(LOW, HIGH, position(value, ends))),
      caption: this.#t("value", { low: axisText(ends[0]), high: axisText(ends[1]) }),
      x: X,
      y: Y,
    });
    this.#actions.draw({
      columns,
      colours: Array.from(actions, (action) => ACTIONS[action]!),
      caption: this.#t("action"),
      legend: (["left", "none", "right"] as const).map((key, action) => ({
        name: this.#t(key),
        class: `action-${action}`,
      })),
      x: X,
      y: Y,
    });
  }
}
