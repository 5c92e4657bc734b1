import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { lectureLine } from "../../../scripts/values/lecture_line.ts";
import { figureTest, WRAPPED_LOGS } from "./_figure_page.ts";
import { runOfCommand } from "./_run_of_command.ts";

/** What the command that the figure shows prints. */
async function printedBy(command: string): Promise<string> {
  const { run, start } = runOfCommand(command);
  await start();
  return [
    ...run.episodes.flatMap((episode) => lectureLine(episode) ?? []),
    `weights ${run.weightsHash}`,
    `trajectory ${run.trajectoryHash}`,
    "",
    `Total Reward: ${run.evaluation?.returns[0]}`,
  ].join("\n");
}

figureTest("the lecture's episodes give the weights of the command line", "dqn", async (visit) => {
  const { page, text, state, slide } = visit;
  assertEquals(await text(".command"), "deno task train --preset lecture --seed 0 --episodes 300");
  const flags = await page.locator(".command .flag").allInnerTexts();
  assertEquals(flags, ["--preset lecture", "--seed 0", "--episodes 300"]);
  await slide("Episodes", 2);
  await state("done");
  assertEquals(await text(".command"), "deno task train --preset lecture --seed 0 --episodes 50");
  const printed = await text(".log");
  assertEquals(printed, await printedBy("deno task train --preset lecture --episodes 50"));
  const [, total] = /^episode :0, total reward : [\s\S]*(Total Reward: \d+)$/.exec(printed)!;
  assertStringIncludes(await text(".settings"), "hidden 128,\u00a0128");
  assert((await text(".film p")).endsWith(`: ${total}`));

  await slide("Seed", 3);
  await slide("Episodes", 1);
  await state("running");
  await state("done");
  const other = await text(".log");
  assertNotEquals(other, printed);
  assertEquals(other, await printedBy(await text(".command")));
});

figureTest("the figure on DQN speaks Korean", "dqn", async ({ page, text, state }) => {
  const episodes = page.getByLabel("에피소드 수", { exact: true });
  await episodes.press("Home");
  await state("running");
  await state("done");
  assertStringIncludes(await text(".status"), "탐욕 에피소드의 보상 총합은");
  assertEquals((await text(".log")).split("\n").length, 5);
  assertEquals(await page.evaluate(WRAPPED_LOGS), []);
}, { language: "ko", width: 360, dark: true });
