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

/** What all servers' streams, buckets and subjects of ours begin with. */
const PREFIX = "bellman";

/** The durable consumer that all workers of a sweep share. */
export const CONSUMER = "workers";

/** What a sweep tells of itself. */
export interface SweepRecord {
  /** The version of this package that its runs need. */
  readonly version: string;
  /** SHA-256 of its plan, in hex. */
  readonly plan: string;
  /** The environment that is learned. */
  readonly env: string;
  /** Number of its trials. */
  readonly trials: number;
  /** Number of its runs, if none fails. */
  readonly runs: number;
}

/** A sweep on a server: a work queue of runs, and a bucket with everything else. */
export interface SweepStore {
  readonly name: string;
  readonly connection: NatsConnection;
  readonly js: JetStreamClient;
  readonly manager: JetStreamManager;
  /** Results (`result.RUN`), checkpoints, what was set aside, and the sweep itself (`sweep`). */
  readonly bucket: KV;
  /** The stream of the work queue. */
  readonly jobStream: string;
  /** The stream behind the bucket. */
  readonly bucketStream: string;
  /** Most bytes of a message to this server. */
  readonly maxPayload: number;
  /** Whether the sweep is on the server. */
  isThere(): Promise<boolean>;
}

/** The subject of a run that waits. */
export function jobSubject(name: string, id: string): string {
  return `${PREFIX}.${name}.job.${id}`;
}

/** The subject that tells how far a run is. */
export function progressSubject(name: string, id: string): string {
  return `${PREFIX}.${name}.progress.${id}`;
}

/** The subject that tells that a run has ended. */
export function endSubject(name: string): string {
  return `${PREFIX}.${name}.end`;
}

/** The subject that tells that a sweep is over, and its runs are in vain. */
export function cancelSubject(name: string): string {
  return `${PREFIX}.${name}.cancel`;
}

/** The subject of a key in a sweep's bucket. */
export function keySubject(name: string, key: string): string {
  return `$KV.${PREFIX}-${name}.${key}`;
}

/** The name in a subject of ours. */
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
 * Opens a sweep that is on the server.
 *
 * @returns The sweep and what it tells of itself; undefined if there is none of this name.
 * @throws {Error} If the server does not answer, or holds something else under this name.
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
  /** Whether the sweep may be there already. */
  readonly resume: boolean;
  /** Servers that keep a copy of everything, from 1. */
  readonly replicas: number;
  /** Seconds without a sign of life after which a run is given to another worker. */
  readonly lease: number;
}

/**
 * Puts a sweep on the server, or finds it there.
 *
 * @param connection To the server.
 * @param name Of the sweep.
 * @param record What it tells of itself.
 * @param options How to store it.
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

/** Takes a sweep off the server, and tells its workers. */
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

/** The last parts of the subjects that a stream holds messages of, and the number of the last message. */
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
