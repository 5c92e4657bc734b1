/**
 * Runs in a figure's worker.
 *
 * @module
 */

import { perFrame } from "./per_frame.ts";
import type { FromWorker, ToWorker } from "./run_messages.ts";

/** What a figure does with what it hears from its worker. */
export interface RunListener<Reply> {
  /** Called with each reply of the latest run as it comes; it draws nothing. */
  readonly onEach?: (reply: Reply) => void;
  /** Called in an animation frame with the last reply of the latest run; those that came in the same frame before it are left out. */
  readonly onReply: (reply: Reply) => void;
  /** Called once the latest run has ended by itself, after its last reply. */
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
  /** What the next frame tells: a reply, and then the end. */
  #told: FromWorker<Reply>[] = [];

  /**
   * Starts the worker.
   *
   * @param name The figure; its worker is `NAME_worker.js` beside this module.
   * @param listener What to do with replies.
   */
  constructor(name: string, listener: RunListener<Reply>) {
    this.#worker = new Worker(new URL(`${name}_worker.js`, import.meta.url), { type: "module" });
    const tell = perFrame(() => {
      const told = this.#told;
      this.#told = [];
      for (const message of told) {
        if (message.run !== this.#run) return; // what was told before has started another run
        if (message.kind === "reply") listener.onReply(message.reply);
        else if (message.kind === "done") listener.onDone?.();
        else listener.onFailure(message.reason);
      }
    });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromWorker<Reply>>) => {
      if (data.run !== this.#run) return;
      if (data.kind === "reply") {
        listener.onEach?.(data.reply);
        this.#told = [];
      }
      this.#told.push(data);
      tell();
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
