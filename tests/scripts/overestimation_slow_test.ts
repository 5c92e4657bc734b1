import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { filesBelow, inFolder, runScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

const RUNNING = ["--allow-read", "--allow-write", "--allow-run"];
const TINY = ["--seeds", "2", "--steps", "1000", "--samples", "500", "--actions", "8", "--noise", "0.5"];

Deno.test("the lecture's study alone: two pictures' worth of numbers, and no training", () =>
  inFolder(async (cwd) => {
    const { code, stdout, stderr } = await runScript("overestimation.ts", ["--seeds", "0"], { cwd });
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^max Q\(a\) +1\.032 +0$/m);
    assertMatch(stdout, /^Q′\(argmax Q\(a\)\) +0\.019 +0$/m);
    assertEquals(filesBelow(`${cwd}/runs/overestimation`), ["maximum.svg"]);
    const svg = Deno.readTextFileSync(`${cwd}/runs/overestimation/maximum.svg`);
    for (const text of ["true value, 0", "mean of the samples", "prefers-color-scheme: dark"]) {
      assertStringIncludes(svg, text);
    }
    assertEquals(svg.match(/aria-roledescription="bar"/g)?.length, 32);
  }));

Deno.test("DQN and Double DQN are measured, with the same bytes whatever the number of workers", () =>
  inFolder(async (cwd) => {
    for (const workers of ["1", "2"]) {
      const args = [...TINY, "--workers", workers, "--out", workers, "--json"];
      const { code, stdout, stderr } = await runScript("overestimation.ts", args, {
        cwd,
        permissions: RUNNING,
      });
      assertEquals([code, stderr], [0, ""]);
      const { maximum, values, saved_in } = JSON.parse(stdout);
      assertEquals([maximum.samples, saved_in, values.length], [500, workers, 40]);
      assertEquals([maximum.actions, maximum.noise], [8, 0.5]);
      assertEquals(values[0].excess, values[0].predicted - values[0].obtained);
    }
    for (const file of ["maximum.svg", "values.csv", "values.svg"]) {
      const [one, two] = ["1", "2"].map((folder) => Deno.readTextFileSync(`${cwd}/${folder}/${file}`));
      assertEquals(one, two, file);
    }
    const rows = parse(Deno.readTextFileSync(`${cwd}/1/values.csv`), { skipFirstRow: true });
    assertEquals(rows.length, 2 * 2 * 20);
    assertEquals(Object.keys(rows[0]!), ["agent", "seed", "step", "predicted", "obtained"]);
  }));

const BAD: [string[], string][] = [
  [["--samples", "0"], "--samples must be a whole number from 1, got 0"],
  [["--samples", "5000000000"], "--samples must be a whole number from 1 to 10000000, got 5000000000"],
  [["--actions", "0"], "--actions must be a whole number from 1, got 0"],
  [["--actions", "1001"], "--actions must be a whole number from 1 to 1000, got 1001"],
  [["--noise", "-1"], "--noise must be a number in [0, 1000000], got -1"],
  [["--noise", "much"], "--noise must be a number in [0, 1000000], got much"],
  [["--seeds", "5000000000"], "--seeds must be a whole number from 0 to 10000, got 5000000000"],
  [["--seeds", "-1"], "--seeds must be a whole number from 0, got -1"],
  [["--seed", "x"], "--seed must be a whole number from 0, got x"],
  [["--steps", "10"], "--steps must be at least --learning-starts (1000), got 10"],
  [["--gamma", "1"], "--gamma must be below 1, got 1"],
  [["--env", "CartPol-v1"], "did you mean CartPole-v1?"],
  [["--workers", "0"], "--workers must be a whole number from 1, got 0"],
  [["--sample", "5"], "unknown flag --sample (did you mean --samples?)"],
  [["word"], "every argument must be a flag, got word"],
  [["--out", "file"], "file must be a writable folder"],
];

Deno.test("bad input gives exit code 2, one clear line, and nothing written", () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/file`, "mine");
    await assertRefusals("overestimation", BAD, { cwd });
    assertEquals(filesBelow(cwd), ["file"]);
  }));

Deno.test("--help names every flag", () =>
  inFolder(async (cwd) => {
    const { code, stdout } = await runScript("overestimation.ts", ["--help"], { cwd, permissions: [] });
    assertEquals(code, 0);
    for (const flag of ["--samples", "--seeds", "--steps", "--workers"]) assert(stdout.includes(flag));
    assert(!stdout.includes("default: 50000"));
  }));
