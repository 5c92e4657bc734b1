import type { JsMsg } from "@nats-io/jetstream";
import { type JobOutcome, QueueClosedError } from "../jobs/job_queue.ts";
import { RUN_FILES } from "../run_folder/run_file.ts";
import { readRunResult, type RunResult } from "../run_folder/run_result.ts";
import { STATE_FILE } from "../run_folder/run_state.ts";
import { createWorkerPool } from "../jobs/worker_pool.ts";
import { encodeBlob, removeBlob } from "./blob.ts";
import { decodeJob, isJobId, type JobMessage } from "./job_message.ts";
import { isTaken, persist } from "./persist.ts";
import { openRunStates, type RunStates } from "./run_states.ts";
import { endSubject, progressSubject, type SweepStore } from "./sweep_store.ts";
import type { TravellingJob } from "./travelling_job.ts";
import { reasonOf } from "../values/reason_of.ts";

/** The module of the process that makes runs, without any permission. */
const MODULE = new URL("travelling_job.ts", import.meta.url);

/** How often a run may start without progress; after that, the run itself is assumed to crash its workers. */
export const MOST_ATTEMPTS = 5;

/** A sweep that takes more bytes on the server keeps no states of ended runs: longer runs then start from the beginning. */
const MOST_BYTES = 2_000_000_000;

/** Milliseconds between two reports of a run's progress. */
const PROGRESS_MS = 1_000;

/** Options of {@linkcode doRun}. */
export interface DoRunOptions {
  readonly store: SweepStore;
  /** Milliseconds without a heartbeat after which a run is given to another worker. */
  readonly lease: number;
  /** Seconds from one stored state of a run to the next. */
  readonly stateInterval: number;
  /** Receives messages for the user. */
  readonly log: (text: string) => void;
  /** Stops the run, and returns it to the queue. */
  readonly signal: AbortSignal;
  /** Makes a run, from a stored state if there is one. @default {makeRun} */
  readonly make?: typeof makeRun | undefined;
}

/**
 * Makes a run taken from a sweep. An invalid message is set aside, and a run that is already done is skipped;
 * any other run resumes from its last stored state, or continues from the end of a shorter run. Its result is stored before the message is acknowledged, so that it cannot be
 * lost.
 *
 * @param message The message from the work queue.
 * @param options The sweep that it came from, and how to run it.
 * @throws {SweepGoneError} If the sweep is no longer on the server.
 */
export async function doRun(message: JsMsg, options: DoRunOptions): Promise<void> {
  const { store, lease, log, signal, make = makeRun } = options;
  const { name, bucket } = store;
  const ask = <T>(action: () => Promise<T>) => persist(action, { isThere: store.isThere, signal, log });
  const id = message.subject.slice(message.subject.lastIndexOf(".") + 1);
  let job: JobMessage;
  try {
    job = decodeJob(message.data, id);
  } catch (error) {
    const reason = reasonOf(error);
    log(`${name}: set aside ${isJobId(id) ? id : "a message"}: ${reason}`);
    const note = JSON.stringify({ subject: message.subject, reason: reason.slice(0, 1_000) });
    await ask(() => bucket.put(`aside.${message.seq}`, note));
    message.term();
    return;
  }
  const beat = setInterval(() => {
    if (!store.connection.isClosed()) message.working();
  }, lease / 3);
  try {
    if ((await ask(() => bucket.get(`result.${id}`))) === null) {
      const states = openRunStates(id, { store, signal, delivery: message.info.deliveryCount });
      const state = await ask(() => states.read()) ?? await ask(() => endOf(job, options));
      const outcome = states.attempts > MOST_ATTEMPTS
        ? { failure: `its worker ended without an answer ${MOST_ATTEMPTS} times` }
        : await make(job, state, states, options);
      await storeOutcome(id, outcome, options);
      const keeps = outcome.failure === undefined && job.leavesState && await ask(() => hasRoom(store));
      if (!keeps) await ask(() => states.remove());
      log(`${name}: ${outcome.failure === undefined ? "did" : "failed"} ${id}${textOf(outcome)}`);
    }
    await done(message);
    store.connection.publish(endSubject(name));
  } catch (error) {
    // If this worker stops, another one may have the run at once.
    if (signal.aborted && !store.connection.isClosed()) message.nak();
    if (!(error instanceof QueueClosedError)) throw error;
  } finally {
    clearInterval(beat);
  }
}

