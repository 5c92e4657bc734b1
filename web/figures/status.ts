/**
 * Whether a figure runs, has ended or has failed.
 *
 * @module
 */

import { COMMON_WORDS } from "./common_words.ts";
import { created } from "./elements.ts";
import type { FigureContext } from "./figure.ts";
import { wordsIn } from "./words.ts";

/** The line that tells the state of a figure; the section has it as `data-state`: `running`, `done` or `failed`. */
export class Status {
  readonly #context: FigureContext;
  readonly #line: HTMLElement;
  readonly #error: HTMLElement;

  /** Adds the line to the end of an element, by default the section. */
  constructor(context: FigureContext, parent: Element = context.root) {
    this.#context = context;
    this.#line = created(parent, "p", { class: "status", attributes: { role: "status" } });
    this.#error = created(parent, "p", { class: "error", attributes: { role: "alert" } });
  }

  /** The figure runs. */
  running(text = ""): void {
    this.#set("running", text, "");
  }

  /** The figure has come to its end. */
  done(text: string): void {
    this.#set("done", text, "");
  }

  /** The figure has failed; `reason` is a sentence without its full stop. */
  failed(reason: string): void {
    this.#set("failed", "", wordsIn(COMMON_WORDS, this.#context.language)("failed", { reason }));
  }

  #set(state: "running" | "done" | "failed", text: string, error: string): void {
    this.#context.root.dataset.state = state;
    if (this.#line.textContent !== text) this.#line.textContent = text;
    if (this.#error.textContent !== error) this.#error.textContent = error;
  }
}
