import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { formatEnvSteps } from "../../scripts/bench/env_steps.ts";
import { inFolder, runScript } from "./_process.ts";

const BAD: [script: string, args: string[], message: string][] = [
  ["bench.ts", ["--jso"], "unknown flag --jso (did you mean --json?)"],
  ["bench.ts", ["--json=maybe"], "--json must be true or false, got maybe"],
  ["bench.ts", ["word"], "every argument must be a flag, got word"],
  ["bench_peers.ts", ["--pithon", "python3"], "unknown flag --pithon (did you mean --python?)"],
  ["bench_peers.ts", ["--python"], "--python must be followed by a value, got nothing"],
  ["bench_peers.ts", ["word"], "every argument must be a flag, got word"],
  ["bench_queue.ts", ["--sever", "x"], "unknown flag --sever (did you mean --server?)"],
  ["bench_queue.ts", ["--server"], "--server must be followed by a value, got nothing"],
  ["bench_queue.ts", ["word"], "every argument must be a flag, got word"],
  ["bench_search.ts", ["--serches", "3"], "unknown flag --serches (did you mean --searches?)"],
  ["bench_search.ts", ["--searches", "0"], "--searches must be a whole number from 1, got 0"],
  ["bench_search.ts", ["--trials", "10"], "--trials must be a whole number from 11, got 10"],
  ["bench_search.ts", ["--out"], "--out must be followed by a value, got nothing"],
  ["bench_search.ts", ["--json=maybe"], "--json must be true or false, got maybe"],
  ["bench_search.ts", ["--quiet=maybe"], "--quiet must be true or false, got maybe"],
  ["bench_search.ts", ["word"], "every argument must be a flag, got word"],
];

Deno.test("benchmarks of speed refuse bad flags before they measure, with exit code 2 and one line", () =>
  inFolder(async (cwd) => {
    for (const [script, args, message] of BAD) {
      const { code, stdout, stderr } = await runScript(script, args, { cwd, permissions: [] });
      assertEquals([code, stdout], [2, ""], stderr);
      assertStringIncludes(stderr, message);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    }
    const commands = [
      ["bench.ts", "bench"],
      ["bench_peers.ts", "bench:peers"],
      ["bench_queue.ts", "bench:queue"],
      ["bench_search.ts", "bench:search"],
    ];
    for (const [script, name] of commands) {
      const { code, stdout } = await runScript(script!, ["--help"], { cwd, permissions: [] });
      assertEquals(code, 0);
      assertMatch(stdout, new RegExp(`^Usage: deno task ${name} \\[flags\\]\n`));
    }
  }));

Deno.test("a server that cannot be started gives exit code 2, and leaves no folder behind", () =>
  inFolder(async (cwd) => {
    const permissions = ["--allow-read", "--allow-write", "--allow-run"];
    const env = { TMPDIR: cwd };
    const { code, stderr } = await runScript("bench_queue.ts", ["--server", "./none"], {
      cwd,
      permissions,
      env,
    });
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, "--server must be a NATS server that can be started, got ./none");
    assertEquals([...Deno.readDirSync(cwd)], []);
  }));

Deno.test("the table of environments has a dash without sines", () => {
  const lake = {
    stepsPerSecond: 1e7,
    vectorStepsPerSecond: 7.25e6,
    trigonometry: 0,
    ofTrigonometry: undefined,
  };
  const car = { stepsPerSecond: 2e6, vectorStepsPerSecond: 1e7, trigonometry: 1, ofTrigonometry: 1.84 };
  const rows = formatEnvSteps([{ env: "Lake", ...lake }, { env: "Car", ...car }]).split("\n").slice(-2);
  const cells = rows.map((row) => row.split("|").slice(1, -1).map((cell) => cell.trim()));
  assertEquals(cells, [["Lake", "10,000,000", "7,250,000", "0", "–"], [
    "Car",
    "2,000,000",
    "10,000,000",
    "1",
    "1.8×",
  ]]);
});
