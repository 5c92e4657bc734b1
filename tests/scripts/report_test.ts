import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readCommandLine } from "../../scripts/cli/command_line.ts";
import { readSettings, SETTING_FLAGS } from "../../scripts/settings/read_settings.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { repeatCommand } from "../../scripts/settings/repeat_command.ts";
import { startGif } from "../../scripts/recording/gif.ts";
import { choosePalette } from "../../scripts/recording/palette.ts";
import { reportHtml } from "../../scripts/report/report_html.ts";
import type { Settings } from "../../scripts/settings/settings.ts";
import { fakeRun, fakeRunTexts, writeFakeRun } from "./_fake_run.ts";
import { filesBelow, inFolder, runScript } from "./_process.ts";
import { assertRefusals } from "./_refusals.ts";

Deno.test("the command that repeats a run gives its very settings", () => {
  const cases: Partial<Settings>[] = [
    {},
    { seed: 7, gamma: 0.5, hidden: [16, 8], double: true, stopAtReturn: null, kernel: "reference" },
    presetSettings({ preset: "lecture", env: "MountainCar-v0", agent: "double-dqn" }),
    { envOptions: { maxEpisodeSteps: 9 }, agent: "prioritized-dqn", prioritized: true },
    { ...presetSettings({ agent: "random" }), steps: null, episodes: 3 },
    { noisy: true }, // with an epsilon that --noisy alone would take away
    { ...presetSettings({ agent: "rainbow" }), noisy: false }, // with none that --noisy false would bring
  ];
  for (const changed of cases) {
    const settings: Settings = { ...presetSettings({}), ...changed };
    const command = repeatCommand(settings);
    assert(command.startsWith("deno task train --env "), command);
    const words = command.split(" ").slice(3).map((word) => word.replace(/^'(.*)'$/, "$1"));
    const line = readCommandLine(words, SETTING_FLAGS);
    assertEquals(readSettings(line), settings, command);
  }
  assertEquals(
    repeatCommand(presetSettings({})),
    "deno task train --env CartPole-v1 --agent dqn --preset tuned --seed 0",
  );
  // What changes nothing is left out: as a flag it would be refused.
  assertEquals(
    repeatCommand({ ...presetSettings({ agent: "random" }), truncatedAsTerminated: true, gamma: 0.5 }),
    "deno task train --env CartPole-v1 --agent random --preset tuned --seed 0",
  );
  // No flag makes a Q-network with a replay buffer, only a configuration does.
  assertEquals(
    repeatCommand({ ...presetSettings({ agent: "q-network" }), bufferSize: 9 }),
    "deno task train --config config.json",
  );
});

Deno.test("the command that repeats a run survives a shell", () => {
  const command = repeatCommand({ ...presetSettings({}), env: "./it's mine.ts" });
  assertStringIncludes(command, "--env './it'\\''s mine.ts' --");
});

