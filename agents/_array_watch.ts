import type { Observation } from "../envs/env.ts";

/** Steps to watch since an array was last returned a second time. */
const FIRST_STEPS = 32;
/** Steps to watch in all: some environments rightly return the same unchanging arrays again and again. */
const MOST_STEPS = 1_000;
/** The latest arrays; none may change. */
const KEPT = 4;

type Shown = Exclude<Observation, number> | Uint8Array;

/**
 * Notices in the first steps if an environment overwrites arrays that it has returned, for example because it returns its own state:
 * the stored observation of a step would then be a later one.
 */
export class ArrayWatch {
  readonly #name: string;
  readonly #kept: { readonly array: Shown; readonly copy: Shown; readonly step: number }[] = [];
  #watched = 0;
  #until = FIRST_STEPS;

  /** `name` stands for the arrays in the error. */
  constructor(name: string) {
    this.#name = name;
  }

  /** Adds the array that a step or a reset returned; throws an Error if an earlier array has changed since. */
  see(shown: Observation | Uint8Array | undefined, step: number): void {
    if (this.#watched >= this.#until || shown === undefined || typeof shown === "number") return;
    this.#watched++;
    const kept = this.#kept;
    for (const { array, copy, step: at } of kept) {
      for (let i = 0; i < copy.length; i++) {
        if (array[i] === copy[i]) continue;
        throw new Error(
          `Cannot continue training at step ${step}: the environment must return a new ${this.#name} each time, got the array of step ${at} with other numbers (return a copy, as with slice())`,
        );
      }
    }
    if (kept.some(({ array }) => isSameMemory(array, shown))) {
      this.#until = Math.min(this.#watched + FIRST_STEPS, MOST_STEPS);
      return;
    }
    kept.push({ array: shown, copy: shown.slice(), step });
    if (kept.length > KEPT) kept.shift();
  }
}

function isSameMemory(a: Shown, b: Shown): boolean {
  if (a === b) return true;
  if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b)) return false;
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset;
}