/** The state at the end of the shorter run from which this one may continue; undefined if there is none, or it cannot be read. */
async function endOf({ from }: JobMessage, { store, signal }: DoRunOptions): Promise<Uint8Array | undefined> {
  return from === undefined ? undefined : await openRunStates(from, { store, signal, delivery: 0 }).read();
}

/** Whether the states of ended runs may take more of the server's disk. */
async function hasRoom({ manager, bucketStream }: SweepStore): Promise<boolean> {
  return (await manager.streams.info(bucketStream)).state.bytes <= MOST_BYTES;
}

/** Makes a run in a separate process, as a sweep on one machine does. */
async function makeRun(
  job: JobMessage,
  state: Uint8Array | undefined,
  states: RunStates,
  options: DoRunOptions,
): Promise<JobOutcome<RunResult>> {
  const { store, stateInterval, log, signal } = options;
  const { id, settings, timeLimit, savesRuns, leavesState } = job;
  log(`${store.name}: running ${id}${state === undefined ? "" : ", from a stored state"}`);
  const files = new Map<string, Uint8Array>();
  const pool = createWorkerPool<TravellingJob, RunResult>({
    module: MODULE,
    workers: 1,
    timeLimit,
    read: readRunResult,
    onFile(name, content) {
      if (name === STATE_FILE) states.write(content);
      else files.set(name, content);
    },
  });
  const stop = () => pool.close();
  signal.addEventListener("abort", stop);
  let last = -Infinity;
  try {
    if (signal.aborted) await pool.close();
    const input = { settings, state: state?.toBase64() ?? null, stateInterval, savesRuns, leavesState };
    const outcome = await pool.submit({ id, input }, (part) => {
      const now = performance.now();
      if (now - last < PROGRESS_MS || store.connection.isClosed()) return;
      last = now;
      store.connection.publish(progressSubject(store.name, id), part.toFixed(4));
    });
    return outcome.failure === undefined ? { output: outcome.output, files } : outcome;
  } finally {
    signal.removeEventListener("abort", stop);
    await states.flush();
  }
}

/** Stores an outcome, unless there is one: another worker may have made the same run, with the same result. */
async function storeOutcome(
  id: string,
  outcome: JobOutcome<RunResult>,
  options: DoRunOptions,
): Promise<void> {
  const { store, signal, log } = options;
  const { bucket } = store;
  const ask = <T>(action: () => Promise<T>) => persist(action, { isThere: store.isThere, signal, log });
  let result: unknown = outcome;
  if (outcome.failure === undefined) {
    const { output, files = new Map<string, Uint8Array>() } = outcome;
    const names = RUN_FILES.filter((name) => files.has(name));
    for (const name of names) {
      const entry = await ask(() => encodeBlob(store, files.get(name)!));
      await ask(() => bucket.put(`file.${id}.${name}`, entry));
    }
    result = { output, files: names };
  } else await ask(() => bucket.put(`failure.${id}`, outcome.failure));
  const entry = await ask(() => encodeBlob(store, new TextEncoder().encode(JSON.stringify(result))));
  await ask(async () => {
    try {
      await bucket.create(`result.${id}`, entry);
    } catch (error) {
      if (!isTaken(error)) throw error;
      const kept = await bucket.get(`result.${id}`);
      if (kept === null || !sameBytes(kept.value, entry)) await removeBlob(store, entry);
    }
  });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Acknowledges a message; if the acknowledgement is lost, the next worker finds the result and acknowledges again. */
async function done(message: JsMsg): Promise<void> {
  try {
    await message.ackAck({ timeout: 5_000 });
  } catch {
    // The next worker acknowledges it.
  }
}

function textOf(outcome: JobOutcome<RunResult>): string {
  if (outcome.failure !== undefined) return `: ${outcome.failure}`;
  return `, return ${outcome.output.evaluation.mean.toFixed(1)} in ${
    outcome.output.wall_seconds.toFixed(1)
  } s`;
}
