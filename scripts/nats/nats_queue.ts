import { JetStreamApiError } from "@nats-io/jetstream";
import {
  type Job,
  type JobOutcome,
  type JobProgress,
  type JobQueue,
  QueueClosedError,
} from "../jobs/job_queue.ts";
import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { RESULT_BOUNDS } from "../run/sealed_json.ts";
import { jsonObject } from "../values/json_object.ts";
import { runKey } from "../run_folder/run_key.ts";
import { RUN_FILES, type RunFile } from "../run_folder/run_file.ts";
import { readRunResult, type RunResult } from "../run_folder/run_result.ts";
import type { Settings } from "../settings/settings.ts";
import { decodeBlob } from "./blob.ts";
import { sleep } from "./connect_nats.ts";
import { encodeJob } from "./job_message.ts";
import { isTaken, persist, SweepGoneError } from "./persist.ts";
import {
  cancelSubject,
  endSubject,
  heldKeys,
  jobSubject,
  keySubject,
  progressSubject,
  type SweepStore,
} from "./sweep_store.ts";
import { reasonOf } from "../values/reason_of.ts";

/** Options of {@linkcode natsQueue}. */
export interface NatsQueueOptions {
  /** Seconds that a run may take. */
  readonly timeLimit: number;
  /** Whether the files of runs are saved. */
  readonly savesRuns: boolean;
  /** Receives messages for the user. */
  readonly log: (text: string) => void;
}

/** Number of runs sent to the server at a time. */
const HANDED_AT_ONCE = 64;
/** How long to wait for news of a result before asking the server. */
const ASK_MS = 1_000;
/** How long nothing may arrive before checking that nothing was lost. */
const CHECK_MS = 10_000;

interface Waiting {
  readonly job: Job<Settings>;
  readonly onProgress: JobProgress;
  readonly resolve: (outcome: JobOutcome<RunResult>) => void;
  readonly reject: (error: Error) => void;
  /** Whether the server has it. */
  handed: boolean;
}

/**
 * A queue on a NATS server. Runs wait in a work queue of JetStream; a worker that takes one stores its result in the sweep's
 * bucket, and this reads the results in the order in which they were stored. The server holds everything, so both sides may
 * disappear and come back: a run that is already there, waiting or done, is not submitted again.
 *
 * @param store The sweep on the server.
 * @param options Options of the runs.
 * @returns The queue. Closing it leaves the sweep on the server unchanged.
 */
