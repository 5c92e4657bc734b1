/**
 * Runs in a figure's worker.
 *
 * @module
 */

import type { FromWorker, ToWorker } from "./run_messages.ts";

/** What a figure does with what it hears from its worker. */
export interface RunListener<Reply> {
  /** Called with each reply of the latest run. */
  readonly onReply: (reply: Reply) => void;
  /** Called once the latest run has ended by itself. */
  readonly onDone?: () => void;
  /** Called if the latest run fails: with the reason, or with undefined if there is no worker. */
  readonly onFailure: (reason: string | undefined) => void;
}

/** Starts and cancels runs in the worker of a figure, one at a time; what earlier runs still say is not heard. */
export class Runs<Request, Reply> {
  readonly #worker: Worker;
  readonly #fail: () => void;
  #hasFailed = false;
  #run = 0;

  /**
   * Starts the worker.
   *
   * @param name The figure; its worker is `NAME_worker.js` beside this module.
   * @param listener What to do with replies.
   */
  constructor(name: string, listener: RunListener<Reply>) {
    this.#worker = new Worker(new URL(`${name}_worker.js`, import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromWorker<Reply>>) => {
      if (data.run !== this.#run) return;
      if (data.kind === "reply") listener.onReply(data.reply);
      else if (data.kind === "done") listener.onDone?.();
      else listener.onFailure(data.reason);
    });
    this.#fail = () => {
      this.#hasFailed = true;
      listener.onFailure(undefined);
    };
    this.#worker.addEventListener("error", this.#fail);
  }

  /** Cancels the current run and starts another; without a worker, it fails again. */
  start(request: Request): void {
    if (this.#hasFailed) queueMicrotask(this.#fail); // after what the figure says of the new run
    else this.#send(request);
  }

  /** Cancels the current run. */
  stop(): void {
    this.#send(undefined);
  }

  #send(request: Request | undefined): void {
    const message: ToWorker<Request> = { run: ++this.#run, request };
    this.#worker.postMessage(message);
  }
}
