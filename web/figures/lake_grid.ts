/**
 * The lake with four values on each tile.
 *
 * @module
 */

import { fixedText } from "../../scripts/values/fixed_text.ts";
import { bestAction } from "./best_action.ts";
import { created, setAttributes, setText } from "./elements.ts";
import { LAKE_ACTIONS, LAKE_MAP, type LakeAgentState } from "./lake_request.ts";

/** Where the value of each action stands on a tile, in the order of the actions. */
const PLACES = ["left", "down", "right", "up"] as const;

/** What a grid needs to name its parts. */
export interface LakeGridOptions {
  /** What the grid shows. */
  readonly caption: string;
  /** The names of the actions, in order. */
  readonly actions: readonly string[];
}

/** A table of tiles. */
export class LakeGrid {
  readonly #options: LakeGridOptions;
  readonly #tiles: { cell: HTMLElement; values: HTMLElement[] }[];

  /** Adds a grid of zeros to an element. */
  constructor(parent: Element, options: LakeGridOptions) {
    this.#options = options;
    const table = created(parent, "table", { class: "lake", attributes: { "aria-label": options.caption } });
    const body = created(table, "tbody");
    this.#tiles = LAKE_MAP.flatMap((letters) => {
      const row = created(body, "tr");
      return [...letters].map((letter) => {
        const cell = created(row, "td", { class: letter === "H" ? "hole" : "" });
        const tile = created(cell, "div", { class: "tile" });
        created(tile, "span", { class: "name", text: letter === "F" ? "" : letter });
        const isEnd = letter === "H" || letter === "G";
        const values = isEnd ? [] : PLACES.map((place) => created(tile, "span", { class: place }));
        return { cell, values };
      });
    });
  }

  /** Shows an agent's values and where it is. */
  show({ table, last }: LakeAgentState): void {
    for (const [state, { cell, values }] of this.#tiles.entries()) {
      const numbers = table.subarray(state * LAKE_ACTIONS, (state + 1) * LAKE_ACTIONS);
      const best = bestAction(numbers);
      for (const [action, element] of values.entries()) {
        const text = valueText(numbers[action]!);
        setText(element, text);
        element.classList.toggle("best", action === best);
      }
      cell.classList.toggle("here", state === (last?.next ?? 0));
      if (values.length === 0) continue;
      const worth = Math.min(1, Math.max(0, ...numbers)).toFixed(3);
      if (cell.style.getPropertyValue("--worth") !== worth) cell.style.setProperty("--worth", worth);
      const title = values.map(({ textContent }, i) => `${this.#options.actions[i]} ${textContent}`);
      setAttributes(cell, { title: title.join(", ") });
    }
  }
}

/** Two decimals, without a minus before zero. */
function valueText(value: number): string {
  return fixedText(value, 2);
}
