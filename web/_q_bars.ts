/**
 * Q-values as bars.
 *
 * @module
 */

import type { Decision } from "./_onnx_player.ts";

/** A bar for each action, in a group of the page. */
export class QBars {
  readonly #group: HTMLElement;
  #rows: { row: HTMLElement; bar: HTMLElement; value: HTMLElement }[] = [];
  #first = 0;
  #low = Infinity;
  #high = -Infinity;

  constructor(group: HTMLElement) {
    this.#group = group;
  }

  /** Creates the bars of other actions. */
  label(meanings: readonly string[], first: number): void {
    this.#first = first;
    this.clearRange();
    this.#rows = meanings.map((meaning) => {
      const element = (name: string, parent: HTMLElement, text = "") => {
        const created = document.createElement("div");
        created.className = name;
        created.textContent = text;
        parent.append(created);
        return created;
      };
      const row = element("q-value", this.#group);
      element("meaning", row, meaning);
      const bar = element("bar", element("track", row));
      return { row, bar, value: element("value", row, "–") };
    });
    this.#group.replaceChildren(...this.#rows.map(({ row }) => row));
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
  show({ action, values }: Decision, actionMask: Uint8Array | undefined): void {
    this.#low = Math.min(this.#low, ...values);
    this.#high = Math.max(this.#high, ...values);
    const range = this.#high - this.#low || 1;
    for (const [i, { row, bar, value }] of this.#rows.entries()) {
      bar.style.width = `${100 * (values[i]! - this.#low) / range}%`;
      value.textContent = values[i]!.toFixed(2);
      row.classList.toggle("chosen", i === action - this.#first);
      row.classList.toggle("masked", actionMask?.[i] === 0);
    }
  }
}
