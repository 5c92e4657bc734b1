/** Lets one generator of a training loop's records run at a time. */
export class OneReader {
  #isOpen = false;

  /** Yields what `records` does; fails with an Error while an earlier generator is still open. */
  *read<R>(records: () => Generator<R, void, undefined>): Generator<R, void, undefined> {
    if (this.#isOpen) {
      throw new Error(
        "Cannot continue training: an earlier generator of records must have ended, got an open one",
      );
    }
    this.#isOpen = true;
    try {
      yield* records();
    } finally {
      this.#isOpen = false;
    }
  }
}
