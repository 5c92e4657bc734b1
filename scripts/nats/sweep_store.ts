import {
  AckPolicy,
  DiscardPolicy,
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import { nanos, type NatsConnection } from "@nats-io/transport-node";
import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { jsonObject } from "../values/json_object.ts";
import { UsageError } from "../cli/usage_error.ts";
import { reasonOf } from "../values/reason_of.ts";

/** The prefix of our streams, buckets and subjects. */
const PREFIX = "bellman";

/** The durable consumer that all workers of a sweep share. */
export const CONSUMER = "workers";

/** The description of a sweep on the server. */
export interface SweepRecord {
  /** The version of this package that its runs need. */
  readonly version: string;
  /** SHA-256 of its plan, in hex. */
  readonly plan: string;
  /** The environment. */
  readonly env: string;
  /** Number of its trials. */
  readonly trials: number;
  /** Number of its runs, if no run fails; at most that, if a median prunes. */
  readonly runs: number;
}

/** A sweep on a server: a work queue of runs, and a bucket with everything else. */
export interface SweepStore {
  readonly name: string;
  readonly connection: NatsConnection;
  readonly js: JetStreamClient;
  readonly manager: JetStreamManager;
  /** The bucket with results (`result.RUN`), checkpoints, messages set aside, and the sweep itself (`sweep`). */
  readonly bucket: KV;
  /** The stream of the work queue. */
  readonly jobStream: string;
  /** The stream behind the bucket. */
  readonly bucketStream: string;
  /** The server's limit for the bytes of a message. */
  readonly maxPayload: number;
  /** Whether the sweep is on the server. */
  isThere(): Promise<boolean>;
}

/** The subject of a waiting run. */
export function jobSubject(name: string, id: string): string {
  return `${PREFIX}.${name}.job.${id}`;
}

/** The subject of a run's progress. */
export function progressSubject(name: string, id: string): string {
  return `${PREFIX}.${name}.progress.${id}`;
}

/** The subject that announces the end of a run. */
export function endSubject(name: string): string {
  return `${PREFIX}.${name}.end`;
}

/** The subject that announces the end of a sweep, whose runs are then useless. */
export function cancelSubject(name: string): string {
  return `${PREFIX}.${name}.cancel`;
}

/** The subject of a key in a sweep's bucket. */
export function keySubject(name: string, key: string): string {
  return `$KV.${PREFIX}-${name}.${key}`;
}

/** The sweep's name in one of our subjects. */
export function nameInSubject(subject: string): string {
  return subject.split(".")[1] ?? "";
}

async function handleOn(connection: NatsConnection, name: string): Promise<SweepStore> {
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const bucket = await new Kvm(connection).open(`${PREFIX}-${name}`, { allow_direct: true });
  const jobStream = `${PREFIX}-${name}`;
  return {
    name,
    connection,
    js: jetstream(connection),
    manager,
    bucket,
    jobStream,
    bucketStream: `KV_${PREFIX}-${name}`,
    maxPayload: connection.info?.max_payload ?? 1_048_576,
    async isThere() {
      try {
        await manager.streams.info(jobStream);
        return true;
      } catch (error) {
        if (isStreamMissing(error)) return false;
        throw error;
      }
    },
  };
}

/**
 * Opens a sweep on the server.
 *
 * @returns The sweep and its description; undefined if there is none of this name.
 * @throws {Error} If the server does not answer, or has something else of this name.
 */
export async function openStore(
  connection: NatsConnection,
  name: string,
): Promise<{ store: SweepStore; record: SweepRecord } | undefined> {
  const store = await handleOn(connection, name);
  if (!(await store.isThere())) return undefined;
  const entry = await store.bucket.get("sweep");
  return entry === null || entry.operation !== "PUT"
    ? undefined
    : { store, record: readRecord(entry.string(), name) };
}

function readRecord(text: string, name: string): SweepRecord {
  const record = jsonObject(parseBoundedJson(text, { depth: 16, length: 1_000_000 }), `the sweep ${name}`);
  return {
    version: record.text("version"),
    plan: record.text("plan"),
    env: record.text("env"),
    trials: record.number("trials"),
    runs: record.number("runs"),
  };
}

/** Options of {@linkcode createStore}. */
export interface CreateOptions {
  /** Whether the sweep may already be there. */
  readonly resume: boolean;
  /** Number of servers that keep a copy of everything, from 1. */
  readonly replicas: number;
  /** Seconds without a heartbeat after which a run is given to another worker. */
  readonly lease: number;
}

/**
 * Creates a sweep on the server, or opens an existing one.
 *
 * @param connection The connection to the server.
 * @param name The name of the sweep.
 * @param record Its description.
 * @param options How it is stored.
 * @returns The sweep.
 * @throws {UsageError} If another sweep has the name, or the server refuses.
 */
export async function createStore(
  connection: NatsConnection,
  name: string,
  record: SweepRecord,
  options: CreateOptions,
): Promise<SweepStore> {
  const there = await openStore(connection, name);
  if (there !== undefined) {
    if (there.record.plan !== record.plan) {
      throw new UsageError(`Cannot start the sweep: --name ${name} is taken by another sweep on the server`);
    }
    if (options.resume) return there.store;
    throw new UsageError(
      `Cannot start the sweep: ${name} is already on the server; resume it with --resume DIR, or remove it with deno task sweep cancel`,
    );
  }
  const store = await handleOn(connection, name);
  const { replicas, lease } = options;
  try {
    await new Kvm(connection).create(`${PREFIX}-${name}`, { replicas, storage: StorageType.File });
    await store.manager.streams.add({
      name: store.jobStream,
      subjects: [jobSubject(name, "*")],
      retention: RetentionPolicy.Workqueue,
      discard: DiscardPolicy.New,
      storage: StorageType.File,
      num_replicas: replicas,
    });
    await store.manager.consumers.add(store.jobStream, {
      durable_name: CONSUMER,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(lease * 1000),
      max_deliver: -1,
      max_ack_pending: -1,
      max_waiting: 65_536,
    });
    await store.bucket.put("sweep", JSON.stringify(record));
  } catch (error) {
    throw new UsageError(
      `Cannot start the sweep: the server refuses: ${reasonOf(error)}`,
    );
  }
  return store;
}

/** Removes a sweep from the server, and tells its workers. */
export async function removeStore(store: SweepStore): Promise<void> {
  const { connection, manager, name } = store;
  for (const stream of [store.jobStream, store.bucketStream]) {
    try {
      await manager.streams.delete(stream);
    } catch (error) {
      if (!(isStreamMissing(error))) throw error;
    }
  }
  connection.publish(cancelSubject(name));
  await connection.flush();
}

function isStreamMissing(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
}

/** The names of all sweeps on a server. */
export async function storeNames(manager: JetStreamManager): Promise<string[]> {
  const names: string[] = [];
  for await (const stream of manager.streams.names(jobSubject("*", "*"))) {
    if (stream.startsWith(`${PREFIX}-`)) names.push(stream.slice(PREFIX.length + 1));
  }
  return names.sort();
}

/** The last parts of the subjects of a stream's messages, with the number of the last message of each. */
export async function heldKeys(
  manager: JetStreamManager,
  stream: string,
  filter: string,
): Promise<{ keys: string[]; last: number }> {
  const { state } = await manager.streams.info(stream, { subjects_filter: filter });
  const keys = Object.keys(state.subjects ?? {}).map((subject) =>
    subject.slice(subject.lastIndexOf(".") + 1)
  );
  return { keys, last: state.last_seq };
}
