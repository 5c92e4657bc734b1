import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { decodeReplay, encodeReplay, type ReplayRows } from "../../agents/mod.ts";
import { main as train } from "../../scripts/train.ts";
import { sealOf } from "../../scripts/run/seal.ts";
import { inFolder, runScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

const QUIET = ["--quiet", "--skip-pictures", "--eval-episodes", "1"];
const SMALL = ["--hidden", "8", "--batch-size", "8", "--stop-at-return", "none", "--learning-starts", "50"];
const READING = ["--allow-read"];

const record = (cwd: string, ...args: readonly string[]) =>
  train([
    ...QUIET,
    "--agent",
    "random",
    "--out",
    `${cwd}/random`,
    "--save-buffer",
    `${cwd}/r.safetensors`,
    ...args,
  ]);

/** The object that a command prints. */
async function jsonOf(cwd: string, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runScript("replay.ts", [...args, "--json"], {
    cwd,
    permissions: READING,
  });
  assertEquals([code, stderr], [0, ""]);
  return JSON.parse(stdout);
}

Deno.test("replay shows a file's transitions, lab 1's shapes and the correlations, reading it alone", () =>
  inFolder(async (cwd) => {
    await record(cwd, "--steps", "400");
    const permissions = ["--allow-read=r.safetensors"];
    const { code, stdout, stderr } = await runScript("replay.ts", ["r.safetensors"], { cwd, permissions });
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "CartPole-v1, random, 400 transitions\n\n");
    for (const shape of ["(32, 4)", "(32,)"]) assertStringIncludes(stdout, shape);
    assertStringIncludes(stdout, "pole angular velocity (rad/s)");
    assert(!stdout.includes("|δ|"));

    const all = await jsonOf(cwd, "r.safetensors", "--seed", "1");
    assertEquals([all.env, all.agent, all.transitions, all.saved, all.seed], [
      "CartPole-v1",
      "random",
      400,
      400,
      1,
    ]);
    const newest = await jsonOf(cwd, "r.safetensors", "--buffer-size", "50", "--batch-size", "51");
    assertEquals([newest.transitions, newest.saved, newest.batch], [50, 400, []]);
    const few = await runScript("replay.ts", ["r.safetensors", "--buffer-size", "50", "--batch-size", "51"], {
      cwd,
    });
    assertStringIncludes(
      few.stdout,
      "50 transitions, the newest of 400\n\nfewer transitions than a mini-batch of 51",
    );
  }));

Deno.test("a file of anyone, of images, with a single transition", () =>
  inFolder(async (cwd) => {
    const rows: ReplayRows = {
      observationShape: [3, 3, 3],
      actionParts: 2,
      observations: new Uint8Array(27),
      actions: new Int32Array(2),
      rewards: new Float32Array(1),
      nextObservations: new Uint8Array(27),
      terminations: new Uint8Array(1),
      truncations: new Uint8Array(1),
      metadata: { env: "a\u{1b}[31m\nb" },
    };
    Deno.writeFileSync(`${cwd}/x.safetensors`, encodeReplay(rows));
    const { code, stdout } = await runScript("replay.ts", ["x.safetensors", "--batch-size", "1"], { cwd });
    assertEquals(code, 0);
    assert(!stdout.includes("\u{1b}"));
    assertStringIncludes(stdout, ", 1 transition\n");
    assertStringIncludes(stdout, "(1, 3, 3, 3)");
    assertStringIncludes(stdout, "(1, 2)");
    assertStringIncludes(stdout, "observation[23]");
    assertStringIncludes(stdout, "and of 3 others (--json has all)");
    const { correlations } = await jsonOf(cwd, "x.safetensors");
    assert(Array.isArray(correlations));
    assertEquals(correlations.at(-1), { name: "observation[26]", consecutive: null, sampled: null });
  }));

Deno.test("replay shows what a run's checkpoint holds, and what is drawn by priority", () =>
  inFolder(async (cwd) => {
    const args = [...SMALL, "--agent", "prioritized-dqn", "--steps", "300", "--buffer-size", "100"];
    await train([...QUIET, ...args, "--out", `${cwd}/p`, "--save-buffer", `${cwd}/p.safetensors`]);
    const read = async (...more: readonly string[]) => {
      const { priorities, ...rest } = await jsonOf(cwd, "p", ...more);
      assert(typeof priorities === "object" && priorities !== null);
      return { rest, drawn: new Map<string, unknown>(Object.entries(priorities)) };
    };
    const { rest, drawn } = await read();
    assertEquals(["slots", "alpha", "beta", "draws"].map((name) => drawn.get(name)), [100, 0.6, 1, 3200]);
    const mean = (name: string) => Number(drawn.get(`mean_${name}`));
    assert(mean("drawn") > mean("uniform"));
    assert(Math.abs(mean("weighted") / mean("uniform") - 1) < 0.1);
    // The checkpoint holds the newest of the transitions that the file holds.
    const { env, agent, saved, ...file } = await jsonOf(cwd, "p.safetensors", "--buffer-size", "100");
    assertEquals([env, agent, saved], ["CartPole-v1", "prioritized-dqn", 300]);
    assertEquals(rest, { env, agent, saved: 100, ...file });
    const uniform = (await read("--alpha", "0", "--beta", "0", "--draws", "100000", "--seed", "3")).drawn;
    assertEquals([uniform.get("alpha"), uniform.get("beta"), uniform.get("weights")], [0, 0, [1, 1]]);
    assert(Math.abs(Number(uniform.get("mean_drawn")) / mean("uniform") - 1) < 0.02);

    await train([...QUIET, ...SMALL, "--steps", "120", "--out", `${cwd}/u`]);
    const plain = await runScript("replay.ts", ["u"], { cwd, permissions: READING });
    assertEquals([plain.code, plain.stderr, plain.stdout.includes("|δ|")], [0, "", false]);

    const offline = ["--from-buffer", `${cwd}/p.safetensors`, "--prioritized", "--steps", "50"];
    await train([
      ...QUIET,
      "--hidden",
      "8",
      "--batch-size",
      "8",
      "--stop-at-return",
      "none",
      ...offline,
      "--out",
      `${cwd}/o`,
    ]);
    const learned = await jsonOf(cwd, "o");
    assertEquals([learned.transitions, learned.correlations], [
      300,
      (await jsonOf(cwd, "p.safetensors")).correlations,
    ]);
    assert(learned.priorities !== undefined);
  }));

