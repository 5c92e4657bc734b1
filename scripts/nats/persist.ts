import { JetStreamApiCodes, JetStreamApiError } from "@nats-io/jetstream";
import { errors } from "@nats-io/transport-node";
import { sleep } from "./connect_nats.ts";

/** A sweep that is no longer on the server: it was cancelled, or the server lost what it stored. */
export class SweepGoneError extends Error {
  override readonly name = "SweepGoneError";
}

const FIRST_DELAY_MS = 200;
const LAST_DELAY_MS = 5_000;
/** A refusal that comes so often is told. */
const LOUD = 3;

/** Options of {@linkcode persist}. */
export interface PersistOptions {
  /** Whether what the action needs is still on the server; asked when an action has failed. */
  readonly isThere: () => Promise<boolean>;
  /** Gives up. */
  readonly signal: AbortSignal;
  /** Hears once of each action that the server refuses again and again, as one whose disk is full does. */
  readonly log: (text: string) => void;
}

/**
 * Asks the server until it answers: a server that is gone for a while, or starts anew, costs time and nothing else.
 *
 * @param action What to ask; may be done more than once.
 * @param options When to give up.
 * @returns What the action gave.
 * @throws {SweepGoneError} If what it needs is no longer there.
 * @throws {Error} What the server refused for good or the action found wrong, or what went wrong last when the signal came.
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
      // A server that starts may not know its streams at first.
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
    return false; // Nobody knows.
  }
}

/** Whether the server understood, and would refuse again; or what it said is not to be understood. */
function isRefusal(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return true;
  if (error instanceof errors.ClosedConnectionError || error instanceof errors.PermissionViolationError) {
    return true;
  }
  return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamWrongLastSequence;
}
