import { type Consumer, jetstreamManager, type JsMsg } from "@nats-io/jetstream";
import { millis, type NatsConnection } from "@nats-io/transport-node";
import { MOST_SECONDS } from "../cli/option.ts";
import { VERSION } from "../values/package.ts";
import { sleep } from "./connect_nats.ts";
import { SweepGoneError } from "./persist.ts";
import { doRun, type DoRunOptions } from "./do_run.ts";
import {
  cancelSubject,
  CONSUMER,
  nameInSubject,
  openStore,
  storeNames,
  type SweepStore,
} from "./sweep_store.ts";
import { reasonOf } from "../values/reason_of.ts";

/** Options of {@linkcode serveSweeps}. */
export interface ServeOptions {
  /** The sweep to work for; undefined for all. */
  readonly name: string | undefined;
  /** Number of runs in parallel, from 1. */
  readonly slots: number;
  /** Seconds without a run after which the worker ends. */
  readonly idleLimit: number;
  /** Seconds from one stored state of a run to the next. */
  readonly stateInterval: number;
  /** Receives messages for the user. */
  readonly log: (text: string) => void;
  /** Stops everything: unfinished runs are returned to the queue. */
  readonly signal: AbortSignal;
  /** Makes a run. @default {makeRun} */
  readonly make?: DoRunOptions["make"];
}

/** The shortest supported time without a heartbeat; heartbeats are sent three times as often. */
const LEAST_LEASE_MS = 300;
/** How long a server holds a request for work before it answers that there is none. */
const WAIT_MS = 2_000;
/** The interval at which a sweep that seems to have no runs is asked anyway. */
const ASK_MS = 10_000;
/** How long to wait if there is no sweep. */
const REST_MS = 1_000;
/** How long the list of sweeps is assumed to be current. */
const LIST_MS = 5_000;

/** A sweep to take runs from. */
interface Source {
  readonly store: SweepStore;
  readonly consumer: Consumer;
  /** Milliseconds without a heartbeat after which a run is given to another worker. */
  readonly lease: number;
  /** Stops the runs of this sweep. */
  readonly ending: AbortController;
  /** The time of the last request for a run. */
  asked: number;
}

/**
 * Takes runs from the sweeps on a server, from each sweep in turn, and makes them.
 *
 * @param connection To the server.
 * @param options The sweeps, and when to stop.
 */
export async function serveSweeps(connection: NatsConnection, options: ServeOptions): Promise<void> {
  const { log, signal, slots, idleLimit, stateInterval, make } = options;
  const sources = createSources(connection, options);
  /** The server no longer accepts this worker. */
  const shut = new AbortController();
  connection.closed().then(() => shut.abort());
  let busy = 0;
  let lastWork = performance.now();
  const isOver = () => {
    const idle = busy === 0 && performance.now() - lastWork > idleLimit * 1000;
    return signal.aborted || connection.isClosed() || idle;
  };
  let turn = 0;
  /** Asks the next sweep for a run. */
  const take = async (): Promise<{ message: JsMsg; source: Source } | undefined> => {
    const list = await sources.list();
    const source = await nextSource(list, turn++);
    if (source === undefined) {
      await sleep(REST_MS, signal);
      return undefined;
    }
    source.asked = performance.now();
    try {
      const message = await source.consumer.next({ expires: WAIT_MS });
      return message === null ? undefined : { message, source };
    } catch {
      // The sweep is gone, or the server is down for a while.
      sources.forget(source);
      await sleep(REST_MS, signal);
      return undefined;
    }
  };
  // One slot asks at a time, so that a thousand idle workers do not burden the server with a request per core.
  const one = createTurns();
  const work = async () => {
    while (!isOver()) {
      const taken = await one(() => isOver() ? Promise.resolve(undefined) : take());
      if (taken === undefined) continue;
      const { message, source } = taken;
      const { store, ending } = source;
      busy++;
      try {
        const either = AbortSignal.any([signal, ending.signal, shut.signal]);
        await doRun(message, { ...source, stateInterval, log, make, signal: either });
      } catch (error) {
        if (error instanceof SweepGoneError || ending.signal.aborted) {
          log(`${store.name}: no longer on the server`);
        } else if (!signal.aborted) log(`${store.name}: ${reasonOf(error)}`);
      } finally {
        busy--;
        lastWork = performance.now();
      }
    }
  };
  const subscription = connection.subscribe(cancelSubject(options.name ?? "*"), {
    callback: (_, { subject }) => sources.end(nameInSubject(subject)),
  });
  await Promise.all(Array.from({ length: slots }, work));
  subscription.unsubscribe();
}

/**
 * The next sweep that has runs, so that no time is lost waiting for others; but all of them at intervals, since the runs
 * of a dead worker are not counted.
 */
async function nextSource(list: readonly Source[], turn: number): Promise<Source | undefined> {
  const first = list[turn % list.length];
  if (list.length < 2) return first;
  for (let i = 0; i < list.length; i++) {
    const source = list[(turn + i) % list.length]!;
    if (performance.now() - source.asked > ASK_MS) return source;
    try {
      if ((await source.consumer.info()).num_pending > 0) return source;
    } catch {
      return source; // Asking it shows the problem.
    }
  }
  return first;
}

/** Runs actions one after another. */
function createTurns(): <T>(action: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const result = last.then(action);
    last = result.catch(() => {});
    return result;
  };
}

/** The sweeps on a server, listed at intervals. */
function createSources(connection: NatsConnection, { name, log }: ServeOptions) {
  const known = new Map<string, Source>();
  const refused = new Set<string>();
  let listed = -Infinity;
  let listing: Promise<void> | undefined;

  const open = async (sweep: string) => {
    const found = await openStore(connection, sweep);
    if (found === undefined) return;
    const { store, record } = found;
    if (record.version !== VERSION) {
      if (!refused.has(sweep)) {
        log(
          `${sweep}: refused, its version must be ${VERSION}, since versions may differ in their bits, got ${record.version}`,
        );
      }
      refused.add(sweep);
      return;
    }
    const consumer = await store.js.consumers.get(store.jobStream, CONSUMER);
    const { config } = await consumer.info(true);
    // The server's value, within the limits of a timer.
    const lease = Math.min(Math.max(millis(config.ack_wait ?? 30e9), LEAST_LEASE_MS), 1_000 * MOST_SECONDS);
    known.set(sweep, { store, consumer, lease, ending: new AbortController(), asked: -Infinity });
  };
  const refresh = async () => {
    try {
      const manager = await jetstreamManager(connection, { checkAPI: false });
      const there = name === undefined ? await storeNames(manager) : [name];
      for (const sweep of [...refused]) if (!there.includes(sweep)) refused.delete(sweep);
      for (const sweep of there) if (!known.has(sweep)) await open(sweep);
    } catch {
      // The server is down for a while; the connection reports it.
    }
    listed = performance.now();
  };
  return {
    async list(): Promise<Source[]> {
      const age = performance.now() - listed;
      if (age > (known.size === 0 ? REST_MS : LIST_MS)) {
        await (listing ??= refresh().finally(() => listing = undefined));
      }
      return [...known.values()];
    },
    forget({ store }: Source) {
      known.delete(store.name);
    },
    end(sweep: string) {
      known.get(sweep)?.ending.abort();
      known.delete(sweep);
    },
  };
}
