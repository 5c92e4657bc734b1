/**
 * New elements.
 *
 * @module
 */

/** What a new element may have. */
export interface ElementParts {
  /** Its classes. */
  readonly class?: string;
  /** Its text. */
  readonly text?: string;
  /** Other attributes. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Creates an element at the end of another. */
export function created<K extends keyof HTMLElementTagNameMap>(
  parent: Element,
  tag: K,
  { class: classes, text, attributes = {} }: ElementParts = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (classes !== undefined) element.className = classes;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Creates an element of an SVG picture. */
export function createdSvg(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Creates a picture from (0, 0) to (1, 1) that stretches to its place. */
export function unitSquare(): SVGElement {
  return createdSvg("svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none" });
}

/** Gives an element a text, and leaves it untouched if it has that text; whether it had another. */
export function setText(element: Element, text: string): boolean {
  if (element.textContent === text) return false;
  element.textContent = text;
  return true;
}

/** Gives an element attributes, and leaves those untouched that it has. */
export function setAttributes(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

/** Numbers the parts of a page that refer to one another. */
let count = 0;

/** A fresh id. */
export function freshId(): string {
  return `figure-${++count}`;
}
