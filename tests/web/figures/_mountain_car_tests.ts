import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { runTable } from "../../../scripts/train/run_table.ts";
import { readSettings, SETTING_FLAGS } from "../../../scripts/settings/read_settings.ts";
import { readCommandLine } from "../../../scripts/cli/command_line.ts";
import { prepareRun } from "../../../scripts/run/run.ts";
import { assignmentPlan } from "../../../scripts/sweep/assignment_plan.ts";
import { runSettings, searchedNames } from "../../../scripts/sweep/sweep_plan.ts";
import { shownName } from "../../../scripts/values/shown_name.ts";
import { shownSetting } from "../../../scripts/values/shown_setting.ts";
import { trueMinus } from "../../../scripts/values/true_minus.ts";
import { returnText } from "../../../scripts/values/return_text.ts";
import { figureTest, WRAPPED_LOGS } from "./_figure_page.ts";

/** What a printed `deno task train` prints at its end, without the duration. */
async function printedBy(command: string): Promise<string> {
  const settings = readSettings(readCommandLine(command.split(" ").slice(3), SETTING_FLAGS));
  const run = await prepareRun(settings).start();
  return runTable(settings, run, 1, undefined).split("\n").filter((line) => !line.startsWith("time ")).join(
    "\n",
  );
}

figureTest("the map follows a run that prints what its command prints", "mountain_car", async (visit) => {
  const { page, slide, state, text } = visit;
  await slide("Steps of training", 0);
  await state("done");
  const log = page.locator("section.figure .log");
  const first = await log.innerText();
  assertEquals(first, await printedBy("deno task train --env MountainCar-v0 --steps 3000 --seed 0"));
  assertEquals(await page.evaluate(WRAPPED_LOGS), []);
  assertMatch(await text(), /Value of each state, from −\d/);
  await slide("Seed", 1);
  await state("running");
  await state("done");
  const second = await log.innerText();
  assertNotEquals(second, first);
  assertEquals(second, await printedBy("deno task train --env MountainCar-v0 --steps 3000 --seed 1"));
}, { width: 360, dark: true });

figureTest(
  "the assignment finds what its command finds, and gives a page to hand in",
  "mountain_car",
  async (visit) => {
    const { page, slide } = visit;
    await slide("Steps of training", 0);
    const assignment = page.locator(".assignment");
    await slide("Settings to try", 0);
    await slide("Steps of the best trials", 0);
    await page.locator(".assignment[data-state=done]").waitFor({ timeout: 120_000 });
    const plan = assignmentPlan({ trials: 1, seed: 0, steps: 6000 });
    const settings = runSettings(plan, 0, 0, 0);
    const { evaluation } = await prepareRun(settings).start();
    assert(evaluation !== undefined);
    const shown = await assignment.innerText();
    assertStringIncludes(shown, "deno task assignment --trials 1 --seed 0 --steps 6000");
    assertStringIncludes(
      shown,
      `3. Maximum total reward ${trueMinus(String(evaluation.max))}, mean ${
        trueMinus(returnText(evaluation.mean))
      } over 100 greedy episodes`,
    );
    assertStringIncludes(shown, "Runs that have ended: 1 of 1.");
    // All episodes of training have the same return.
    assertEquals(await assignment.locator(".answers .label.low").allInnerTexts(), ["−200"]);
    assertEquals(await assignment.locator(".answers .label.high").count(), 0);
    const cells = await assignment.locator(".answers tbody td").allInnerTexts();
    const heads = await assignment.locator("table").first().locator("thead th").allInnerTexts();
    assertEquals(heads, [
      "trial",
      "mean total reward",
      "steps",
      ...searchedNames(plan).map(shownName),
    ]);
    assertEquals(cells, plan.trials[0]!.map(shownSetting));
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download the page to hand in" }).press("Enter");
    const download = await downloading;
    assertEquals(download.suggestedFilename(), "mountain_car.html");
    const html = await Deno.readTextFile(await download.path());
    for (const name of searchedNames(plan)) assertStringIncludes(html, name.replaceAll("-", " "));
    assertStringIncludes(html, 'src="data:image/gif;base64,R0lGODlh');
    assertStringIncludes(html, "deno task assignment --trials 1 --seed 0 --steps 6000");
  },
);
