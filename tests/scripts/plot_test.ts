import { assert, assertAlmostEquals, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { groupRuns } from "../../scripts/run_folder/run_groups.ts";
import { averageCurve, plotSavedRuns } from "../../scripts/plots/saved_curves.ts";
import { stackSvgs } from "../../scripts/plots/stack_svgs.ts";
import { fakeRun, fakeRunTexts, writeFakeRun } from "./_fake_run.ts";
import { filesBelow, inFolder, runScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

Deno.test("runs that differ in nothing but their seeds belong together", () => {
  const runs = [
    fakeRun([1, 2]),
    fakeRun([1, 2], { seed: 1, kernel: "reference" }),
    fakeRun([1], { seed: 2, gamma: 0.5, targetUpdateInterval: null, targetUpdateEpisodes: 3 }),
    fakeRun([1], { agent: "double-dqn", double: true }),
    fakeRun([-1], { env: "MountainCar-v0" }),
  ];
  const names = groupRuns(runs).map(({ env, name, runs }) => [env, name, runs.length]);
  assertEquals(names, [
    ["CartPole-v1", "dqn, gamma 0.995, target-update-interval 1, target-update-episodes none", 2],
    ["CartPole-v1", "dqn, gamma 0.5, target-update-interval none, target-update-episodes 3", 1],
    ["CartPole-v1", "double-dqn", 1],
    ["MountainCar-v0", "dqn", 1],
  ]);
  const presets = groupRuns([runs[0]!, fakeRun([1], { preset: "lecture" })]).map(({ name }) => name);
  assertEquals(presets, ["dqn (tuned)", "dqn (lecture)"]);
  const sizes = groupRuns([runs[0]!, fakeRun([1], { bufferSize: 100_000 })]).map(({ name }) => name);
  assertEquals(sizes, ["dqn, buffer-size 50,000", "dqn, buffer-size 100,000"]);
});

Deno.test("the mean of curves covers the range that all of them cover, interpolated", () => {
  const line = (
    x0: number,
    x1: number,
    y: (x: number) => number,
  ) => [{ x: x0, y: y(x0) }, { x: x1, y: y(x1) }];
  const points = averageCurve([line(0, 10, (x) => x), line(5, 20, (x) => 3 * x)]);
  assertEquals([points.length, points[0]!.x, points.at(-1)!.x], [150, 5, 10]);
  for (const { x, y, low, high } of points) {
    assertAlmostEquals(y, 2 * x, 1e-9);
    // Of two runs, a quarter of the draws are twice the lower one, a quarter twice the upper one.
    assertAlmostEquals(low, x, 1e-9);
    assertAlmostEquals(high, 3 * x, 1e-9);
  }
  assertEquals(averageCurve([line(0, 1, (x) => x), line(2, 3, (x) => x)]), []);
});

Deno.test("a single run is drawn unchanged", () =>
  assertEquals(averageCurve([[{ x: 1, y: 5 }, { x: 2, y: 7 }]]), [
    { x: 1, y: 5, low: 5, high: 5 },
    { x: 2, y: 7, low: 7, high: 7 },
  ]));

Deno.test("a plot names its axes, its curves and the threshold", async () => {
  const groups = groupRuns([
    fakeRun([1, 2, 9]),
    fakeRun([3, 4], { seed: 1 }),
    fakeRun([5, 6], { agent: "random" }),
  ]);
  const svg = await plotSavedRuns(groups, "time", 7);
  for (
    const text of [
      "CartPole-v1",
      "dqn (2 runs)",
      "random",
      "steps per second",
      "return in training, mean of 7 episodes",
      "solved at 475",
      "<title>",
      "prefers-color-scheme: dark",
    ]
  ) assertStringIncludes(svg, text);
  assertEquals(await plotSavedRuns(groups, "time", 7), svg);
  await assertRejects(() => plotSavedRuns(groupRuns([fakeRun([])]), "step", 1), Error, "no run there ended");
});

Deno.test("pictures are put one below the other", () => {
  const svg = stackSvgs(['<svg width="10" height="20">a</svg>', '<svg width="30" height="5">b</svg>']);
  for (const text of ['width="30" height="25"', '<svg y="0" width="10"', '<svg y="20" width="30"']) {
    assertStringIncludes(svg, text);
  }
});

Deno.test("plot draws runs of several environments as SVG and PNG", () =>
  inFolder(async (cwd) => {
    writeFakeRun(`${cwd}/a`, fakeRunTexts([9, 8, 30]));
    writeFakeRun(`${cwd}/b`, fakeRunTexts([12, 20], { seed: 1 }));
    writeFakeRun(`${cwd}/c`, fakeRunTexts([-200], { env: "MountainCar-v0" }));
    const { code, stdout, stderr } = await runScript("plot.ts", ["a", "b", "c"], { cwd });
    assertEquals([code, stdout, stderr], [0, "saved in    curves.svg (3 runs, 2 curves)\n", ""]);
    const svg = Deno.readTextFileSync(`${cwd}/curves.svg`);
    for (const text of ["CartPole-v1", "MountainCar-v0", "environment steps"]) {
      assertStringIncludes(svg, text);
    }
    await runScript("plot.ts", ["a", "b", "--x", "episode", "--smooth", "1", "--out", "x.PNG"], { cwd });
    const png = Deno.readFileSync(`${cwd}/x.PNG`);
    assertEquals([...png.subarray(1, 4)], [...new TextEncoder().encode("PNG")]);
    assert(new DataView(png.buffer).getUint32(16) >= 1_200, "twice the size of the SVG");
  }));

Deno.test("bad input gives exit code 2, one clear line, and nothing written", () =>
  inFolder(async (cwd) => {
    const texts = fakeRunTexts([9, 8, 30]);
    const summary = JSON.parse(texts["summary.json"]);
    const spoil = (name: string, changed: Partial<typeof texts>) =>
      writeFakeRun(`${cwd}/${name}`, { ...texts, ...changed });
    spoil("run", {});
    spoil("text", { "episodes.csv": "episode,step,return,epsilon,loss,mean_q\n1,x,3,,,\n" });
    spoil("columns", { "episodes.csv": "episode,step\n1,2\n" });
    spoil("gap", { "evaluations.csv": "step,mean,min,max\n1,,3,4\n" });
    spoil("bytes", { "summary.json": "\u0000" });
    spoil("list", { "summary.json": "[]" });
    spoil("hash", { "summary.json": JSON.stringify({ ...summary, trajectory_sha256: 5 }) });
    spoil("speed", { "summary.json": JSON.stringify({ ...summary, steps_per_second: null }) });
    spoil("none", {
      "episodes.csv": "episode,step,return,length,terminated,truncated,epsilon,loss,mean_q\n",
    });
    const before = filesBelow(cwd);
    const bad: [string[], string][] = [
      [[], "at least one run folder must be given, got 0"],
      [["missing"], "Cannot read missing/config.json"],
      [["run", "--x", "day"], "--x must be one of step, episode, time, got day"],
      [["run", "--smooth", "0"], "--smooth must be a whole number from 1, got 0"],
      [["run", "--out", "curves.pdf"], "--out must end in .svg or .png, got curves.pdf"],
      [["run", "--out", "no/such.svg"], "Cannot save no/such.svg"],
      [["run", "text"], "Cannot read text/episodes.csv: step of row 1 must be a number, got x"],
      [["columns"], "Cannot read columns/episodes.csv: return of row 1 must be a number, got no such column"],
      [["gap"], "Cannot read gap/evaluations.csv: mean of row 1 must be a number, got nothing"],
      [["bytes"], "Cannot read bytes/summary.json"],
      [["list"], "Cannot read list/summary.json: Cannot read the summary: it must be a JSON object"],
      [["hash"], "trajectory_sha256 must be text, got 5"],
      [["speed", "--x", "time"], "every run must know its steps per second"],
      [["none"], "Cannot plot CartPole-v1: no run there ended an episode"],
    ];
    await assertRefusals("plot", bad, { cwd });
    assertEquals(filesBelow(cwd), before);
  }));
