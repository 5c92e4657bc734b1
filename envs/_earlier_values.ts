import { sameValues } from "./values/plain_values.ts";

/** How many of the latest are looked at again: some environments take turns with two arrays. */
const EARLIER = 4;

/** Watches whether arrays that an environment has shown stay as they were. */
export class EarlierValues {
  readonly #mayRepeat: boolean;
  readonly #earlier: { readonly value: unknown; readonly copy: unknown }[] = [];

  constructor({ mayRepeat }: { readonly mayRepeat: boolean }) {
    this.#mayRepeat = mayRepeat;
  }

  /** Takes in the next value; false if it is the one before it again, where it must not be, or the latest ones have changed. */
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
