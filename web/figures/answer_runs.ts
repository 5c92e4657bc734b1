/**
 * The worker's side of runs.
 *
 * @module
 */

import { reasonOf } from "../../scripts/values/reason_of.ts";
import type { RunChannel } from "./run_channel.ts";
import type { FromWorker, ToWorker } from "./run_messages.ts";

/** How long a run computes before it looks for messages, in milliseconds. */
const SLICE_MS = 30;

/**
 * Answers the requests of a figure, in its worker. A new request cancels the run before it, and starts when that has ended.
 *
 * @param run Does what a request asks for; what it throws is shown to the reader.
 */
export function answerRuns<Request, Reply>(
  run: (request: Request, channel: RunChannel<Reply>) => Promise<void>,
): void {
  let latest = 0;
  let current: Promise<void> = Promise.resolve();
  const answer = async (number: number, request: Request) => {
    if (number !== latest) return;
    const post = (message: FromWorker<Reply>) => postMessage(message);
    let last = performance.now();
    const channel: RunChannel<Reply> = {
      post: (reply) => post({ run: number, kind: "reply", reply }),
      pause: async () => {
        if (performance.now() - last >= SLICE_MS) {
          await new Promise((resolve) => setTimeout(resolve, 0)); // messages arrive only between tasks
          last = performance.now();
        }
        return number !== latest;
      },
    };
    try {
      await run(request, channel);
      post({ run: number, kind: "done" });
    } catch (error) {
      post({ run: number, kind: "failed", reason: reasonOf(error) });
    }
  };
  addEventListener("message", ({ data }: MessageEvent<ToWorker<Request>>) => {
    latest = data.run;
    const { request } = data;
    if (request !== undefined) current = current.then(() => answer(data.run, request));
  });
}
