import type { EpisodeRecord, EvaluationRecord } from "../../agents/mod.ts";
import { crc32c } from "./crc32c.ts";

/** Milliseconds from one writing to the next, unless an evaluation comes in between. */
const INTERVAL_MS = 1000;

/** The course of training as TensorBoard reads it: scalars by environment step. */
export interface EventLog {
  /** Notes an episode that ended. */
  episode(record: EpisodeRecord): void;
  /** Notes an evaluation, and writes. */
  evaluation(record: EvaluationRecord): void;
  /** Writes what is not yet written. */
  flush(): void;
}

/** What is there of a log to be continued. */
export interface EarlierEvents {
  /** The bytes up to the end of the last whole event of those asked for. */
  readonly bytes: Uint8Array;
  /** Number of events in them, the one that begins a file included. */
  readonly count: number;
}

/**
 * The first events of a log that may end in the middle of one.
 *
 * @param bytes What the file holds.
 * @param most Number of events to keep at most.
 */
export function firstEvents(bytes: Uint8Array, most: number): EarlierEvents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let count = 0;
  while (count < most && at + 16 <= bytes.length) {
    const end = at + 16 + Number(view.getBigUint64(at, true));
    if (end > bytes.length) break;
    const record = Uint8Array.from(tfRecord(bytes.subarray(at + 12, end - 4)));
    if (!record.every((byte, i) => byte === bytes[at + i])) break;
    at = end;
    count++;
  }
  return { bytes: bytes.slice(0, at), count };
}

/**
 * Starts a file of events (tensorflow/core/util/event.proto, in records as of tensorflow/core/lib/io/record_writer.cc). Unlike
 * the CSV logs it tells the time of day of each event, as TensorBoard wants: no two runs give the same bytes.
 *
 * @param append Adds bytes to the file's end.
 * @param now The time, in milliseconds since 1970.
 * @param isNew Whether the file is empty; it begins at once.
 * @returns The log.
 */
export function startEventLog(
  append: (bytes: Uint8Array) => void,
  now: () => number = Date.now,
  isNew = true,
): EventLog {
  let waiting: number[] = [];
  let last = -Infinity;
  const add = (event: readonly number[]) => waiting.push(...tfRecord(Uint8Array.from(event)));
  const scalars = (step: number, values: Readonly<Record<string, number | undefined>>) => {
    const summary = Object.entries(values).flatMap(([tag, value]) =>
      value === undefined
        ? []
        : bytesField(1, [...bytesField(1, new TextEncoder().encode(tag)), ...floatField(2, value)])
    );
    add([...doubleField(1, now() / 1000), ...integerField(2, step), ...bytesField(5, summary)]);
  };
  const flush = () => {
    if (waiting.length > 0) append(Uint8Array.from(waiting));
    waiting = [];
    last = now();
  };
  if (isNew) {
    add([...doubleField(1, now() / 1000), ...bytesField(3, new TextEncoder().encode("brain.Event:2"))]);
  }
  return {
    episode({ step, return: total, length, epsilon, loss, meanQ }) {
      scalars(step, {
        "episode/return": total,
        "episode/length": length,
        "episode/epsilon": epsilon,
        "episode/loss": loss,
        "episode/mean_q": meanQ,
      });
      if (now() - last >= INTERVAL_MS) flush();
    },
    evaluation({ step, evaluation: { mean, std, min, max } }) {
      scalars(step, {
        "evaluation/mean": mean,
        "evaluation/std": std,
        "evaluation/min": min,
        "evaluation/max": max,
      });
      flush();
    },
    flush,
  };
}

/** A record: its length and its content, each with a checksum that is masked, as checksums of checksums are weak. */
function tfRecord(data: Uint8Array): number[] {
  const length = littleEndian(8, (view) => view.setBigUint64(0, BigInt(data.length), true));
  return [...length, ...masked(Uint8Array.from(length)), ...data, ...masked(data)];
}

function masked(data: Uint8Array): number[] {
  const crc = crc32c(data);
  const rotated = crc >>> 15 | crc << 17;
  return littleEndian(4, (view) => view.setUint32(0, rotated + 0xa282ead8 >>> 0, true));
}

function doubleField(field: number, value: number): number[] {
  return [field << 3 | 1, ...littleEndian(8, (view) => view.setFloat64(0, value, true))];
}

function floatField(field: number, value: number): number[] {
  return [field << 3 | 5, ...littleEndian(4, (view) => view.setFloat32(0, value, true))];
}

function integerField(field: number, value: number): number[] {
  return [field << 3, ...varint(value)];
}

function bytesField(field: number, content: ArrayLike<number>): number[] {
  return [field << 3 | 2, ...varint(content.length), ...Array.from(content)];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value;; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push(rest % 128 | 128);
  }
}

function littleEndian(length: number, write: (view: DataView) => void): number[] {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return [...bytes];
}
