import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { main } from "../../scripts/train.ts";
import { appearance, contentOf, filesBelow, inFolder, runScript, startTraining } from "./_process.ts";

/** A small run; the 3 is of --eval-episodes alone. */
const ARGS = [
  ...["--agent", "rainbow", "--hidden", "8", "--atoms", "7", "--batch-size", "8"],
  ...["--stop-at-return", "none", "--eval-interval", "700", "--eval-episodes", "3", "--skip-pictures"],
  // By default it is --steps, in which a run and the rest of another differ here.
  ...["--priority-beta-steps", "1000"],
];
const LONG_EVALUATIONS = ARGS.map((arg) => arg === "3" ? "1000000" : arg);
const SAVED = ["--checkpoint-interval", "100"];
const isWindows = Deno.build.os === "windows";

const readJson = (path: string) => JSON.parse(Deno.readTextFileSync(path));

/** Trains within this process. */
const train = (cwd: string, out: string, args: readonly string[]) =>
  main([...args, "--out", `${cwd}/${out}`, "--quiet"]);
const resume = (cwd: string, out: string, args: readonly string[] = ["--skip-pictures"]) =>
  main(["--resume", `${cwd}/${out}`, "--quiet", ...args]);

/** Waits until a run has a checkpoint, and a little longer. */
async function wellUnderWay(cwd: string, folder = "x"): Promise<void> {
  await appearance(cwd, `${folder}/checkpoint.safetensors`);
  await new Promise((resolve) => setTimeout(resolve, 100));
}

for (
  const [signal, code] of [["SIGINT", 130], ["SIGTERM", 130], ["SIGHUP", 130], ["SIGKILL", 137]] as const
) {
  Deno.test(
    `a run stopped by ${signal} resumes as if it had never stopped`,
    { ignore: isWindows },
    () =>
      inFolder(async (cwd) => {
        const child = startTraining([...ARGS, ...SAVED, "--steps", "1000000"], cwd);
        await wellUnderWay(cwd);
        child.kill(signal);
        const { code: got, stderr } = await child.output();
        assertEquals(got, code);
        const wasKilled = signal === "SIGKILL";
        const said = "Interrupted; to resume: deno task train --resume x\n";
        assertEquals(new TextDecoder().decode(stderr), wasKilled ? "" : said);
        assertEquals(filesBelow(`${cwd}/x`).includes("run.lock"), wasKilled);
        const steps = wasKilled ? 8_000 : Math.max(1_000, readJson(`${cwd}/x/summary.json`).env_steps) + 500;
        const budget = ["--steps", String(steps)];
        const resumed = await runScript(
          "train.ts",
          ["--resume", "x", ...budget, "--json", "--skip-pictures"],
          { cwd },
        );
        assertEquals(resumed.code, 0, resumed.stderr);
        assertEquals(JSON.parse(resumed.stdout).env_steps, steps);
        await train(cwd, "whole", [...ARGS, ...budget]);
        assertEquals(contentOf(`${cwd}/x`), contentOf(`${cwd}/whole`));
      }),
  );
}

Deno.test(
  "Ctrl-C within an evaluation keeps the episodes that were played",
  { ignore: isWindows },
  () =>
    inFolder(async (cwd) => {
      const args = [...LONG_EVALUATIONS, "--steps", "1400"];
      const child = startTraining(args, cwd);
      await appearance(cwd, "x/config.json");
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      child.kill("SIGINT");
      assertEquals((await child.output()).code, 130);
      assertEquals(readJson(`${cwd}/x/summary.json`).env_steps, 700);
      assertEquals(readJson(`${cwd}/x/summary.json`).evaluation, null);
      const bytes = Deno.readFileSync(`${cwd}/x/checkpoint.safetensors`);
      const [, returns] = /"evaluationReturns":\[([^\]]*)\]/.exec(
        new TextDecoder().decode(bytes).replaceAll('\\"', '"'),
      )!;
      assert(returns!.split(",").length > 10, returns);
    }),
);

