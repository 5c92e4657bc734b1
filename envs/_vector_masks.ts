import type { Info } from "./env.ts";
import { refusal } from "./values/describe.ts";

/** The action masks of copies of an environment, one row each. */
export class VectorMasks {
  /** Those of the current observations. */
  readonly current: Uint8Array;
  /** Those of the last observations of episodes. */
  readonly final: Uint8Array;
  readonly #action: string;
  readonly #length: number;

  /** Masks of a length for a number of copies; `action` begins errors, as in "Cannot `action`". */
  constructor(action: string, count: number, length: number) {
    this.#action = action;
    this.#length = length;
    this.current = new Uint8Array(count * length);
    this.final = new Uint8Array(count * length);
  }

  /** Takes a copy's mask from the info of a reset, or of a step that ended no episode. */
  take(copy: number, info: Info): void {
    this.current.set(this.#maskOf(copy, info), copy * this.#length);
  }

  /** Takes a copy's mask from the info of a step that ended its episode. */
  takeFinal(copy: number, info: Info): void {
    this.final.set(this.#maskOf(copy, info), copy * this.#length);
  }

  #maskOf(copy: number, { actionMask }: Info): Uint8Array {
    const length = this.#length;
    if (actionMask instanceof Uint8Array && actionMask.length === length) return actionMask;
    const expected = `info.actionMask of copy ${copy} must be a Uint8Array of length ${length}`;
    throw refusal(TypeError, this.#action, expected, actionMask);
  }
}
