/**
 * What a run in a worker can do.
 *
 * @module
 */

/** The way from a run to its figure. */
export interface RunChannel<Reply> {
  /** Tells the figure something. */
  post(reply: Reply): void;
  /** To be called often: now and then it lets messages in; resolves to whether the run has been cancelled and is to end. */
  pause(): Promise<boolean>;
}