Deno.test("a run that has ended resumes with a larger budget, and not with a smaller one", () =>
  inFolder(async (cwd) => {
    await train(cwd, "x", [...ARGS, "--steps", "1200"]);
    const ended = contentOf(`${cwd}/x`);
    assertEquals(await resume(cwd, "x"), 0);
    assertEquals(contentOf(`${cwd}/x`), ended, "resuming an ended run changes nothing");
    await assertRejects(
      () => resume(cwd, "x", ["--steps", "1199"]),
      Error,
      "--steps must be at least the 1200 steps taken, got 1199",
    );
    await assertRejects(
      () => resume(cwd, "x", ["--episodes", "3"]),
      Error,
      "--episodes must be at least the",
    );
    await assertRejects(
      () => resume(cwd, "x", ["--stop-at-return", "1"]),
      Error,
      "--stop-at-return must be above",
    );
    assertEquals(contentOf(`${cwd}/x`), ended);
    assertEquals(await resume(cwd, "x", ["--steps", "2000", "--kernel", "none", "--skip-pictures"]), 0);
    await train(cwd, "whole", [...ARGS, "--steps", "2000"]);
    assertEquals(contentOf(`${cwd}/x`), contentOf(`${cwd}/whole`));
  }));

Deno.test("a prioritized run resumes with its original β, whatever its new budget", () =>
  inFolder(async (cwd) => {
    const args = ARGS.slice(0, ARGS.indexOf("--priority-beta-steps"));
    await train(cwd, "x", [...args, "--steps", "1200"]);
    assertEquals(readJson(`${cwd}/x/config.json`).priorityBetaSteps, 1_200);
    assertEquals(await resume(cwd, "x", ["--steps", "2000", "--skip-pictures"]), 0);
    await train(cwd, "whole", [...args, "--steps", "2000", "--priority-beta-steps", "1200"]);
    assertEquals(contentOf(`${cwd}/x`), contentOf(`${cwd}/whole`));
  }));

Deno.test("a run that was killed before its first checkpoint starts again", () =>
  inFolder(async (cwd) => {
    await train(cwd, "whole", [...ARGS, "--steps", "1100"]);
    Deno.mkdirSync(`${cwd}/x`);
    Deno.copyFileSync(`${cwd}/whole/config.json`, `${cwd}/x/config.json`);
    Deno.writeTextFileSync(`${cwd}/x/run.lock`, "");
    Deno.writeTextFileSync(`${cwd}/x/checkpoint.safetensors.tmp`, "half");
    assertEquals(await resume(cwd, "x"), 0);
    assertEquals(contentOf(`${cwd}/x`), contentOf(`${cwd}/whole`));
  }));

Deno.test("the seconds of a run are those of all its parts", () =>
  inFolder(async (cwd) => {
    await train(cwd, "x", [...ARGS, "--steps", "1100"]);
    const summary = readJson(`${cwd}/x/summary.json`);
    Deno.writeTextFileSync(`${cwd}/x/summary.json`, JSON.stringify({ ...summary, wall_seconds: 1_000 }));
    Deno.removeSync(`${cwd}/x/SHA256SUMS`);
    await resume(cwd, "x");
    const { wall_seconds: first } = readJson(`${cwd}/x/summary.json`);
    assert(first > 1_000 && first < 1_010, String(first));
    Deno.writeTextFileSync(`${cwd}/x/run.lock`, '{"wall_seconds": 2000}\n');
    await resume(cwd, "x");
    const { wall_seconds: second } = readJson(`${cwd}/x/summary.json`);
    assert(second > 2_000 && second < 2_010, String(second));
    for (const odd of ['{"wall_seconds": -1}', '{"wall_seconds": "1"}', "[", "null"]) {
      Deno.writeTextFileSync(`${cwd}/x/run.lock`, odd);
      assertEquals(await resume(cwd, "x"), 0);
    }
  }));

