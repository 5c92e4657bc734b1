import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Prng, randomSeeded } from "@std/random";
import { decodeSafetensors, encodeSafetensors } from "../../nn/mod.ts";
import { decodeCheckpoint } from "../../scripts/run/checkpoint.ts";
import { readSettings } from "../../scripts/settings/read_settings.ts";
import { restorePolicy } from "../../scripts/run_folder/load_policy.ts";
import { prepareRun } from "../../scripts/run/run.ts";
import { configJson } from "../../scripts/run_folder/config_json.ts";
import { parseSavedRun, type RunTexts } from "../../scripts/run_folder/saved_run.ts";
import { NO_SEAL, sealOf, setSeal } from "../../scripts/run/seal.ts";
import { SETTING_NAMES, type Settings } from "../../scripts/settings/settings.ts";
import { firstEvents } from "../../scripts/train/tensorboard.ts";
import type { JobQueue } from "../../scripts/jobs/job_queue.ts";
import { storedQueue } from "../../scripts/jobs/stored_queue.ts";
import { sealedJson } from "../../scripts/run/sealed_json.ts";
import { checkFiles } from "../../scripts/run_folder/check_files.ts";
import { decodeIndex, encodeIndex, type FileIndex } from "../../scripts/run_folder/file_index.ts";
import { runKey } from "../../scripts/run_folder/run_key.ts";
import { readRunResult, type RunResult } from "../../scripts/run_folder/run_result.ts";
import { sealFolder } from "../../scripts/run_folder/sealed_folder.ts";
import { inFolder, saidBy } from "./_process.ts";
import { leavingsOf, small } from "./_resumption.ts";
import { resultOf } from "./sweep/_results.ts";

/** Bytes that often mean something. */
const TELLING = [0, 0x20, 0x22, 0x2c, 0x2d, 0x30, 0x31, 0x39, 0x5b, 0x5d, 0x65, 0x7b, 0x7d, 0x7f, 0x80, 0xff];

/** Other bytes: cut, changed, inserted, taken out, repeated, or several of these. */
function mutated(original: Uint8Array, random: Prng): Uint8Array {
  let bytes = original;
  const index = (below: number) => Math.floor(random() * below);
  do {
    const at = index(bytes.length + 1);
    const value = random() < 0.5 ? TELLING[index(TELLING.length)]! : index(256);
    const join = (...parts: ArrayLike<number>[]) => {
      const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
      let end = 0;
      for (const part of parts) {
        joined.set(part, end);
        end += part.length;
      }
      return joined;
    };
    switch (index(6)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        bytes = join(bytes.subarray(0, at), [value], bytes.subarray(at));
        break;
      case 2:
        bytes = join(bytes.subarray(0, at), bytes.subarray(at + 1 + index(8)));
        break;
      case 3:
        bytes = join(bytes.subarray(0, at), bytes.subarray(Math.max(0, at - index(40))));
        break;
      default:
        bytes = bytes.slice();
        if (at < bytes.length) bytes[at] = value;
    }
  } while (random() < 0.3);
  return bytes;
}

