/**
 * A ticker: steps at a given rate.
 *
 * @module
 */

/** Most time that is caught up after a pause of the page, in seconds. */
const LARGEST_GAP = 0.25;

/** Calls a step at a given rate, in sync with the screen, and never before the last one has ended. */
export class Ticker {
  readonly #step: () => Promise<void>;
  #rate = 1;
  #running = false;
  #current: Promise<void> | undefined;
  #last = 0;
  #due = 0;

  constructor(step: () => Promise<void>) {
    this.#step = step;
  }

  /** Whether it is running. */
  get running(): boolean {
    return this.#running;
  }

  /** Starts, or changes the rate, in steps per second. */
  start(rate: number): void {
    this.#rate = rate;
    if (this.#running) return;
    this.#running = true;
    this.#last = performance.now();
    this.#due = 0;
    requestAnimationFrame((now) => this.#frame(now));
  }

  /** Stops after the current step. */
  stop(): void {
    this.#running = false;
  }

  /** Makes one step, running or not; if a step is in progress, waits for that one. */
  once(): Promise<void> {
    this.#current ??= this.#step().finally(() => this.#current = undefined);
    return this.#current;
  }

  /** Waits for the current step, if there is one. */
  async settled(): Promise<void> {
    await this.#current?.catch(() => {}); // the caller of the step receives its errors
  }

  async #frame(now: number): Promise<void> {
    if (!this.#running) return;
    this.#due += Math.min(Math.max(now - this.#last, 0) / 1000, LARGEST_GAP) * this.#rate;
    this.#last = now;
    for (; this.#due >= 1 && this.#running; this.#due--) await this.once();
    requestAnimationFrame((time) => this.#frame(time));
  }
}