Deno.test("a resumed run's events for TensorBoard have no gap and no duplicate", () =>
  inFolder(async (cwd) => {
    const args = [...ARGS, "--tensorboard"];
    const events = `${cwd}/x/events.out.tfevents.0.bellman`;
    const timeless = (path: string) => {
      const bytes = Deno.readFileSync(path);
      const view = new DataView(bytes.buffer);
      const records: Uint8Array[] = [];
      for (let at = 0; at < bytes.length;) {
        const length = Number(view.getBigUint64(at, true));
        records.push(bytes.slice(at + 21, at + 12 + length)); // after the time of day
        at += length + 16;
      }
      return records;
    };
    await train(cwd, "x", [...args, "--steps", "1100"]);
    const early = Deno.readFileSync(`${cwd}/x/checkpoint.safetensors`);
    await resume(cwd, "x", ["--steps", "2200", "--tensorboard", "--skip-pictures"]);
    const whole = timeless(events);
    await train(cwd, "whole", [...args, "--steps", "2200"]);
    assertEquals(timeless(`${cwd}/whole/events.out.tfevents.0.bellman`), whole);
    // As if the process had been killed after the log had run ahead of the checkpoint, in the middle of an event; or behind.
    const bytes = Deno.readFileSync(events);
    for (const length of [bytes.length - 5, 300, 0]) {
      Deno.writeFileSync(events, bytes.subarray(0, length));
      Deno.writeFileSync(`${cwd}/x/checkpoint.safetensors`, early);
      Deno.removeSync(`${cwd}/x/SHA256SUMS`);
      await resume(cwd, "x", ["--tensorboard", "--skip-pictures"]);
      assertEquals(timeless(events), whole);
    }
  }));

Deno.test("runs that cannot be resumed are refused in one line, and left unchanged", () =>
  inFolder(async (cwd) => {
    await train(cwd, "x", [...ARGS, "--steps", "1100"]);
    await train(cwd, "other", [...ARGS, "--steps", "1100", "--gamma", "0.5", "--seed", "7"]);
    const copy = (from: string, to: string, files: readonly string[]) => {
      Deno.mkdirSync(`${cwd}/${to}`, { recursive: true });
      for (const file of files) Deno.copyFileSync(`${cwd}/${from}/${file}`, `${cwd}/${to}/${file}`);
    };
    copy("x", "mixed", ["config.json"]);
    copy("other", "mixed", ["checkpoint.safetensors"]);
    copy("x", "lost", ["config.json", "summary.json"]);
    copy("x", "damaged", ["config.json", "checkpoint.safetensors", "policy.safetensors"]);
    const bytes = Deno.readFileSync(`${cwd}/x/checkpoint.safetensors`);
    bytes[bytes.length >> 1]! ^= 1;
    Deno.writeFileSync(`${cwd}/damaged/checkpoint.safetensors`, bytes);
    copy("x", "short", ["config.json", "checkpoint.safetensors"]);
    Deno.truncateSync(`${cwd}/short/checkpoint.safetensors`, 5_000);
    copy("x", "policy", ["config.json"]);
    Deno.copyFileSync(`${cwd}/x/policy.safetensors`, `${cwd}/policy/checkpoint.safetensors`);
    copy("x", "no-config", ["checkpoint.safetensors"]);
    Deno.mkdirSync(`${cwd}/empty`);
    Deno.writeTextFileSync(`${cwd}/file`, "");
    const before = filesBelow(cwd);
    const refused: [string, string[], string][] = [
      ["mixed", [], "got another seed (0, in the checkpoint 7), gamma (0.99"],
      ["lost", [], "it must hold a checkpoint.safetensors, got none"],
      ["damaged", [], "it is damaged: its SHA-256 must be"],
      ["short", [], "the header must fit into the file of 5000 bytes"],
      ["policy", [], "Cannot resume"],
      ["no-config", [], "no-config/config.json: No such file"],
      ["empty", [], "empty/config.json: No such file"],
      ["absent", [], "absent/config.json: No such file"],
      ["file", [], "Cannot read"],
      [
        "x",
        ["--gamma", "0.5"],
        "--gamma must be absent, since its config.json decides; only --steps, --episodes",
      ],
      ["x", ["--env", "Taxi-v4"], "--env must be absent"],
      ["x", ["--out", "y"], "--out must be absent beside --resume"],
      ["x", ["--config", "c.json"], "--config must be absent beside --resume"],
      ["x", ["--overwrite"], "--overwrite must be absent beside --resume"],
      [
        "x",
        ["--checkpoint-interval", "0"],
        "--checkpoint-interval must be a whole number from 1, or none, got 0",
      ],
      ["x", ["--checkpoint-replay", "some"], "--checkpoint-replay must be one of full, none, got some"],
    ];
    for (const [folder, args, message] of refused) {
      const error = await assertRejects(() => resume(cwd, folder, args), Error);
      assertEquals([error.name, error.message.split("\n").length], ["UsageError", 1]);
      assertStringIncludes(error.message, message);
    }
    assertEquals(filesBelow(cwd), before);
    const { code, stderr } = await runScript("train.ts", ["--resume", "damaged"], { cwd });
    assertEquals(code, 2);
    assertMatch(stderr, /^error: Cannot resume damaged: [^\n]*\n$/);
  }));

