import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { withSection } from "../../scripts/benchmark/benchmark_report.ts";
import { sealedJson } from "../../scripts/run/sealed_json.ts";
import { appearance, filesBelow, inFolder, runScript, startScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

const permissions = ["--allow-read", "--allow-write", "--allow-run"];
const TINY = [
  ...["--seeds", "2", "--seed", "2"],
  ...["--envs", "CartPole-v1", "--agents", "random,dqn", "--steps", "2600"],
];
const benchmark = (args: readonly string[], cwd: string) =>
  runScript("benchmark.ts", args, { cwd, permissions });

Deno.test("a benchmark leaves tables, a picture and one file per run, the same whatever the number of workers", () =>
  inFolder(async (cwd) => {
    for (const workers of ["1", "2"]) {
      const { code, stdout, stderr } = await benchmark(
        [...TINY, "--workers", workers, "--out", workers],
        cwd,
      );
      assertEquals([code, stderr], [0, ""]);
      assertMatch(stdout, /^\| CartPole-v1, dqn +\| +2 \| +\d+\.\d ± \d+\.\d \| .* 475 \| +1 of 2 \|/m);
    }
    const files = filesBelow(`${cwd}/1`);
    assertEquals(files.filter((file) => !file.startsWith("runs/")), [
      "CartPole-v1.svg",
      "results.csv",
      "results.md",
      "times.csv",
    ]);
    assertEquals(files.filter((file) => /^runs\/CartPole-v1-(random|dqn)-seed[23]-/.test(file)).length, 4);
    assertEquals(filesBelow(`${cwd}/2`), files);
    for (const file of ["CartPole-v1.svg", "results.csv"]) {
      const [one, two] = ["1", "2"].map((folder) => Deno.readTextFileSync(`${cwd}/${folder}/${file}`));
      assertEquals(one, two, file);
    }
    const rows = parse(Deno.readTextFileSync(`${cwd}/1/results.csv`), { skipFirstRow: true });
    assertEquals(rows.map(({ env, agent, runs, failed }) => [env, agent, runs, failed]), [
      ["CartPole-v1", "random", "2", "0"],
      ["CartPole-v1", "dqn", "2", "0"],
    ]);
    const table = Deno.readTextFileSync(`${cwd}/1/results.md`);
    assertEquals([...table.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link), ["CartPole-v1.svg"]);
    const again = await benchmark([...TINY, "--out", `${cwd}/1`, "--json", "--write"], cwd);
    assertEquals([again.code, again.stderr], [0, ""]);
    const { suite, results, remarks, saved_in: savedIn } = JSON.parse(again.stdout);
    assertEquals([suite, remarks, savedIn], ["presets", [], `${cwd}/1`]);
    assertEquals(
      results.map(({ agent, mean, iqm_low: low, returns }: Record<string, unknown[]>) => [
        agent,
        String(mean),
        String(low),
        returns?.length,
      ]),
      rows.map(({ agent, mean, iqm_low: low }) => [agent, mean, low, 2]),
    );
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/BENCHMARKS.md`), "![CartPole-v1](1/CartPole-v1.svg)");
    const seeds = /^- CartPole-v1, dqn: (-?[\d.]+), (-?[\d.]+)$/m.exec(
      table,
    );
    assertAlmostEquals((Number(seeds?.[1]) + Number(seeds?.[2])) / 2, Number(rows[1]!["mean"]), 0.1);
  }));

Deno.test("a second start runs only what is missing", () =>
  inFolder(async (cwd) => {
    const args = [
      "--seeds",
      "2",
      "--envs",
      "CartPole-v1",
      "--agents",
      "random",
      "--steps",
      "300",
      "--out",
      "x",
    ];
    assertEquals((await benchmark(args, cwd)).code, 0);
    const results = Deno.readTextFileSync(`${cwd}/x/results.csv`);
    const [first, second] = filesBelow(`${cwd}/x/runs`).map((file) => `${cwd}/x/runs/${file}`);
    const { sha256: _, ...kept } = JSON.parse(Deno.readTextFileSync(first!));
    kept.output.evaluation.mean = 1_000;
    Deno.writeTextFileSync(first!, sealedJson(kept)); // as if the run had ended so: it is kept
    Deno.writeTextFileSync(second!, '{"output": {"env_steps": "many"}}'); // damaged: it is run again
    assertEquals((await benchmark(args, cwd)).code, 0);
    const [before] = parse(results, { skipFirstRow: true });
    const [after] = parse(Deno.readTextFileSync(`${cwd}/x/results.csv`), { skipFirstRow: true });
    const other = 2 * Number(before!.mean) -
      JSON.parse(Deno.readTextFileSync(second!)).output.evaluation.mean;
    assert(other > 0 && other < 200);
    assertAlmostEquals(Number(after!.mean), Number(before!.mean) + (1_000 - other) / 2, 1e-9);
    Deno.removeSync(first!);
    assertEquals((await benchmark(args, cwd)).code, 0);
    assertEquals(Deno.readTextFileSync(`${cwd}/x/results.csv`), results);
  }));

Deno.test(
  "Ctrl-C keeps finished runs, and the same command resumes from there",
  { ignore: Deno.build.os === "windows" },
  () =>
    inFolder(async (cwd) => {
      const args = [...TINY, "--workers", "1", "--out"];
      const child = startScript("benchmark.ts", [...args, "stopped"], { cwd, permissions });
      await appearance(cwd, /^stopped\/runs\/.*\.json$/);
      child.kill("SIGINT");
      const { code, stderr } = await child.output();
      assertEquals(code, 130);
      assertStringIncludes(new TextDecoder().decode(stderr), "are kept in stopped/runs");
      assert(!filesBelow(`${cwd}/stopped`).includes("results.csv"));
      for (const folder of ["stopped", "whole"]) {
        assertEquals((await benchmark([...args, folder], cwd)).code, 0);
      }
      const [stopped, whole] = ["stopped", "whole"].map((folder) =>
        Deno.readTextFileSync(`${cwd}/${folder}/results.csv`)
      );
      assertEquals(stopped, whole);
    }),
);

Deno.test("a run that fails costs itself, is named, and is tried again the next time", () =>
  inFolder(async (cwd) => {
    const args = ["--suite", "lecture", "--seeds", "1", "--agents", "random,dqn", "--steps", "200000"];
    const { code, stdout, stderr } = await benchmark([...args, "--time-limit", "12", "--out", "x"], cwd);
    assertEquals([code, stderr], [1, "error: CartPole-v0, dqn, seed 0 failed: took longer than 12 s\n"]);
    assertStringIncludes(stdout, "- CartPole-v0, dqn, seed 0 failed: took longer than 12 s");
    assertEquals(filesBelow(`${cwd}/x/runs`).length, 1);
  }));

Deno.test("the lecture's suite compares its agents on CartPole-v0, and --write updates its section only", () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/BENCHMARKS.md`, withSection("# Ours\n\nText.", "presets", "kept"));
    const args = ["--suite", "lecture", "--seeds", "1", "--steps", "300", "--write"];
    const { code, stdout } = await benchmark(args, cwd);
    assertEquals(code, 0);
    const agents = [...stdout.matchAll(/^\| CartPole-v0, ([\w-]+) /gm)].map(([, agent]) => agent);
    assertEquals(agents, [
      "q-learning",
      "q-network",
      "dqn",
      "double-dqn",
      "dueling-dqn",
      "prioritized-dqn",
      "rainbow",
    ]);
    const document = Deno.readTextFileSync(`${cwd}/BENCHMARKS.md`);
    assertMatch(document, /^# Ours\n\nText\.\n\n<!-- suite presets -->\n\nkept\n/);
    assertStringIncludes(document, "`deno task benchmark --suite lecture --seeds 1 --steps 300 --write`");
    assertStringIncludes(document, "![CartPole-v0](benchmarks/lecture/CartPole-v0.svg)");
    assertStringIncludes(
      Deno.readTextFileSync(`${cwd}/benchmarks/lecture/CartPole-v0.svg`),
      "return in training, mean of 20 episodes",
    );
  }));

Deno.test("a part of a suite in a folder of its own gets a section of its own", () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/BENCHMARKS.md`, withSection("# Ours\n\nText.", "lecture", "kept"));
    const args = ["--suite", "lecture", "--agents", "random", "--seeds", "1", "--steps", "300", "--write"];
    assertEquals((await benchmark([...args, "--out", "tables/chance"], cwd)).code, 0);
    const document = Deno.readTextFileSync(`${cwd}/BENCHMARKS.md`);
    assertMatch(document, /^# Ours\n\nText\.\n\n<!-- suite lecture -->\n\nkept\n/);
    assertStringIncludes(document, "<!-- suite chance -->\n\n## Suite `lecture`: `chance`\n");
    assertStringIncludes(document, "![CartPole-v0](tables/chance/CartPole-v0.svg)");
  }));

Deno.test("a section takes the place of the older one", () => {
  const document = withSection(withSection("", "a", "one"), "b", "two");
  assertEquals(withSection(document, "a", "three"), document.replace("one", "three"));
  assertEquals(withSection(document, "b", "three"), document.replace("two", "three"));
});

const BAD: [string[], string][] = [
  [
    ["--suite", "lectur"],
    "--suite must be one of presets, lecture, pqn, minigrid, mujoco, pixels, got lectur",
  ],
  [["--agents", "dqn,dqm"], "--agents must be among random,"],
  [["--agents", "dqn,dqm"], "got dqm (did you mean dqn?)"],
  [["--agents", "dqn,,"], "--agents must be names separated by commas, got dqn,,"],
  [["--envs", "CartPole-v9"], "got CartPole-v9 (did you mean CartPole-v"],
  [["--seeds", "0"], "--seeds must be a whole number from 1, got 0"],
  [["--seeds", "5000000000"], "--seeds must be a whole number from 1 to 10000, got 5000000000"],
  [["--steps", "1.5"], "--steps must be a whole number from 1, got 1.5"],
  [["--agents", "dqn", "--steps", "5"], "--steps must be at least --learning-starts"],
  [["--workers", "none"], "--workers must be a whole number from 1, got none"],
  [["--time-limit", "2147484"], "in [1, 2147483], got 2147484"],
  [["--time-limit", "0"], "--time-limit must be a whole number of seconds in [1, 2147483], got 0"],
  [["--out", "file"], "file must be a writable folder"],
  [["word"], "every argument must be a flag, got word"],
];

Deno.test("bad input gives exit code 2, one clear line, and nothing written", () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/file`, "mine");
    await assertRefusals("benchmark", BAD, { cwd, permissions });
    assertEquals(filesBelow(cwd), ["file"]);
  }));
