import type { EpisodeRecord, EvaluationRecord } from "../../agents/mod.ts";
import { ProtobufWriter } from "../../nn/onnx/protobuf_writer.ts";
import { crc32c } from "./crc32c.ts";

/** Milliseconds between writes, unless an evaluation comes in between. */
const INTERVAL_MS = 1000;

/** A TensorBoard log of training: scalars by environment step. */
export interface EventLog {
  /** Records a finished episode. */
  episode(record: EpisodeRecord): void;
  /** Records an evaluation, and writes. */
  evaluation(record: EvaluationRecord): void;
  /** Writes all pending events. */
  flush(): void;
}

/** The part of an existing log that can be continued. */
export interface EarlierEvents {
  /** The bytes up to the end of the last complete event of those asked for. */
  readonly bytes: Uint8Array;
  /** Number of events in them, including the one that begins a file. */
  readonly count: number;
}

/**
 * The first events of a log that may end in the middle of an event.
 *
 * @param bytes The content of the file.
 * @param most Number of events to keep at most.
 */
export function firstEvents(bytes: Uint8Array, most: number): EarlierEvents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let count = 0;
  while (count < most && at + 16 <= bytes.length) {
    const end = at + 16 + Number(view.getBigUint64(at, true));
    if (end > bytes.length) break;
    const record = tfRecord(bytes.subarray(at + 12, end - 4));
    if (!record.every((byte, i) => byte === bytes[at + i])) break;
    at = end;
    count++;
  }
  return { bytes: bytes.slice(0, at), count };
}

/**
 * Starts a file of events (tensorflow/core/util/event.proto, in records as of tensorflow/core/lib/io/record_writer.cc). Unlike
 * the CSV logs it holds the time of day of each event, as TensorBoard requires, so no two runs give the same bytes.
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
  const add = (event: ProtobufWriter) => waiting.push(...tfRecord(event.finish()));
  const scalars = (step: number, values: Readonly<Record<string, number | undefined>>) => {
    const summary = new ProtobufWriter();
    for (const [tag, value] of Object.entries(values)) {
      if (value !== undefined) summary.message(1, new ProtobufWriter().text(1, tag).float(2, value));
    }
    add(new ProtobufWriter().double(1, now() / 1000).integer(2, step).message(5, summary));
  };
  const flush = () => {
    if (waiting.length > 0) append(Uint8Array.from(waiting));
    waiting = [];
    last = now();
  };
  if (isNew) add(new ProtobufWriter().double(1, now() / 1000).text(3, "brain.Event:2"));
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
function tfRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(data.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, masked(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, masked(data), true);
  return record;
}

function masked(data: Uint8Array): number {
  const crc = crc32c(data);
  return (crc >>> 15 | crc << 17) + 0xa282ead8 >>> 0;
}
