import { readSettings } from "../settings/read_settings.ts";
import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { secondsOption } from "../cli/option.ts";
import { jsonObject } from "../values/json_object.ts";
import { isEnvFile } from "../settings/env_name.ts";
import { VERSION } from "../values/package.ts";
import { runKey } from "../run_folder/run_key.ts";
import { settingsText } from "../run_folder/run_result.ts";
import type { Settings } from "../settings/settings.ts";

/** A run to be made, as a message. */
export interface JobMessage {
  /** The run's key, derived from its settings. */
  readonly id: string;
  /** Everything that determines the run. */
  readonly settings: Settings;
  /** Seconds that it may take. */
  readonly timeLimit: number;
  /** Whether it leaves its files. */
  readonly savesRuns: boolean;
  /** The key of a shorter run from whose end it may continue, with the same result. @default {undefined, none} */
  readonly from?: string | undefined;
  /** Whether a longer run may continue from its end. */
  readonly leavesState: boolean;
}

/** Most bytes of a message: far more than any settings need. */
const MOST_BYTES = 262_144;

/** The pattern of a run's id, which is part of a subject and of a key. */
const ID = /^[\w-]{1,200}$/;

/** Whether this can be the key of a run in an environment of this package. */
export function isJobId(text: string): boolean {
  return ID.test(text);
}

/** Writes a message. */
export function encodeJob(job: JobMessage): Uint8Array<ArrayBuffer> {
  const { id, settings, timeLimit, savesRuns, from = null, leavesState } = job;
  const head = {
    ...{ version: VERSION, id, from, leaves_state: leavesState },
    ...{ time_limit: timeLimit, files: savesRuns },
  };
  return new TextEncoder().encode(
    `${JSON.stringify(head).slice(0, -1)},"settings":${settingsText(settings)}}`,
  );
}

/**
 * Reads an untrusted message from the network. Settings are checked like those of a `config.json`, and none
 * may be missing; the environment must be one of this package, and the key must be that of the settings.
 *
 * @param bytes The message.
 * @param id The key in its subject.
 * @returns The job.
 * @throws {Error} If the message is invalid.
 */
export function decodeJob(bytes: Uint8Array, id: string): JobMessage {
  const refuse = (rule: string, got: string): never => {
    throw new RangeError(`Cannot accept the run: ${rule}, got ${got}`);
  };
  if (bytes.length > MOST_BYTES) {
    refuse(`its message must have at most ${MOST_BYTES} bytes`, `${bytes.length}`);
  }
  const message = jsonObject(
    parseBoundedJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes), {
      depth: 16,
      length: MOST_BYTES,
    }),
    "the run",
  );
  const version = message.text("version");
  if (version !== VERSION) {
    refuse(`its version must be ${VERSION}, since versions may differ in their bits`, version);
  }
  const given = message.object("settings");
  const settings = readSettings({ values: new Map(), words: [] }, message.value("settings"));
  const missing = Object.keys(settings).find((name) => given.value(name) === undefined);
  if (missing !== undefined) refuse("its settings must be complete", `none for ${missing}`);
  if (isEnvFile(settings.env)) {
    refuse("its environment must be one of this package", `the file ${settings.env}`);
  }
  const key = runKey(settings);
  if (message.text("id") !== key || id !== key || !isJobId(id)) {
    refuse(
      `its id must be that of its settings, ${key}`,
      message.text("id") === key ? id : message.text("id"),
    );
  }
  const timeLimit = message.number("time_limit");
  const { accept, rule } = secondsOption("");
  if (accept(timeLimit) === undefined) refuse(`its time limit must be ${rule}`, `${timeLimit}`);
  const isOn = (name: string) => {
    const value = message.value(name);
    if (typeof value === "boolean") return value;
    throw new TypeError(
      `Cannot accept the run: ${name} must be true or false, got ${JSON.stringify(value)}`,
    );
  };
  const from = message.value("from") ?? undefined;
  if (from !== undefined && (typeof from !== "string" || !isJobId(from))) {
    return refuse("from must be the id of a run", JSON.stringify(from));
  }
  return { id, settings, timeLimit, savesRuns: isOn("files"), from, leavesState: isOn("leaves_state") };
}
