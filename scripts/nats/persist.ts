import { JetStreamApiCodes, JetStreamApiError } from "@nats-io/jetstream";
import { errors } from "@nats-io/transport-node";
import { sleep } from "./connect_nats.ts";

/** A sweep that is no longer on the server: it was cancelled, or the server lost what it stored. */
export class SweepGoneError extends Error {
  override readonly name = "SweepGoneError";
}

const FIRST_DELAY_MS = 200;
const LAST_DELAY_MS = 5_000;
/** Number of equal refusals after which the user is told. */
const LOUD = 3;

/** Options of {@linkcode persist}. */
export interface PersistOptions {
  /** Whether the sweep is still on the server; called when an action has failed. */
  readonly isThere: () => Promise<boolean>;
  /** Ends the attempts. */
  readonly signal: AbortSignal;
  /** Receives one message for each action that the server keeps refusing, as when its disk is full. */
  readonly log: (text: string) => void;
}

/**
 * Repeats a request until the server answers: a server that is down for a while, or restarts, costs only time.
 *
 * @param action The request; it may be made more than once.
 * @param options When to give up.
 * @returns The action's result.
 * @throws {SweepGoneError} If the sweep is no longer on the server.
 * @throws {Error} If the server refuses for good, the action finds something wrong, or the signal comes; then the last error.
 */
export async function persist<T>(action: () => Promise<T>, options: PersistOptions): Promise<T> {
  const { isThere, signal, log } = options;
  let missed = 0;
  let refused = 0;
  for (let delay = FIRST_DELAY_MS;; delay = Math.min(2 * delay, LAST_DELAY_MS)) {
    try {
      return await action();
    } catch (error) {
      if (signal.aborted || error instanceof SweepGoneError || isRefusal(error)) throw error;
      // A server that has just started may not know its streams yet.
      missed = await isAbsent(isThere) ? missed + 1 : 0;
      if (missed > 2) throw new SweepGoneError("The sweep is no longer on the server");
      if (error instanceof JetStreamApiError && ++refused === LOUD) {
        log(`The server refuses: ${error.message}; trying again`);
      }
      await sleep(delay, signal);
      if (signal.aborted) throw error;
    }
  }
}

async function isAbsent(isThere: () => Promise<boolean>): Promise<boolean> {
  try {
    return !(await isThere());
  } catch {
    return false; // Unknown.
  }
}

/** Whether the server would refuse again, or its answer is invalid. */
function isRefusal(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return true;
  if (error instanceof errors.ClosedConnectionError || error instanceof errors.PermissionViolationError) {
    return true;
  }
  return isTaken(error);
}

/** Whether the server refused a message or an entry because one already has its subject or key. */
export function isTaken(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamWrongLastSequence;
}