Deno.test(
  "a second process is refused as long as the first one lives, and no longer",
  { ignore: isWindows },
  () =>
    inFolder(async (cwd) => {
      const child = startTraining([...ARGS, ...SAVED, "--steps", "1000000"], cwd);
      await wellUnderWay(cwd);
      const inUse = "Cannot save the run: x is in use by another process";
      for (const args of [["--resume", "x"], ["--out", "x"], ["--out", "x", "--overwrite"]]) {
        const { code, stdout, stderr } = await runScript("train.ts", args, { cwd });
        assertEquals([code, stdout, stderr], [2, "", `error: ${inUse}\n`]);
      }
      child.kill("SIGKILL");
      await child.output();
      assert(filesBelow(`${cwd}/x`).includes("run.lock"));
      assertEquals(await resume(cwd, "x", ["--steps", "8000", "--skip-pictures"]), 0);
      assert(!filesBelow(`${cwd}/x`).includes("run.lock"));
    }),
);

Deno.test("a run that is killed while it replaces another one leaves that one alone, and can be resumed", {
  ignore: isWindows,
}, () =>
  inFolder(async (cwd) => {
    await train(cwd, "x", [...ARGS, "--steps", "1100"]);
    const old = contentOf(`${cwd}/x`);
    const child = startTraining([...ARGS, ...SAVED, "--steps", "1000000", "--overwrite", "--seed", "5"], cwd);
    await wellUnderWay(cwd, "x/new-run");
    child.kill("SIGKILL");
    await child.output();
    const { "run.lock": _, ...kept } = Object.fromEntries(
      Object.entries(contentOf(`${cwd}/x`)).filter(([name]) => !name.startsWith("new-run/")),
    );
    assertEquals(kept, old);
    assertEquals(await resume(cwd, "x/new-run", ["--steps", "8000", "--skip-pictures"]), 0);
    assertEquals(readJson(`${cwd}/x/new-run/summary.json`).seed, 5);
    // The next one to replace the run begins anew.
    await train(cwd, "x", [...ARGS, "--steps", "1200", "--overwrite", "--seed", "6"]);
    await train(cwd, "whole", [...ARGS, "--steps", "1200", "--seed", "6"]);
    assertEquals(contentOf(`${cwd}/x`), contentOf(`${cwd}/whole`));
  }));
