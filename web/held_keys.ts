/**
 * Playing with the keyboard.
 *
 * @module
 */

import type { KeyBindings } from "./key_bindings.ts";

/** Tracks the keys held down while an element has the focus. */
export class HeldKeys {
  #bindings: KeyBindings = { actions: new Map(), idle: undefined };
  #held: number[] = [];
  #last = 0;

  /**
   * Starts listening.
   *
   * @param element The element that must have the focus.
   * @param onPress Called whenever a bound key goes down.
   */
  constructor(element: HTMLElement, onPress: () => void) {
    element.addEventListener("keydown", (event) => {
      const action = this.#bindings.actions.get(event.key);
      if (action === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault(); // arrow keys would scroll
      if (event.repeat) return;
      this.#held.push(action);
      this.#last = action;
      onPress();
    });
    element.addEventListener("keyup", (event) => {
      const action = this.#bindings.actions.get(event.key);
      this.#held = this.#held.filter((other) => other !== action);
    });
    element.addEventListener("blur", () => this.#held = []);
  }

  /** Uses other key bindings. */
  bind(bindings: KeyBindings): void {
    this.#bindings = bindings;
    this.#held = [];
    this.#last = bindings.idle ?? 0;
  }

  /** The action of the key pressed last and still held, or the action without a key. */
  get action(): number {
    return this.#held.at(-1) ?? this.#bindings.idle ?? this.#last;
  }

  /** The action of the key pressed last, held or not. */
  get lastPressed(): number {
    return this.#last;
  }
}
