import { sameValues } from "./values/plain_values.ts";

/** Number of the latest arrays that are checked again: some environments alternate between two arrays. */
const EARLIER = 4;

/** Checks that arrays returned by an environment do not change later. */
export class EarlierValues {
  readonly #mayRepeat: boolean;
  readonly #earlier: { readonly value: unknown; readonly copy: unknown }[] = [];

  constructor({ mayRepeat }: { readonly mayRepeat: boolean }) {
    this.#mayRepeat = mayRepeat;
  }

  /** Adds the next value; false if it is the previous array again and must not be, or if one of the latest has changed. */
  see(value: unknown, copy: unknown): boolean {
    const earlier = this.#earlier;
    if (earlier.some((one) => !sameValues(one.value, one.copy))) return false;
    if (typeof value !== "object") return true;
    if (!this.#mayRepeat && earlier.at(-1)?.value === value) return false;
    earlier.push({ value, copy });
    if (earlier.length > EARLIER) earlier.shift();
    return true;
  }
}
