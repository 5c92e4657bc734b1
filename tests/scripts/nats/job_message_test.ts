import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { decodeJob, encodeJob } from "../../../scripts/nats/job_message.ts";
import { presetSettings } from "../../../scripts/settings/presets.ts";
import { runKey } from "../../../scripts/run_folder/run_key.ts";
import type { Settings } from "../../../scripts/settings/settings.ts";

const settings: Settings = { ...presetSettings({}), steps: 2_000, hidden: [8] };
const id = runKey(settings);
const message = encodeJob({ id, settings, timeLimit: 60, savesRuns: true, leavesState: false });
const json = JSON.parse(new TextDecoder().decode(message));
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const withSettings = (changed: Record<string, unknown>) => {
  const all: Record<string, unknown> = { ...json.settings, ...changed };
  return bytes({ ...json, settings: all });
};

Deno.test("a run arrives as it was sent", () => {
  const job = { id, settings, timeLimit: 60, savesRuns: true, from: undefined, leavesState: false };
  assertEquals(decodeJob(message, id), job);
  const promoted = { ...job, from: runKey({ ...settings, steps: 1_000 }), leavesState: true };
  assertEquals(decodeJob(encodeJob(promoted), id), promoted);
});

Deno.test("only runs of this version in environments of this package are accepted", () => {
  const named = (changed: Partial<Settings>) => {
    const all = { ...settings, ...changed };
    return [
      encodeJob({ id: runKey(all), settings: all, timeLimit: 60, savesRuns: false, leavesState: false }),
      runKey(all),
    ] as const;
  };
  const { gamma: _, ...incomplete } = json.settings;
  const bad: [Uint8Array, string, string][] = [
    [new Uint8Array(), id, "JSON"],
    [Uint8Array.of(0xff, 0xfe), id, "encoded data is not valid"],
    [bytes("{"), id, "must be a JSON object"],
    [bytes([]), id, "must be a JSON object"],
    [new Uint8Array(300_000), id, "must have at most 262144 bytes, got 300000"],
    [bytes({ ...json, version: "0.0.1" }), id, "its version must be "],
    [bytes({ ...json, version: undefined }), id, "version must be text"],
    [bytes({ ...json, settings: 5 }), id, "must be a JSON object"],
    [bytes({ ...json, settings: incomplete }), id, "its settings must be complete, got none for gamma"],
    [withSettings({ gama: 0.9 }), id, "unknown setting gama"],
    [withSettings({ gamma: 2 }), id, "gamma in the configuration must be a number in [0, 1], got 2"],
    [withSettings({ seed: 1 }), id, "its id must be that of its settings"],
    [message, `${id}0`, "its id must be that of its settings"],
    [bytes({ ...json, id: "../../etc/passwd" }), id, "its id must be that of its settings"],
    [
      bytes({ ...json, time_limit: 0 }),
      id,
      "time limit must be a whole number of seconds in [1, 2147483], got 0",
    ],
    [bytes({ ...json, time_limit: 2_147_484 }), id, "seconds in [1, 2147483], got 2147484"],
    [bytes({ ...json, time_limit: "1" }), id, "time_limit must be a number"],
    [bytes({ ...json, files: "yes" }), id, 'files must be true or false, got "yes"'],
    [bytes({ ...json, leaves_state: 1 }), id, "leaves_state must be true or false, got 1"],
    [bytes({ ...json, from: "../sweep" }), id, 'from must be the id of a run, got "../sweep"'],
    [bytes({ ...json, from: 5 }), id, "from must be the id of a run, got 5"],
    [...named({ env: "./my_env.ts" }), "must be one of this package, got the file ./my_env.ts"],
    [...named({ env: "file:///x/y.ts" }), "must be one of this package"],
    [...named({ env: "https://example.org/x" }), "must be one of this package"],
    [...named({ env: "data:text/javascript,1" }), "must be one of this package"],
    [...named({ env: ".." }), "its id must be that of its settings"],
  ];
  for (const [content, key, reason] of bad) {
    const { message: said } = assertThrows(() => decodeJob(content, key), Error);
    assertStringIncludes(said, reason);
  }
});
