/**
 * Small tables.
 *
 * @module
 */

import { created } from "./elements.ts";

/** A table whose first row and first column are headings. */
export class Table {
  readonly #table: HTMLTableElement;

  /**
   * Adds a table to an element.
   *
   * @param parent The element.
   * @param caption What the table shows.
   */
  constructor(parent: Element, caption: string) {
    const box = created(parent, "div", {
      class: "figure-table",
      attributes: { tabindex: "0", role: "group", "aria-label": caption },
    });
    this.#table = created(box, "table", { class: "numbers" });
  }

  /** Shows rows of cells, the headings first. */
  show([head = [], ...rows]: readonly (readonly string[])[]): void {
    this.#table.replaceChildren();
    const top = created(created(this.#table, "thead"), "tr");
    for (const text of head) {
      if (text === "") created(top, "td"); // the corner is no heading
      else created(top, "th", { text, attributes: { scope: "col" } });
    }
    const body = created(this.#table, "tbody");
    for (const [first = "", ...cells] of rows) {
      const row = created(body, "tr");
      created(row, "th", { text: first, attributes: { scope: "row" } });
      for (const text of cells) created(row, "td", { text });
    }
  }
}