/** JSON with another value in one place. */
function otherJson(text: string, random: Prng): string {
  const values = [...text.matchAll(/-?\d+(\.\d+)?(e[+-]?\d+)?|"[^"]*"(?!:)|true|false|null|\[\]|\{\}/g)];
  const { 0: old, index } = values[Math.floor(random() * values.length)]!;
  const others = [
    "-1",
    "0",
    "1",
    "0.5",
    "1e308",
    "9007199254740993",
    '"x"',
    "null",
    "true",
    "[]",
    "{}",
    "[1,2]",
  ];
  const value = others[Math.floor(random() * others.length)]!;
  return text.slice(0, index) + value + text.slice(index + old.length);
}

/** Runs something on bytes that may be anything; returns what it threw, which must be one of the documented errors. */
async function refusal(
  action: () => unknown,
  errors: readonly string[],
  what: string,
): Promise<Error | undefined> {
  const start = performance.now();
  try {
    await action();
    return undefined;
  } catch (error) {
    assert(error instanceof Error, what);
    assert(errors.includes(error.name), `${what}: ${error.stack}`);
    assert(/^Cannot (?!read propert|destructure)/.test(error.message), `${what}: ${error.stack}`);
    return error;
  } finally {
    assert(performance.now() - start < 5_000, `${what} took too long`);
  }
}

const BYTES = ["SyntaxError"];
const VALUES = ["SyntaxError", "TypeError", "RangeError"];
const LINE = ["UsageError"];
const equal = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** A small run that ended, and what it left. */
async function makeRun(settings: Settings) {
  const leavings = await leavingsOf(settings, undefined);
  assert(leavings.checkpoint !== undefined && leavings.policy !== undefined);
  return { settings, ...leavings, checkpoint: leavings.checkpoint, policy: leavings.policy };
}

const CARTPOLE = await makeRun(
  small("prioritized-dqn", "CartPole-v1", { hidden: [3], nStep: 2, steps: 130 }),
);
const LAKE = await makeRun(small("q-learning", "FrozenLake-v1", { steps: 130 }));

for (const { settings, checkpoint, policy } of [CARTPOLE, LAKE]) {
  const name = settings.agent;

  Deno.test(`2,000 damaged checkpoints of ${name} are refused, every one`, async () => {
    const random = randomSeeded(1n);
    for (let round = 0; round < 2_000; round++) {
      const bytes = mutated(checkpoint, random);
      const refused = await refusal(() => decodeCheckpoint(bytes), BYTES, `round ${round}`);
      assertEquals(
        refused === undefined,
        equal(bytes, checkpoint),
        `round ${round} is read as if it were good`,
      );
    }
  });

  Deno.test(`2,000 damaged policies of ${name} are refused, every one`, async () => {
    const random = randomSeeded(2n);
    for (let round = 0; round < 2_000; round++) {
      const bytes = mutated(policy, random);
      const refused = await refusal(() => restorePolicy(settings, () => bytes, "p"), LINE, `round ${round}`);
      assertEquals(refused === undefined, equal(bytes, policy), `round ${round} is read as if it were good`);
    }
  });

  Deno.test(`400 forged checkpoints of ${name} are refused or can be gone on from`, async () => {
    const random = randomSeeded(3n);
    const content = decodeSafetensors(checkpoint);
    const text = content.metadata["snapshot"]!;
    let accepted = 0;
    for (let round = 0; round < 400; round++) {
      const snapshot = round % 4 === 0
        ? new TextDecoder().decode(mutated(new TextEncoder().encode(text), random))
        : otherJson(text, random);
      const bytes = encodeSafetensors({
        tensors: content.tensors,
        metadata: { ...content.metadata, sha256: NO_SEAL, snapshot },
      });
      setSeal(bytes, sealOf(bytes));
      const refused = await refusal(
        async () => {
          const { snapshot } = await decodeCheckpoint(bytes);
          await prepareRun({ ...settings, steps: Math.abs(snapshot.loop.step) + 3 }, snapshot).start();
        },
        VALUES,
        `round ${round}`,
      );
      if (refused === undefined) accepted++;
    }
    assert(accepted > 8 && accepted < 392, `${accepted} accepted`);
  });
}

Deno.test("2,000 damaged config files are refused, or hold settings within their ranges", async () => {
  const random = randomSeeded(4n);
  const original = new TextEncoder().encode(configJson(CARTPOLE.settings));
  for (let round = 0; round < 2_000; round++) {
    const text = round % 2 === 0
      ? new TextDecoder().decode(mutated(original, random))
      : otherJson(new TextDecoder().decode(original), random);
    const read = () => readSettings({ values: new Map(), words: [] }, parse(text));
    const refused = await refusal(read, LINE, `round ${round}`);
    if (refused !== undefined) continue;
    const settings = read();
    assertEquals(Object.keys(settings).sort(), [...SETTING_NAMES].sort());
    // And whatever they say, the policy of another network is refused without a network that large.
    await refusal(
      () => restorePolicy(settings, () => CARTPOLE.policy, "p"),
      [...LINE, ...VALUES],
      `round ${round}`,
    );
  }
});

/** JSON, or what the command says where there is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

Deno.test("2,000 damaged logs and summaries are refused, or hold numbers in order", async () => {
  const random = randomSeeded(5n);
  const summary = {
    ...CARTPOLE.summary,
    wall_seconds: 1,
    steps_per_second: 2,
    kernel: "simd",
    versions: { bellman: "0.1.0", deno: "2", v8: "3" },
  };
  const texts: RunTexts = {
    "config.json": configJson(CARTPOLE.settings),
    "summary.json": JSON.stringify(summary, null, 2),
    "episodes.csv": CARTPOLE.episodes,
    "evaluations.csv": CARTPOLE.evaluations,
  };
  parseSavedRun(texts, "x");
  for (let round = 0; round < 2_000; round++) {
    const file = (["summary.json", "episodes.csv", "episodes.csv", "evaluations.csv"] as const)[round % 4]!;
    const bytes = mutated(new TextEncoder().encode(texts[file]), random);
    const damaged = { ...texts, [file]: new TextDecoder().decode(bytes) };
    const read = () => parseSavedRun(damaged, "x");
    const refused = await refusal(read, LINE, `round ${round}`);
    if (refused !== undefined) continue;
    const { episodes, evaluations } = read();
    if (file === "episodes.csv") {
      assert(episodes.length >= Number(CARTPOLE.summary["episodes"]), `round ${round}`);
    }
    for (const rows of [episodes, evaluations]) {
      rows.forEach(({ step }, i) => assert(step >= (rows[i - 1]?.step ?? 0), `round ${round}`));
    }
  }
});

/** What the index of a folder says of a file that may have been damaged. */
async function stateOf(folder: string, name: string): Promise<string> {
  const [check] = await checkFiles(folder, [name], true) ?? [];
  return check?.state ?? "none";
}

Deno.test("2,000 damaged files of a run and of a sweep are found by the index, every one", () =>
  inFolder(async (folder) => {
    const random = randomSeeded(7n);
    const summary = JSON.stringify(CARTPOLE.summary, null, 2) + "\n";
    const files: [string, Uint8Array][] = [
      ["config.json", configJson(CARTPOLE.settings)],
      ["summary.json", summary],
      ["episodes.csv", CARTPOLE.episodes],
      ["evaluations.csv", CARTPOLE.evaluations],
      ["q_table.csv", "state,0,1\n0,0.5,1\n"],
      ["report.html", "<!doctype html><title>a report</title>"],
      ["policy.safetensors", CARTPOLE.policy],
      ["policy.onnx", CARTPOLE.onnx ?? new Uint8Array(0)],
      ["sweep.json", '{"version":"0.1.0","args":["--trials","9"],"config":null,"space":null}\n'],
      ["results.csv", "rank,trial,score\n1,3,500\n"],
    ].map(([name, content]) => [
      String(name),
      content instanceof Uint8Array ? content : new TextEncoder().encode(content),
    ]);
    const sealed = sealFolder(folder);
    sealed.save(files);
    sealed.settle();
    for (let round = 0; round < 2_000; round++) {
      const [name, original] = files[round % files.length]!;
      const bytes = mutated(original, random);
      Deno.writeFileSync(`${folder}/${name}`, bytes);
      assertEquals(
        await stateOf(folder, name),
        equal(bytes, original) ? "same" : "changed",
        `round ${round}`,
      );
      Deno.writeFileSync(`${folder}/${name}`, original);
    }
  }));

Deno.test("2,000 damaged indices are refused, every one", () => {
  const random = randomSeeded(8n);
  const names = ["checkpoint.safetensors", "config.json", "episodes.csv", "runs/x-1.json"];
  const index = new Map(
    names.map((name, i) => [name, [sealOf(Uint8Array.of(i)), ...(i === 0 ? ["nothing"] : [])]]),
  );
  const original = new TextEncoder().encode(encodeIndex(index));
  for (let round = 0; round < 2_000; round++) {
    const bytes = mutated(original, random);
    let found: FileIndex | undefined;
    try {
      found = decodeIndex(new TextDecoder().decode(bytes));
    } catch (error) {
      assert(error instanceof SyntaxError, `round ${round}`);
    }
    assertEquals(found !== undefined, equal(bytes, original), `round ${round} is read as if it were good`);
  }
});

Deno.test("2,000 damaged results of a sweep are not used, every one, and that is said", () =>
  inFolder(async (folder) => {
    const random = randomSeeded(9n);
    const { settings } = CARTPOLE;
    const id = runKey(settings);
    const output = resultOf(settings, 123.5);
    const idOf = (result: RunResult) => runKey(result.settings);
    const original = new TextEncoder().encode(sealedJson({ id, output }));
    const again = new Error("it is made again");
    const queue: JobQueue<Settings, RunResult> = {
      submit: () => Promise.reject(again),
      close: () => Promise.resolve(),
    };
    const options = { folder, read: readRunResult, idOf, keepFailures: true };
    for (let round = 0; round < 2_000; round++) {
      const bytes = mutated(original, random);
      Deno.writeFileSync(`${folder}/${id}.json`, bytes);
      let used: unknown;
      const said = await saidBy(async () => {
        try {
          used = await storedQueue(queue, options).submit({ id, input: settings });
        } catch (error) {
          assertEquals(error, again);
        }
      });
      const isGood = equal(bytes, original);
      assertEquals(used, isGood ? { output } : undefined, `round ${round}`);
      assertEquals(said === "", isGood, `round ${round}`);
    }
  }));

Deno.test("500 damaged event files give the whole events that they begin with", () => {
  const random = randomSeeded(6n);
  const original = Uint8Array.from({ length: 200 }, (_, i) => i);
  for (let round = 0; round < 500; round++) {
    const { bytes, count } = firstEvents(mutated(original, random), 1_000);
    assertEquals([bytes.length, count], [0, 0]);
  }
});

Deno.test("false sizes and offsets cost no memory", () => {
  const file = (header: unknown) => {
    const json = new TextEncoder().encode(JSON.stringify(header));
    const bytes = new Uint8Array(8 + json.length + 8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
    bytes.set(json, 8);
    return bytes;
  };
  const before = Deno.memoryUsage().rss;
  for (const dtype of ["F64", "U8", "U16", "I32"]) {
    for (
      const [shape, offsets] of [
        [[2 ** 40], [0, 2 ** 43]],
        [[2 ** 26, 2 ** 26], [0, 8]],
        [[2 ** 52], [0, 2 ** 52]],
        [[1], [2 ** 52, 2 ** 52 + 1]],
        [[0, 2 ** 52, 2 ** 52], [0, 8]],
      ]
    ) {
      const bytes = file({ a: { dtype, shape, data_offsets: offsets } });
      assertThrows(() => decodeSafetensors(bytes), SyntaxError, "tensor a must lie in bytes");
    }
  }
  const settings: Settings = { ...CARTPOLE.settings, hidden: [50_000, 50_000] };
  assertThrows(() => restorePolicy(settings, () => CARTPOLE.policy, "p"), Error, "it must have the 2500");
  assertThrows(
    () => restorePolicy({ ...LAKE.settings, envOptions: { mapName: "8x8" } }, () => LAKE.policy, "p"),
    Error,
    "it must be q_table (64, 4)",
  );
  assert(Deno.memoryUsage().rss - before < 100e6);
});
