import { Sha256 } from "../../agents/mod.ts";
import { encodeCheckpoint } from "../run/checkpoint.ts";
import { type JsonObject, jsonObject } from "../values/json_object.ts";
import type { GivenFiles } from "../run/given_files.ts";
import { prepareRun, type RunListener } from "../run/run.ts";
import { progressFiles, summaryOf } from "../run_folder/run_files.ts";
import type { RunFile } from "../run_folder/run_file.ts";
import type { Settings } from "../settings/settings.ts";

/** One result of a run, and the same result of its repetition. */
export interface Comparison {
  /** A field of summary.json, or a file. */
  readonly name: string;
  /** The recorded value; for a file its SHA-256, or null if it is missing. */
  readonly recorded: unknown;
  /** The value of the repetition. */
  readonly repeated: unknown;
  /** Whether they are equal. */
  readonly same: boolean;
}

/** Fields of summary.json that the settings determine; the others record the time and what computed it. */
const FIELDS = [
  "env_steps",
  "gradient_steps",
  "episodes",
  "stopped_by",
  "policy_step",
  "policy_sha256",
  "weights_sha256",
  "trajectory_sha256",
] as const;
const EVALUATION_FIELDS = ["episodes", "mean", "std", "min", "max"] as const;

/** The recorded results of a run that has ended. */
export interface RecordedRun {
  /** Its settings. */
  readonly settings: Settings;
  /** Its summary.json. */
  readonly summary: JsonObject;
  /** The files that it needs from outside. */
  readonly files: GivenFiles;
  /** Whether its checkpoint has the replay buffer. */
  readonly hasReplay: boolean;
  /** Reads one of its files; undefined if it is missing. */
  readonly file: (name: RunFile) => Uint8Array | undefined;
}

/**
 * Repeats a run, and compares all its results except pictures.
 *
 * @param recorded The recorded run.
 * @param listener Observes the repetition.
 * @returns The comparisons, in order.
 */
export async function verifyRun(recorded: RecordedRun, listener: RunListener = {}): Promise<Comparison[]> {
  const { settings, summary } = recorded;
  const prepared = prepareRun(settings, undefined, recorded.files);
  let checkpoint: Uint8Array | undefined;
  const run = await prepared.start({
    ...listener,
    onTrained: async () => {
      checkpoint = await encodeCheckpoint(settings, prepared.snapshot({ replay: recorded.hasReplay }));
    },
  });
  // Compared as JSON, so that numbers are compared as they are written.
  const repeated = jsonObject(JSON.parse(JSON.stringify(summaryOf(settings, run, 1))), "the summary");
  const comparisons: Comparison[] = [];
  const compare = (name: string, before: unknown, after: unknown) => {
    comparisons.push({ name, recorded: before, repeated: after, same: before === after });
  };
  const fields = settings.bufferSha256 === null ? FIELDS : [...FIELDS, "offline_steps"];
  for (const name of fields) compare(name, summary.value(name), repeated.value(name));
  const [before, after] = [summary.object("evaluation"), repeated.object("evaluation")];
  for (const name of EVALUATION_FIELDS) compare(`evaluation.${name}`, before.value(name), after.value(name));

  const files = [...progressFiles(settings, run), ["checkpoint.safetensors", checkpoint] as const];
  for (const [name, content] of files) {
    if (content === undefined) continue;
    const held = recorded.file(name);
    compare(name, held === undefined ? null : hashOf(held), hashOf(content));
  }
  return comparisons;
}

function hashOf(content: string | Uint8Array): string {
  const hash = new Sha256();
  hash.update(typeof content === "string" ? new TextEncoder().encode(content) : content);
  return hash.digest();
}
