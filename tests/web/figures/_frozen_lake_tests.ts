import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { figureTest } from "./_figure_page.ts";
import { runOfCommand } from "./_run_of_command.ts";

figureTest("three agents end with the weights of the three commands", "frozen_lake", async (visit) => {
  const { page, state, slide, text } = visit;
  await slide("Steps per second", 5);
  await slide("Steps of training", 0);
  await state("done");
  const status = await text(".status");
  assertStringIncludes(status, "500 steps.");
  const commands = (await text(".command")).trim().split("\n");
  assertEquals(commands.length, 3);
  for (const command of commands) {
    const { run, start } = runOfCommand(command);
    await start();
    assertStringIncludes(status, run.weightsHash!);
  }
  assertEquals(await page.locator(".lake td").count(), 3 * 16);

  await page.getByRole("button", { name: "Slippery ice" }).press("Enter");
  await state("done");
  const slippery = await text(".status");
  assert(slippery !== status);
  assert(!(await text(".command")).includes("isSlippery"));

  await slide("Seed", 1);
  await state("done");
  assert(await text(".status") !== slippery);
}, { width: 360 });

figureTest(
  "single steps move all three by one, and only when asked",
  "frozen_lake",
  async ({ page, text }) => {
    await page.waitForTimeout(300);
    assertStringIncludes(await text(".status"), "Step 0 of 3,000.");
    const button = page.getByRole("button", { name: "One step" });
    for (const step of [1, 2]) {
      await button.press("Enter");
      await page.locator(".status", { hasText: `Step ${step} of 3,000.` }).waitFor();
    }
    // After two steps nothing has been learned, and the agent stands on one tile of each lake.
    assertEquals(await page.locator(".lake td.here").count(), 3);
    assertEquals(await page.locator(".lake >> nth=0 >> .best").count(), 0);
  },
  { reducedMotion: true, dark: true },
);
