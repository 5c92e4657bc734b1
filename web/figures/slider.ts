/**
 * Sliders.
 *
 * @module
 */

import { shownNumber } from "../../scripts/values/shown_number.ts";
import { created, freshId } from "./elements.ts";

/** What a slider chooses from. */
export interface SliderOptions<T> {
  /** What it sets. */
  readonly label: string;
  /** The choices, in order. */
  readonly values: readonly T[];
  /** The first choice; one of the values. */
  readonly value: T;
  /** The text of a choice; by default the value itself, a number as everywhere. */
  readonly text?: (value: T) => string;
  /** Called with each new choice. */
  readonly onChange: (value: T) => void;
}

/** A labelled slider over a list of values. */
export class Slider<T> {
  readonly #options: SliderOptions<T>;
  readonly #input: HTMLInputElement;
  readonly #output: HTMLOutputElement;

  /** Adds a slider to an element. */
  constructor(parent: Element, options: SliderOptions<T>) {
    this.#options = options;
    const index = options.values.indexOf(options.value);
    if (index === -1) {
      throw new RangeError(
        `Cannot create the slider "${options.label}": its value must be one of its values`,
      );
    }
    const id = freshId();
    const box = created(parent, "div", { class: "slider" });
    created(box, "label", { text: options.label, attributes: { for: id } });
    this.#output = created(box, "output", { attributes: { for: id } });
    this.#input = created(box, "input", {
      attributes: { id, type: "range", min: "0", max: String(options.values.length - 1), step: "1" },
    });
    this.#input.value = String(index);
    this.#show();
    this.#input.addEventListener("input", () => {
      this.#show();
      options.onChange(this.value);
    });
  }

  /** The choice. */
  get value(): T {
    return this.#options.values[Number(this.#input.value)]!;
  }

  #show(): void {
    const { text: textOf = (value) => shownNumber(String(value)) } = this.#options;
    const text = textOf(this.value);
    this.#output.value = text;
    this.#input.setAttribute("aria-valuetext", text);
  }
}
