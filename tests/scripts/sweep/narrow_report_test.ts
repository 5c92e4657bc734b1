import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { REPORT_STYLE } from "../../../scripts/plots/report_style.ts";
import { SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { importanceOf } from "../../../scripts/sweep/importance.ts";
import { plotImportance } from "../../../scripts/sweep/importance_plot.ts";
import { plotParallel } from "../../../scripts/sweep/parallel_plot.ts";
import { PLAN_FLAGS, planSweep } from "../../../scripts/sweep/plan_sweep.ts";
import { reportHtml } from "../../../scripts/sweep/sweep_report.ts";

const plan = await planSweep(
  readCommandLine(["--env", "MountainCar-v0", "--trials", "12"], [...PLAN_FLAGS, ...SETTING_FLAGS]),
  { config: undefined, space: undefined },
);
const results = plan.trials.map((_, trial) => ({
  trial,
  rungs: [{
    rung: 0,
    outcomes: [],
    score: -150 - trial,
    std: 12,
    envSteps: 1,
    trainingReturn: undefined,
    failure: undefined,
  }],
}));
const widthOf = (svg: string) => Number(/ width="(\d+)"/.exec(svg)?.[1]);

Deno.test("a sweep's report has its pictures for a phone too, and a ranking of cards there", async () => {
  const importance = importanceOf(
    plan.space,
    results.map(({ trial, rungs }) => ({ values: plan.trials[trial]!, score: rungs[0]!.score })),
    0,
  )!;
  const pictures = [
    { wide: await plotParallel(plan, results), narrow: await plotParallel(plan, results, true) },
    { wide: await plotImportance(importance, 12), narrow: await plotImportance(importance, 12, true) },
  ];
  // A phone of 360 pixels has 331 for a picture; a little smaller than drawn it can still be read.
  for (const { wide, narrow } of pictures) {
    assert(widthOf(narrow) <= 400 && widthOf(wide) > 600, `${widthOf(narrow)} ${widthOf(wide)}`);
    for (const { name } of plan.space) {
      const text = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      assertStringIncludes(narrow, `>${text}<`);
    }
  }
  const html = reportHtml(plan, results, { command: "deno task sweep", pictures });
  assertEquals(html.match(/class="on-phone"/g)?.length, 2);
  assertStringIncludes(html, '<td data-name="target-update-interval">');
  const narrow = /@media \(max-width:40rem\)\{(.*?)\}\}/.exec(REPORT_STYLE)?.[1] ?? "";
  for (const rule of [".on-desk{display:none}", ".cards thead{display:none}"]) {
    assertStringIncludes(narrow, rule);
  }
});
