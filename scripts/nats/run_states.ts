import { decodeBlob, encodeBlob, removeBlob } from "./blob.ts";
import type { SweepStore } from "./sweep_store.ts";

/** Length of the header of a state, the number of the delivery that wrote it, in bytes. */
const HEAD = 4;

/** Options of {@linkcode openRunStates}. */
export interface RunStatesOptions {
  readonly store: SweepStore;
  /** Stops writing. */
  readonly signal: AbortSignal;
  /** Number of deliveries of the run to a worker, including this one. */
  readonly delivery: number;
}

/** The state of a run, kept on the server for the worker that resumes it, or for a longer run that continues from its end. */
export interface RunStates {
  /** Number of deliveries of the run since its state was last written, including this one; valid after `read`. */
  readonly attempts: number;
  /** The last state; undefined if none can be read. */
  read(): Promise<Uint8Array | undefined>;
  /** Writes a state after the previous one; if several wait, only the last. A state that cannot be written is skipped. */
  write(state: Uint8Array): void;
  /** Waits until all writing has ended. */
  flush(): Promise<void>;
  /** Removes it. */
  remove(): Promise<void>;
}

/** The key of the state of a run. */
const keyOf = (id: string): string => `state.${id}`;

/**
 * Removes the state at the end of a run from which no other will continue.
 *
 * @param store The sweep.
 * @param id The run.
 */
export async function removeRunState(store: SweepStore, id: string): Promise<void> {
  const entry = (await store.bucket.get(keyOf(id)))?.value;
  if (entry === undefined || entry.length === 0) return;
  await store.bucket.delete(keyOf(id));
  await removeBlob(store, entry);
}

/** Opens the state of a run. */
export function openRunStates(id: string, options: RunStatesOptions): RunStates {
  const { store, signal, delivery } = options;
  const key = keyOf(id);
  let attempts = delivery;
  let entry: Uint8Array | undefined;
  // Two names in turn, so that little is left of old states.
  const own = crypto.randomUUID();
  let turn = 0;
  let waiting: Uint8Array | undefined;
  let writing: Promise<void> | undefined;

  const put = async (state: Uint8Array) => {
    const bytes = new Uint8Array(HEAD + state.length);
    new DataView(bytes.buffer).setUint32(0, delivery);
    bytes.set(state, HEAD);
    const before = entry;
    const next = await encodeBlob(store, bytes, `${own}-${turn}`);
    await store.bucket.put(key, next);
    entry = next;
    turn = 1 - turn;
    if (before !== undefined) await removeBlob(store, before);
  };
  const writeAll = async () => {
    while (waiting !== undefined && !signal.aborted) {
      const state = waiting;
      waiting = undefined;
      try {
        await put(state);
      } catch {
        // The previous one is still there, or the run starts again.
      }
    }
    writing = undefined;
  };
  return {
    get attempts() {
      return attempts;
    },
    async read() {
      entry = (await store.bucket.get(key))?.value;
      if (entry === undefined || entry.length === 0) return entry = undefined;
      try {
        const bytes = await decodeBlob(store, entry);
        attempts = delivery - new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0);
        return bytes.subarray(HEAD);
      } catch (error) {
        if (error instanceof RangeError || error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
    write(state) {
      waiting = state;
      writing ??= writeAll();
    },
    async flush() {
      await writing;
    },
    async remove() {
      if (entry === undefined) return;
      await removeBlob(store, entry);
      await store.bucket.delete(key);
    },
  };
}
