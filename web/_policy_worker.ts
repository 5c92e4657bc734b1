/**
 * The page's side of a policy's worker.
 *
 * @module
 */

import type { PolicyMessage, PolicyRequest } from "./_policy_messages.ts";

/** How long a model may take to load, and to decide, in seconds. */
const LIMIT_SECONDS = 10;

/** A worker that answers one request at a time, or is stopped. */
export class PolicyWorker {
  readonly #worker = new Worker(new URL("policy_worker.js", import.meta.url), { type: "module" });
  #failure: string | undefined;

  /**
   * Asks the worker.
   *
   * @param request The question.
   * @returns The answer.
   * @throws {Error} If it fails, or does not come in time; the worker has been stopped then.
   */
  async ask(request: PolicyRequest): Promise<PolicyMessage> {
    if (this.#failure !== undefined) throw new Error(this.#failure);
    const { promise, resolve } = Promise.withResolvers<PolicyMessage>();
    const fail = (reason: string) => resolve({ kind: "failed", reason });
    let limit: ReturnType<typeof setTimeout> | undefined;
    const startClock = () =>
      limit = setTimeout(
        () => fail(`ONNX Runtime must answer within ${LIMIT_SECONDS} s, got nothing`),
        1000 * LIMIT_SECONDS,
      );
    this.#worker.onmessage = ({ data }: MessageEvent<PolicyMessage>) => {
      if (data.kind === "started") startClock();
      else resolve(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message);
    };
    // The time of the model alone is limited, not that of ONNX Runtime's download.
    if (request.kind === "decide") startClock();
    this.#worker.postMessage(request);
    const answer = await promise;
    clearTimeout(limit);
    if (answer.kind !== "failed") return answer;
    this.#failure = answer.reason;
    this.stop();
    throw new Error(answer.reason);
  }

  /** Stops the worker. */
  stop(): void {
    this.#failure ??= "the policy has been replaced";
    this.#worker.terminate();
  }
}
