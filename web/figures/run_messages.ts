/**
 * Messages between a figure and its worker.
 *
 * @module
 */

/** A message to the worker. */
export interface ToWorker<Request> {
  /** The number of the run; every earlier one is cancelled. */
  readonly run: number;
  /** What to run; undefined for nothing, which only cancels. */
  readonly request: Request | undefined;
}

/** A message from the worker. */
export type FromWorker<Reply> =
  & {
    /** The number of the run. */
    readonly run: number;
  }
  & (
    | { readonly kind: "reply"; readonly reply: Reply }
    | { readonly kind: "done" }
    | { readonly kind: "failed"; readonly reason: string }
  );
