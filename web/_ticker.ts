/**
 * Steps at a rate.
 *
 * @module
 */

/** At most so much time is made up for after a pause of the page, in seconds. */
const LARGEST_GAP = 0.25;

/** Calls a step so many times per second, in step with the screen, and never before the last one has ended. */
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

  /** Whether it ticks. */
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

  /** Stops after the step that is under way. */
  stop(): void {
    this.#running = false;
  }

  /** One step, whether it ticks or not; while another is under way, that one. */
  once(): Promise<void> {
    this.#current ??= this.#step().finally(() => this.#current = undefined);
    return this.#current;
  }

  /** Waits for the step that is under way, if there is one. */
  async settled(): Promise<void> {
    await this.#current?.catch(() => {}); // whoever asked for the step hears of its errors
  }

  async #frame(now: number): Promise<void> {
    if (!this.#running) return;
    this.#due += Math.min(Math.max(now - this.#last, 0) / 1000, LARGEST_GAP) * this.#rate;
    this.#last = now;
    for (; this.#due >= 1 && this.#running; this.#due--) await this.once();
    requestAnimationFrame((time) => this.#frame(time));
  }
}
