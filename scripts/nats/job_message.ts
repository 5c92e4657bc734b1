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
export function encodeJob({ id, settings, timeLimit, savesRuns }: JobMessage): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(
    `{"version":${JSON.stringify(VERSION)},"id":${
      JSON.stringify(id)
    },"time_limit":${timeLimit},"files":${savesRuns},"settings":${settingsText(settings)}}`,
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
  const savesRuns = message.value("files");
  if (typeof savesRuns !== "boolean") {
    throw new TypeError(
      `Cannot accept the run: files must be true or false, got ${JSON.stringify(savesRuns)}`,
    );
  }
  return { id, settings, timeLimit, savesRuns };
}
