/**
 * What a program prints.
 *
 * @module
 */

import { created } from "./elements.ts";

/**
 * Adds an empty box for lines of output, with a title; lines that are too long are reached by scrolling in it.
 *
 * @param parent Its parent.
 * @param title What is printed.
 * @returns The box; its text is the output.
 */
export function printedLog(parent: Element, title: string): HTMLElement {
  created(parent, "p", { class: "title", text: title });
  return created(parent, "pre", {
    class: "log numbers",
    attributes: { tabindex: "0", role: "group", "aria-label": title },
  });
}
