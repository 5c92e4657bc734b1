/**
 * Q-values as bars.
 *
 * @module
 */

import { fixedText } from "../scripts/values/fixed_text.ts";
import { shownNumber } from "../scripts/values/shown_number.ts";
import type { Decision } from "./_onnx_player.ts";

/** The values to choose one from: all actions, or those of one part of an action. */
export interface QBarGroup {
  /** The name of the part; undefined if there are no parts. */
  readonly name?: string;
  /** The meaning of each value. */
  readonly meanings: readonly string[];
}

/** A bar for each action, or for each value of each part, in a group of the page. */
export class QBars {
  readonly #group: HTMLElement;
  #rows: { row: HTMLElement; bar: HTMLElement; value: HTMLElement }[] = [];
  #low = Infinity;
  #high = -Infinity;

  constructor(group: HTMLElement) {
    this.#group = group;
  }

  /** Creates the bars of other actions. */
  label(groups: readonly QBarGroup[]): void {
    this.clearRange();
    this.#group.replaceChildren();
    this.#group.classList.toggle("parts", groups.some(({ name }) => name !== undefined));
    this.#rows = groups.flatMap(({ name, meanings }) => {
      const parent = name === undefined ? this.#group : created("part", this.#group);
      if (name !== undefined) {
        parent.role = "group";
        parent.ariaLabel = name;
        created("name", parent, name);
      }
      return meanings.map((meaning) => {
        const row = created("q-value", parent);
        created("meaning", row, meaning);
        const bar = created("bar", created("track", row));
        return { row, bar, value: created("value", row, "–") };
      });
    });
  }

  /** Resets the range of values, for another policy. */
  clearRange(): void {
    this.#low = Infinity;
    this.#high = -Infinity;
  }

  /**
   * Shows a decision. The length of a bar is the position of its value between the lowest and highest seen so far; the bar of an
   * action that is not allowed is faint.
   */
  show({ columns, values }: Decision, actionMask: Uint8Array | undefined): void {
    this.#low = Math.min(this.#low, ...values);
    this.#high = Math.max(this.#high, ...values);
    const range = this.#high - this.#low || 1;
    for (const [i, { row, bar, value }] of this.#rows.entries()) {
      bar.style.width = `${100 * (values[i]! - this.#low) / range}%`;
      value.textContent = shownNumber(fixedText(values[i]!, 2));
      row.classList.toggle("chosen", columns.includes(i));
      row.classList.toggle("masked", actionMask?.[i] === 0);
    }
  }
}

/** A new element with a class and a text at the end of another. */
function created(name: string, parent: HTMLElement, text = ""): HTMLElement {
  const element = document.createElement("div");
  element.className = name;
  element.textContent = text;
  parent.append(element);
  return element;
}