/** Whether every element that is opened is closed, in order, but for those that HTML never closes. */
function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (
    const [, close, name, self] of html.matchAll(/<(\/?)([a-z][\w-]*)(?:"[^"]*"|'[^']*'|[^"'>])*?(\/?)>/gi)
  ) {
    if (self === "/" || ["meta", "img", "link", "br"].includes(name!)) continue;
    if (close === "") open.push(name!);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

Deno.test("a report starts with what the lecture asks for, and loads nothing", async () => {
  const html = await reportHtml([{ ...fakeRun([9, 30, 12]), gif: new TextEncoder().encode("GIF89a") }]);
  const first = html.slice(0, html.indexOf("</section>"));
  for (
    const text of [
      "<h1>CartPole-v1</h1>",
      "dqn, seed 0, preset tuned; 51 environment steps",
      "maximum total reward of the policy</dt><dd>11<small>of 3 greedy episodes",
      "maximum in training</dt><dd>30<small>first in episode 2, while ε falls to 0.5</small>",
      "<dt>learning rate</dt><dd>0.002</dd>",
      "Return of each episode of training",
      `src="data:image/gif;base64,${btoa("GIF89a")}"`,
    ]
  ) assertStringIncludes(first, text);
  for (const text of ["w".repeat(64), "deno 2.9.6", "deno task train --env CartPole-v1", "Greedy episodes"]) {
    assertStringIncludes(html, text);
  }
  assertStringIncludes(html, "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
  assert(!/<script|javascript:|@import|<link/i.test(html));
  const addresses = html.match(/(?:src|href)="[^"]{0,40}|url\([^)]{0,40}/g) ?? [];
  assertEquals(addresses.filter((text) => !text.startsWith('src="data:')), []);
  assert(isBalanced(html));
});

Deno.test("a report of several runs compares them, the best one first", async () => {
  const better = fakeRun([50, 60], { seed: 4, env: "MountainCar-v0" });
  const runs = [
    fakeRun([1, 2]),
    fakeRun([3, 4], { seed: 1 }),
    fakeRun([5, 6], { seed: 2, gamma: 0.25 }),
    {
      ...better,
      summary: { ...better.summary, evaluation: { episodes: 3, mean: 55, std: 0, min: 55, max: 55 } },
    },
    fakeRun([70], { seed: 3, env: "MountainCar-v0" }),
  ].map((run) => ({ ...run, gif: undefined }));
  const html = await reportHtml(runs);
  for (
    const text of [
      "<title>5 runs in CartPole-v1, MountainCar-v0</title>",
      "the best of 3 runs: dqn, seed 0",
      "the best of 2 runs: dqn, seed 4",
      "There is no animation",
      '<th scope="row">dqn, gamma 0.995</th><td>2</td>',
      '<th scope="row">dqn, gamma 0.25</th><td>1</td>',
      "interquartile mean",
      "dqn, gamma 0.995 (2 runs)",
    ]
  ) assertStringIncludes(html, text);
  assert(isBalanced(html));
  assertEquals(await reportHtml(runs), html);
});

Deno.test("a report of a run without ended episodes and policy says so", async () => {
  const run = fakeRun([], { agent: "random" });
  const bare = {
    ...run,
    gif: undefined,
    evaluations: [],
    summary: {
      ...run.summary,
      stoppedBy: null,
      evaluation: null,
      policyStep: null,
      policyHash: null,
      weightsHash: null,
      kernel: null,
      stepsPerSecond: null,
    },
  };
  for (const runs of [[bare], [bare, bare]]) {
    const html = await reportHtml(runs);
    assertStringIncludes(html, "No episode of training ended.");
    assert(!/NaN|undefined|Infinity|null/.test(html.replace(/<style>.*?<\/style>/g, "")));
    assert(isBalanced(html));
  }
});

Deno.test("a random agent is not called greedy, and missing parts have no heading", async () => {
  const run = fakeRun([5, 7], { agent: "random" });
  const episodes = run.episodes.map((episode) => ({ ...episode, epsilon: undefined }));
  const html = await reportHtml([{ ...run, episodes, evaluations: [], gif: undefined }]);
  assert(!/greedy|policy<|<h2>Training/.test(html.replace(/eval-episodes[^<]*/g, "")), html);
  assertStringIncludes(html, "maximum total reward</dt><dd>11<small>of 3 episodes");
  const once = { ...run.summary, evaluation: { episodes: 1, mean: 11, std: 0, min: 11, max: 11 } };
  const single = await reportHtml([{ ...fakeRun([5, 7]), summary: once, gif: undefined }]);
  assertStringIncludes(single, "<dd>11<small>of 1 greedy episode</small>");
});

Deno.test("a film says which return it shows", async () => {
  const pixels = Uint8Array.of(1, 2, 3, 255);
  const gif = startGif(
    1,
    1,
    choosePalette([pixels], 1),
    "CartPole-v1 played by dqn, seed 0: return 9 after 9 steps",
  );
  gif.add(pixels, 10);
  const html = await reportHtml([{ ...fakeRun([9]), gif: gif.finish() }]);
  assertStringIncludes(html, "The policy that was kept, of step 5, at real speed: return 9 after 9 steps.");
});

Deno.test("report writes the file that train leaves, byte for byte", () =>
  inFolder(async (cwd) => {
    const args = ["--steps", "1000", "--eval-episodes", "2", "--hidden", "8", "--out", "run"];
    await runScript("train.ts", args, { cwd });
    const html = Deno.readTextFileSync(`${cwd}/run/report.html`);
    const again = await runScript("report.ts", ["run"], { cwd });
    assertEquals(again, { code: 0, stdout: "saved in    run/report.html\n", stderr: "" });
    assertEquals(Deno.readTextFileSync(`${cwd}/run/report.html`), html);
    await runScript("report.ts", ["run", "run", "--out", "both.html"], { cwd });
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/both.html`), "the best of 2 runs");
  }));

Deno.test("bad input gives exit code 2, one clear line, and nothing written", () =>
  inFolder(async (cwd) => {
    writeFakeRun(`${cwd}/run`, fakeRunTexts([9, 8, 30]));
    writeFakeRun(`${cwd}/spoiled`, { ...fakeRunTexts([9]), "summary.json": "{}" });
    Deno.mkdirSync(`${cwd}/run/policy.gif`);
    writeFakeRun(`${cwd}/good`, fakeRunTexts([9, 8, 30]));
    const before = filesBelow(cwd);
    const bad: [string[], string][] = [
      [[], "at least one run folder must be given, got 0"],
      [["missing"], "Cannot read missing/config.json"],
      [["spoiled"], "Cannot read spoiled/summary.json"],
      [["run"], "Cannot read run/policy.gif"],
      [["good", "--out", "report.pdf"], "--out must end in .html, got report.pdf"],
      [["good", "--out", "no/report.html"], "Cannot save no/report.html"],
      [["good", "--format", "pdf"], "unknown flag --format"],
    ];
    await assertRefusals("report", bad, { cwd });
    assertEquals(filesBelow(cwd), before);
  }));
