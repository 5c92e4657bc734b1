import { decodeCheckpoint, disagreements, encodeCheckpoint } from "../run/checkpoint.ts";
import { prepareRun } from "../run/run.ts";
import { VERSION } from "../values/package.ts";
import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { jsonObject } from "../values/json_object.ts";
import type { RunPoint } from "./run_to_result.ts";
import type { Settings } from "../settings/settings.ts";

/** The name of a state among the files of a run. */
export const STATE_FILE = "checkpoint.safetensors";

/**
 * Writes the state of a run, to resume in another process: a line of JSON with what a checkpoint lacks, then the bytes of a
 * `checkpoint.safetensors`.
 */
export async function encodeState(settings: Settings, point: RunPoint): Promise<Uint8Array> {
  const { snapshot, seconds, reached = null } = point;
  const head = new TextEncoder().encode(JSON.stringify({ seconds, reached }) + "\n");
  const checkpoint = await encodeCheckpoint(settings, snapshot);
  const bytes = new Uint8Array(head.length + checkpoint.length);
  bytes.set(head);
  bytes.set(checkpoint, head.length);
  return bytes;
}

/** The most bytes of a state: as text, on its way to a worker's process and back, it is a third longer, and the length of texts is limited. */
const MOST_STATE_BYTES = 256_000_000;

/** Whether a state is small enough to be given to another worker; otherwise the run starts again if it loses its worker. */
export function mayTravel(state: Uint8Array): boolean {
  return state.byteLength <= MOST_STATE_BYTES;
}

/**
 * Reads the state of a run.
 *
 * @throws {Error} If it is damaged, or of a run with other settings.
 */
export async function decodeState(settings: Settings, bytes: Uint8Array): Promise<RunPoint> {
  const end = bytes.subarray(0, 1_000).indexOf(10);
  const head = jsonObject(
    parseBoundedJson(new TextDecoder().decode(bytes.subarray(0, end)), { depth: 16, length: 1_000_000 }),
    "the state of a run",
  );
  const checkpoint = await decodeCheckpoint(Uint8Array.from(bytes.subarray(end + 1)));
  if (checkpoint.version !== VERSION) {
    throw new RangeError(
      `Cannot continue the run: its state must be of version ${VERSION}, got ${checkpoint.version}`,
    );
  }
  const different = disagreements(settings, checkpoint);
  if (different.length > 0) {
    throw new RangeError(
      `Cannot continue the run: its settings must be those of the state, got ${different}`,
    );
  }
  const reached = head.optional("reached", (object) => {
    const at = object.object("reached");
    return { step: at.number("step"), seconds: at.number("seconds") };
  });
  return { snapshot: checkpoint.snapshot, seconds: head.number("seconds"), reached: reached ?? undefined };
}

/**
 * Reads the state to continue from, in base64. A state that does not fit only costs time: started from the beginning, the run gives
 * the same result.
 *
 * @param settings The settings of the run.
 * @param state The state; anything but text is none.
 */
export async function startOf(settings: Settings, state: unknown): Promise<RunPoint | undefined> {
  if (typeof state !== "string") return undefined;
  try {
    const point = await decodeState(settings, Uint8Array.fromBase64(state));
    prepareRun(settings, point.snapshot);
    return point;
  } catch {
    return undefined;
  }
}
