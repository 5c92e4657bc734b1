/**
 * Buttons.
 *
 * @module
 */

import { created } from "./elements.ts";

/** Adds a button to an element. */
export function button(parent: Element, text: string, onClick: () => void): HTMLButtonElement {
  const element = created(parent, "button", { text, attributes: { type: "button" } });
  element.addEventListener("click", onClick);
  return element;
}