export async function natsQueue(
  store: SweepStore,
  options: NatsQueueOptions,
): Promise<JobQueue<Settings, RunResult>> {
  const { bucket, connection, js, manager, name } = store;
  const { timeLimit, savesRuns, log } = options;
  const closing = new AbortController();
  const lasting = { isThere: store.isThere, signal: closing.signal, log };
  const ask = <T>(action: () => Promise<T>) => persist(action, lasting);
  const waiting = new Map<string, Waiting>();
  const toHand: Waiting[] = [];
  let wake = () => {};

  const results = () => heldKeys(manager, store.bucketStream, keySubject(name, "result.*"));
  const begin = await ask(results);
  /** Results that existed at the start. */
  const early = new Set(begin.keys);
  let next = begin.last + 1;

  /** Reports the outcome of a run, if it is awaited. */
  const settle = async (id: string, entry: Uint8Array, revision: number) => {
    const run = waiting.get(id);
    if (run === undefined) return;
    try {
      const outcome = await ask(() => readOutcome(store, id, entry));
      waiting.delete(id);
      run.resolve(outcome);
    } catch (error) {
      if (closing.signal.aborted || error instanceof SweepGoneError) throw error;
      log(
        `Rejected the result of ${id} (${reasonOf(error)}); the run is repeated`,
      );
      await ask(() => deleteEntry(store, revision));
      hand(run);
    }
  };
  const settleFromBucket = async (id: string) => {
    const entry = await ask(() => bucket.get(`result.${id}`));
    if (entry?.operation === "PUT") await settle(id, entry.value, entry.revision);
    return entry?.operation === "PUT";
  };

  let handing = 0;
  const hand = (run: Waiting) => {
    run.handed = false;
    toHand.push(run);
    handMore();
  };
  const handMore = () => {
    while (handing < HANDED_AT_ONCE && toHand.length > 0) {
      const run = toHand.shift()!;
      handing++;
      handOne(run).catch(fail).finally(() => {
        handing--;
        handMore();
      });
    }
  };
  const handOne = async (run: Waiting) => {
    const { id, input: settings, from, isContinued: leavesState = false } = run.job;
    if (early.delete(id) && await settleFromBucket(id)) return;
    const message = encodeJob({ id, settings, timeLimit, savesRuns, from, leavesState });
    await ask(async () => {
      try {
        await js.publish(jobSubject(name, id), message, { expect: { lastSubjectSequence: 0 } });
      } catch (error) {
        // It is already waiting there: from before, or because the server's answer was lost.
        if (!isTaken(error)) throw error;
      }
    });
    run.handed = true;
  };

  /** Ends everything, for a reason that another attempt would not remove. */
  const fail = (error: unknown) => {
    if (closing.signal.aborted) return;
    const reason = error instanceof SweepGoneError
      ? new Error(`Cannot continue: the sweep ${name} is no longer on the server; it was cancelled or lost`)
      : connection.isClosed()
      ? new Error("Cannot continue: the server no longer accepts this sweep")
      : error instanceof Error
      ? error
      : new Error(String(error));
    stop(reason);
  };
  const stop = (reason: Error) => {
    closing.abort();
    wake();
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };

  /** Reads results as they are stored. */
  const follow = async () => {
    let quiet = performance.now();
    while (!closing.signal.aborted) {
      const notice = new Promise<void>((resolve) => wake = resolve);
      const query = { seq: next, next_by_subj: keySubject(name, "result.*") };
      const message = await ask(() => manager.direct.getMessage(store.bucketStream, query));
      if (message !== null) {
        next = message.seq + 1;
        const id = message.subject.slice(message.subject.lastIndexOf(".") + 1);
        const isEntry = message.header.get("KV-Operation") === "";
        if (isEntry) await settle(id, message.data, message.seq);
        quiet = performance.now();
      } else {
        await Promise.race([sleep(ASK_MS, closing.signal), notice]);
        if (performance.now() - quiet < CHECK_MS) continue;
        await check();
        quiet = performance.now();
      }
    }
  };

  /** Submits again the runs that the server has lost: neither waiting nor done. */
  const check = async () => {
    if (!(await ask(store.isThere))) throw new SweepGoneError("The sweep is no longer on the server");
    const handed = [...waiting.values()].filter((run) => run.handed);
    const held = new Set((await ask(() => heldKeys(manager, store.jobStream, jobSubject(name, "*")))).keys);
    const done = new Set((await ask(results)).keys);
    for (const run of handed) {
      if (!waiting.has(run.job.id)) continue;
      if (done.has(run.job.id)) await settleFromBucket(run.job.id);
      else if (!held.has(run.job.id)) hand(run);
    }
  };

  const subscriptions = [
    connection.subscribe(progressSubject(name, "*"), {
      callback(_, message) {
        const done = Number(message.string());
        const run = waiting.get(message.subject.slice(message.subject.lastIndexOf(".") + 1));
        if (done >= 0 && done < 1) run?.onProgress(done);
      },
    }),
    connection.subscribe(endSubject(name), { callback: () => wake() }),
    connection.subscribe(cancelSubject(name), { callback: () => fail(new SweepGoneError("cancelled")) }),
  ];
  const following = follow().catch(fail);
  return {
    submit: (job, onProgress = () => {}) =>
      new Promise((resolve, reject) => {
        if (closing.signal.aborted) return reject(new QueueClosedError("The queue was closed"));
        const run = { job, onProgress, resolve, reject, handed: false };
        waiting.set(job.id, run);
        hand(run);
      }),
    async close() {
      if (closing.signal.aborted) return;
      for (const subscription of subscriptions) subscription.unsubscribe();
      stop(new QueueClosedError("The queue was closed"));
      await following;
    },
  };
}

/** Deletes an entry, if no newer one has taken its place. */
async function deleteEntry({ manager, bucketStream }: SweepStore, revision: number): Promise<void> {
  try {
    await manager.streams.deleteMessage(bucketStream, revision);
  } catch (error) {
    if (!(error instanceof JetStreamApiError)) throw error;
    if ((await manager.direct.getMessage(bucketStream, { seq: revision })) !== null) throw error;
  }
}

/** Reads an outcome and its files. */
async function readOutcome(
  store: SweepStore,
  id: string,
  entry: Uint8Array,
): Promise<JobOutcome<RunResult>> {
  const text = new TextDecoder().decode(await decodeBlob(store, entry));
  const stored = jsonObject(parseBoundedJson(text, RESULT_BOUNDS), "a result");
  if (stored.value("failure") !== undefined) return { failure: stored.text("failure") };
  const output = readRunResult(stored.value("output"));
  const key = runKey(output.settings);
  if (key !== id) {
    throw new RangeError(`Cannot read a result: its settings must be those of ${id}, got those of ${key}`);
  }
  const files = new Map<string, Uint8Array>();
  for (const name of stored.list("files", readFileName)) {
    const file = await store.bucket.get(`file.${id}.${name}`);
    if (file === null) throw new RangeError(`Cannot read a result: it must have its ${name}, got none`);
    files.set(name, await decodeBlob(store, file.value));
  }
  return { output, files };
}

function readFileName(name: unknown): RunFile {
  const known = RUN_FILES.find((file) => file === name);
  if (known !== undefined) return known;
  throw new RangeError(`Cannot read a result: a run leaves no file ${JSON.stringify(name)}`);
}
