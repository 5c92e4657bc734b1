import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { appearance, filesBelow, inFolder, runScript, startScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

const permissions = ["--allow-read", "--allow-write", "--allow-run"];
const sweep = (args: readonly string[], cwd: string) => runScript("sweep.ts", args, { cwd, permissions });
const quickSweep = (args: readonly string[], cwd: string) => sweep([...args, "--skip-pictures"], cwd);
const TINY_RUNS = [
  ...["--halving", "2", "--rungs", "2", "--steps", "1200"],
  ...["--learning-starts", "200", "--eval-interval", "300", "--eval-episodes", "3"],
  ...["--search", "learning-rate=log:1e-4:1e-2", "--search", "hidden=8|16,16"],
];
const TINY = [...TINY_RUNS, "--trials", "4", "--seeds", "2"];
/** Two random rounds of 5 trials, and one of 2 that learns from them. */
const LEARNING = [
  ...TINY_RUNS,
  ...["--sampling", "tpe", "--trials", "12", "--round-size", "5", "--seeds", "1"],
];
/** What must not depend on the machine. */
const EXACT = ["importance.svg", "parallel.svg", "results.csv", "results.json", "runs.csv"];

const readJson = (path: string) => JSON.parse(Deno.readTextFileSync(path));

Deno.test("a sweep leaves its tables, a report and the best run as train leaves it", () =>
  inFolder(async (cwd) => {
    const { code, stdout, stderr } = await sweep(TINY, cwd);
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^ +1 +trial \d +\d+\.\d ± \d+\.\d +finished +0\.\d+ +(8|16,16)$/m);
    const folder = `${cwd}/runs/CartPole-v1/sweep`;
    const files = filesBelow(folder);
    const own = files.filter((file) => !/^(best|runs)\//.test(file));
    assertEquals(
      own,
      ["SHA256SUMS", "best_config.json", ...EXACT, "report.html", "sweep.json", "times.csv"].sort(),
    );
    assertEquals(files.filter((file) => file.startsWith("runs/")).length, 4 * 2 + 2 * 2);

    const rows = parse(Deno.readTextFileSync(`${folder}/results.csv`), { skipFirstRow: true });
    assertEquals(rows.map(({ status, rung, steps }) => [status, rung, steps]), [
      ["finished", "2", "1200"],
      ["finished", "2", "1200"],
      ["stopped", "1", "600"],
      ["stopped", "1", "600"],
    ]);
    const [best] = rows;
    const command = /^best +deno task (.*)$/m.exec(stdout)![1]!.split(" ");
    assertEquals(command[0], "train");
    const trained = await runScript("train.ts", [
      "--config",
      `${folder}/best_config.json`,
      "--out",
      "again",
      "--json",
    ], { cwd });
    const again = filesBelow(`${cwd}/again`);
    assertEquals(files.filter((file) => file.startsWith("best/")), again.map((file) => `best/${file}`));
    for (
      const file of again.filter((name) => !["SHA256SUMS", "report.html", "summary.json"].includes(name))
    ) {
      assertEquals(
        Deno.readFileSync(`${folder}/best/${file}`),
        Deno.readFileSync(`${cwd}/again/${file}`),
        file,
      );
    }
    const { hidden, learningRate, seed } = readJson(`${folder}/best_config.json`);
    assertEquals([hidden.join(","), String(learningRate)], [best!.hidden, best!["learning-rate"]]);
    const runs = parse(Deno.readTextFileSync(`${folder}/runs.csv`), { skipFirstRow: true });
    const run = runs.find((row) =>
      row.trial === best!.trial && row.rung === "2" && row.seed === String(seed)
    );
    assertEquals(JSON.parse(trained.stdout).weights_sha256, run!.weights_sha256);

    const report = Deno.readTextFileSync(`${folder}/report.html`);
    for (
      const text of ["Sweep of CartPole-v1", "4 with 600 steps, then 2 with 1,200 steps", "<svg", "stopped"]
    ) {
      assertStringIncludes(report, text);
    }
    assert(!/<(script|link|img)|href=|url\(/.test(report), "it needs nothing beside it");
  }));

Deno.test("the files are the same whatever the number of workers, and after being killed and resumed", () =>
  inFolder(async (cwd) => {
    for (const workers of ["1", "3"]) {
      assertEquals((await quickSweep([...LEARNING, "--workers", workers, "--out", workers], cwd)).code, 0);
    }
    const child = startScript("sweep.ts", [...LEARNING, "--workers", "1", "--out", "killed"], {
      cwd,
      permissions,
    });
    await appearance(cwd, /^killed\/runs\/.*\.json$/);
    child.kill("SIGKILL");
    await child.output();
    assert(!filesBelow(`${cwd}/killed`).includes("results.csv"));
    const { code, stderr } = await quickSweep(["--resume", "killed", "--workers", "2", "--json"], cwd);
    assertEquals([code, stderr], [0, ""]);
    for (const file of EXACT) {
      const [first, ...others] = ["1", "3", "killed"].map((folder) =>
        Deno.readTextFileSync(`${cwd}/${folder}/${file}`)
      );
      for (const other of others) assertEquals(other, first, file);
    }
    // Another time: nothing is left to do, and nothing changes.
    const results = Deno.readTextFileSync(`${cwd}/killed/results.csv`);
    assertEquals((await quickSweep(["--resume", "killed"], cwd)).code, 0);
    assertEquals(Deno.readTextFileSync(`${cwd}/killed/results.csv`), results);
  }));

Deno.test(
  "Ctrl-C exits with 130 and says how to resume",
  { ignore: Deno.build.os === "windows" },
  () =>
    inFolder(async (cwd) => {
      const args = [...TINY, "--steps=120000", "--out", "x"].filter((arg, i, all) =>
        arg !== "--steps" && all[i - 1] !== "--steps"
      );
      const child = startScript("sweep.ts", args, { cwd, permissions });
      await appearance(cwd, "x/sweep.json");
      await new Promise((resolve) => setTimeout(resolve, 500));
      child.kill("SIGINT");
      const { code, stderr } = await child.output();
      assertEquals(code, 130);
      assertEquals(new TextDecoder().decode(stderr), "Stopped; to resume: deno task sweep --resume x\n");
    }),
);

Deno.test("a trial that takes too long has failed, and stays so when the sweep is resumed", () =>
  inFolder(async (cwd) => {
    const args = [
      ...["--sampling", "grid", "--search", "hidden=8|2048,2048", "--seeds", "1", "--halving", "none"],
      ...["--steps", "2400", "--eval-interval", "none", "--stop-at-return", "none", "--eval-episodes", "2"],
    ];
    const first = await quickSweep([...args, "--time-limit", "15", "--out", "x"], cwd);
    assertEquals([first.code, first.stderr], [0, "error: trial 2 failed: took longer than 15 s\n"]);
    const results = Deno.readTextFileSync(`${cwd}/x/results.csv`);
    assertStringIncludes(results, "took longer than 15 s");
    assertEquals((await quickSweep(["--resume", "x"], cwd)).code, 0);
    assertEquals(Deno.readTextFileSync(`${cwd}/x/results.csv`), results);
  }));

Deno.test("if every trial fails, the sweep reports it and exits with 1", () =>
  inFolder(async (cwd) => {
    const args = [
      "--search",
      "learning-rate=1e30|1e31",
      "--sampling",
      "grid",
      "--seeds",
      "1",
      "--steps",
      "1200",
    ];
    const { code, stderr } = await quickSweep([...args, "--out", "x"], cwd);
    assertEquals(code, 1);
    assertMatch(stderr, /^error: trial 1 failed: Cannot continue training at step \d+/);
    assertMatch(stderr, /\nerror: every trial failed\n$/);
    assert(!filesBelow(`${cwd}/x`).some((file) => file.startsWith("best")));
  }));

const BAD: [string[], string][] = [
  [["--search", "gama=0.9|1"], "unknown setting gama (did you mean gamma?)"],
  [["--search", "gamma=lin:0.5:1.5"], "gamma must be a number in [0, 1], got 1.5"],
  [["--search", "gamma=0.9|1", "--gamma", "1"], "--gamma must be given or searched, got both"],
  [["--search", "gamma=0.9|1", "--space", "space.json"], "only one of --search and --space"],
  [["--space", "missing.json"], "Cannot read missing.json"],
  [["--space", "broken.json"], "Cannot read broken.json: it must be JSON"],
  [["--space", "list.json"], "the space must be a JSON object of settings"],
  [["--search", "buffer-size=64|128", "--sampling", "grid"], "--buffer-size must be at least --batch-size"],
  [["--search", "buffer-size=64|128", "--sampling", "grid"], "(trial 1: --buffer-size 64)"],
  [["--steps", "3000"], "--steps must be at least --learning-starts (1000), got 333 (trial 1 in rung 1 of 3"],
  [["--sampling", "grid", "--search", "gamma=lin:0.5:0.9"], "gamma must say how many points a grid takes"],
  [["--sampling", "grid", "--search", "gamma=0.9|1", "--trials", "2"], "--trials must be absent"],
  [["--sampling", "sobol"], "--sampling must be one of random, grid, tpe, got sobol"],
  [["--round-size", "5"], "--round-size needs --sampling tpe, got random"],
  [["--sampling", "tpe", "--round-size", "0"], "--round-size must be a whole number from 1, got 0"],
  [["--sampling", "tpe", "--trials", "10"], "--trials must be above 10 with --sampling tpe"],
  [["--trials", "0"], "--trials must be a whole number from 1, got 0"],
  [["--seeds", "0"], "--seeds must be a whole number from 1, got 0"],
  [["--trials", "5000000000"], "--trials must be a whole number from 1 to 100000, got 5000000000"],
  [["--seeds", "5000000000"], "--seeds must be a whole number from 1 to 10000, got 5000000000"],
  [["--pruning", "mean"], "--pruning must be one of halving, median, got mean"],
  [["--pruning", "median", "--halving", "3"], "--halving must be absent with --pruning median"],
  [["--halving", "1"], "--halving must be a whole number from 2, or none, got 1"],
  [["--rungs", "0"], "--rungs must be a whole number from 1, got 0"],
  [
    ["--time-limit", "2147484"],
    "--time-limit must be a whole number of seconds in [1, 2147483], got 2147484",
  ],
  [["--workers", "0"], "--workers must be a whole number from 1, got 0"],
  [["--env", "Pong-v5", "--steps", "500", "--search", "gamma=0.9|1"], "--env must be one of"],
  [["--env", "CartPol-v1"], "did you mean CartPole-v1?"],
  [["--hidden", "100000000,100000000", "--search", "gamma=0.9|1"], "must fit into memory"],
  [["--out", "full"], "full must be empty, got 1 entries"],
  [["--out", "list.json"], "list.json must be a writable folder"],
  [["--resume", "missing"], "Cannot read missing/sweep.json"],
  [["--resume", "full"], "Cannot resume full: its version must be"],
  [["--resume", "odd"], "Cannot resume odd: Cannot read odd/sweep.json: args must be a list, got 5"],
  [
    ["--resume", "full", "--trials", "5"],
    "--trials must be absent beside --resume, since the sweep's own is used",
  ],
  [["word"], "every argument must be a flag, got word"],
];

Deno.test("bad input gives exit code 2, one clear line, and nothing written or run", () =>
  inFolder(async (cwd) => {
    const { version } = JSON.parse(Deno.readTextFileSync(new URL("../../deno.json", import.meta.url)));
    Deno.writeTextFileSync(`${cwd}/broken.json`, "{");
    Deno.writeTextFileSync(`${cwd}/list.json`, "[]");
    Deno.writeTextFileSync(`${cwd}/space.json`, '{"gamma": [0.9]}');
    Deno.mkdirSync(`${cwd}/full`);
    Deno.writeTextFileSync(`${cwd}/full/sweep.json`, '{"version": "0.0.1", "args": []}');
    Deno.mkdirSync(`${cwd}/odd`);
    Deno.writeTextFileSync(`${cwd}/odd/sweep.json`, JSON.stringify({ version, args: 5 }));
    const before = filesBelow(cwd);
    await assertRefusals(
      "sweep",
      BAD.map(([args, message]) => [[...args, "--skip-pictures"], message] as const),
      { cwd, permissions },
    );
    assertEquals(filesBelow(cwd), before);
  }));

Deno.test("a space from a file, and a configuration to start from", () =>
  inFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/space.json`, '{"gamma": [0.9, 0.98], "double": [true]}');
    Deno.writeTextFileSync(`${cwd}/config.json`, '{"preset": "lecture", "episodes": 4}');
    const args = ["--space", "space.json", "--config", "config.json", "--trials", "2", "--seeds", "1"];
    assertEquals((await quickSweep([...args, "--halving", "none", "--out", "x"], cwd)).code, 0);
    const { preset, double, episodes } = readJson(`${cwd}/x/best/config.json`);
    assertEquals([preset, double, episodes], ["lecture", true, 4]);
    // The sweep holds all that it needs.
    Deno.removeSync(`${cwd}/space.json`);
    Deno.removeSync(`${cwd}/config.json`);
    assertEquals((await quickSweep(["--resume", "x"], cwd)).code, 0);
  }));

Deno.test("a sweep works in your own environment", () =>
  inFolder(async (cwd) => {
    const guide = Deno.readTextFileSync(new URL("../../docs/own_environment.md", import.meta.url));
    const [, example] = guide.match(/```ts\n(\/\/ my_env\.ts[\s\S]*?)\n```/)!;
    Deno.writeTextFileSync(`${cwd}/my_env.ts`, example!);
    const args = ["--env", "./my_env.ts", "--search", "gamma=0.9|0.98", "--trials", "2", "--seeds", "1"];
    const { code, stderr } = await quickSweep([...args, "--halving", "none", "--steps", "1500"], cwd);
    assertEquals([code, stderr], [0, ""]);
    assert(filesBelow(`${cwd}/runs/my_env/sweep`).includes("best/policy.onnx"));
  }));

Deno.test("--help names every flag and fits into 100 columns", () =>
  inFolder(async (cwd) => {
    const { code, stdout } = await runScript("sweep.ts", ["--help"], { cwd, permissions: [] });
    assertEquals(code, 0);
    for (const flag of ["--trials", "--search", "--halving", "--resume", "--learning-rate"]) {
      assertStringIncludes(stdout, `  ${flag}`);
    }
    assert(stdout.split("\n").every((line) => line.length <= 100));
  }));
