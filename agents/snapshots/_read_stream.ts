import type { SnapshotReader } from "./snapshot_reader.ts";
import type { Pcg32Snapshot } from "../pcg32.ts";

/** The snapshot of a stream; the stream itself validates the numbers. */
export function readStream(stream: SnapshotReader): Pcg32Snapshot {
  return { state: stream.pair("state"), increment: stream.pair("increment") };
}
