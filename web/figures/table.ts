/**
 * Small tables.
 *
 * @module
 */

import { shownNumber } from "../../scripts/values/shown_number.ts";
import { created, setText } from "./elements.ts";

/** A table whose first row and first column are headings. */
export class Table {
  readonly #table: HTMLTableElement;
  #cells: HTMLTableCellElement[] = [];
  /** What must be the same for the cells to be kept. */
  #shape = "";

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

  /** Shows rows of cells, the headings first; numbers as everywhere. */
  show(rows: readonly (readonly string[])[]): void {
    const shape = rows.map((row, i) => i === 0 ? row.map((text) => text === "") : row.length).join(" ");
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#build(rows);
    }
    for (const [i, text] of rows.flat().entries()) setText(this.#cells[i]!, shownNumber(text));
  }

  #build([head = [], ...rows]: readonly (readonly string[])[]): void {
    this.#table.replaceChildren();
    const top = created(created(this.#table, "thead"), "tr");
    const heading = (row: Element, scope: string) => created(row, "th", { attributes: { scope } });
    // The corner is no heading.
    this.#cells = head.map((text) => text === "" ? created(top, "td") : heading(top, "col"));
    const body = created(this.#table, "tbody");
    for (const cells of rows) {
      const row = created(body, "tr");
      this.#cells.push(...cells.map((_, i) => i === 0 ? heading(row, "row") : created(row, "td")));
    }
  }
}
