/**
 * Elements of the page.
 *
 * @module
 */

/** The element with an id; throws if it is of another kind. */
export function element<T extends Element>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`Cannot start the page: #${id} must be a ${kind.name}`);
}

/** The message of an error without its type, as a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Fills a select element. */
export function fillSelect(select: HTMLSelectElement, options: readonly string[], chosen: string): void {
  select.replaceChildren(...options.map((text) => new Option(text, text, text === chosen, text === chosen)));
}