Deno.test("what is no replay buffer, and flags out of place, are refused in one line", () =>
  inFolder(async (cwd) => {
    await record(cwd, "--steps", "100");
    const bytes = Deno.readFileSync(`${cwd}/r.safetensors`);
    Deno.writeFileSync(`${cwd}/short.safetensors`, bytes.subarray(0, 500));
    Deno.writeTextFileSync(`${cwd}/text`, "no tensors");
    Deno.writeFileSync(`${cwd}/nan.safetensors`, spoiled(decodeReplay(bytes)));
    await train([
      ...QUIET,
      "--agent",
      "q-learning",
      "--env",
      "FrozenLake-v1",
      "--steps",
      "100",
      "--out",
      `${cwd}/table`,
    ]);
    const dqn = [...QUIET, ...SMALL, "--steps", "60"];
    await train([...dqn, "--out", `${cwd}/d`]);
    await train([...dqn, "--checkpoint-replay", "none", "--out", `${cwd}/none`]);
    for (const name of ["damaged", "other"]) Deno.mkdirSync(`${cwd}/${name}`);
    const checkpoint = Deno.readFileSync(`${cwd}/d/checkpoint.safetensors`);
    Deno.copyFileSync(`${cwd}/d/config.json`, `${cwd}/damaged/config.json`);
    Deno.writeFileSync(`${cwd}/damaged/checkpoint.safetensors`, checkpoint.with(-1, checkpoint.at(-1)! ^ 1));
    Deno.writeFileSync(`${cwd}/other/checkpoint.safetensors`, checkpoint);
    const config = Deno.readTextFileSync(`${cwd}/d/config.json`).replace('"seed": 0', '"seed": 1');
    Deno.writeTextFileSync(`${cwd}/other/config.json`, config);
    Deno.mkdirSync(`${cwd}/empty`);
    await assertRefusals("replay", [
      [[], "one file or run folder must be given, got 0; see --help"],
      [["a", "b"], "one file or run folder must be given, got 2"],
      [["r.safetensors", "--alhpa", "1"], "unknown flag --alhpa (did you mean --alpha?)"],
      [["r.safetensors", "--buffer-size", "0"], "--buffer-size must be a whole number from 1, got 0"],
      [
        ["r.safetensors", "--batch-size", "1e9"],
        "--batch-size must be a whole number from 1 to 10000000, got 1000000000",
      ],
      [["r.safetensors", "--draws", "0"], "--draws must be a whole number from 1, got 0"],
      [["r.safetensors", "--seed", "-1"], "--seed must be a whole number from 0, got -1"],
      [["d", "--alpha", "-1"], "--alpha must be a number from 0, got -1"],
      [["d", "--beta", "2"], "--beta must be a number in [0, 1], got 2"],
      [["r.safetensors", "--alpha", "1"], "--alpha needs a run with prioritized replay, got r.safetensors"],
      [["d", "--beta", "1"], "--beta needs a run with prioritized replay, got d"],
      [["missing"], "Cannot read missing: "],
      [["short.safetensors"], "Cannot read short.safetensors: "],
      [["text"], "Cannot read text: "],
      [["nan.safetensors"], "Cannot read nan.safetensors: "],
      [["d/checkpoint.safetensors"], "it must have a tensor observations, got "],
      [["empty"], "Cannot read empty/config.json: "],
      [["random"], "Cannot read random: its agent must have a replay buffer, got random"],
      [["table"], "Cannot read table: its agent must have a replay buffer, got q-learning"],
      [["none"], "must hold a transition, got none, since --checkpoint-replay was none"],
      [["damaged"], "Cannot read damaged/checkpoint.safetensors: "],
      [["other"], "it and config.json must agree, got another seed (1, in the checkpoint 0)"],
    ], { cwd, permissions: READING });
    assertEquals(sealOf(Deno.readFileSync(`${cwd}/r.safetensors`)), sealOf(bytes));
  }));

/** A file with a number that is none: the bytes of the first observation are all ones. */
function spoiled(rows: ReplayRows): Uint8Array {
  const bytes = encodeReplay(rows);
  const header = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const { observations } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + header)));
  const start = 8 + header + observations.data_offsets[0];
  bytes.fill(255, start, start + 4);
  return bytes;
}
