import { assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { figureTest } from "./_figure_page.ts";
import { runOfCommand } from "./_run_of_command.ts";

figureTest(
  "two runs give the weights of their commands, and each follows its sliders",
  "hyperparameters",
  async (visit) => {
    const { page, slide, state } = visit;
    await slide("Episodes", 0);
    await state("done");
    const shown = async () => {
      const commands = await page.locator("section.figure .command").allInnerTexts();
      const weights = await page.locator("section.figure .weights").allInnerTexts();
      return { commands, weights: weights.map((text) => text.slice(text.indexOf("weights ") + 8)) };
    };
    const expected = async (commands: readonly string[]) => {
      const runs = [];
      for (const command of commands) runs.push((await runOfCommand(command).start()).weightsHash);
      return runs;
    };
    const first = await shown();
    assertEquals(first.commands, [
      "deno task train --preset lecture --episodes 20 --seed 0",
      "deno task train --preset lecture --epsilon-start 0.05 --epsilon-end 0.05 --buffer-size 100000 --episodes 20 --seed 0",
    ]);
    assertEquals(first.weights, await expected(first.commands));

    // The keys of single episodes are as thin as their curves.
    const thin = await page.locator("section.figure .key.faint").allInnerTexts();
    assertEquals(thin, ["A, one episode", "B, one episode"]);

    await slide("B: layers", 0);
    await slide("B: mini-batch", 3);
    await slide("B: discount γ", 3);
    await slide("B: learning rate", 3);
    await slide("B: episodes per target sync", 0);
    await state("done");
    const second = await shown();
    assertEquals(second.commands[0], first.commands[0]);
    assertEquals(second.weights[0], first.weights[0]);
    assertNotEquals(second.weights[1], first.weights[1]);
    for (
      const flag of ["hidden 8", "batch-size 64", "learning-starts 64", "gamma 0.9", "learning-rate 0.001"]
    ) {
      assertStringIncludes(second.commands[1]!, `--${flag}`);
    }
    assertStringIncludes(second.commands[1]!, "--target-update-episodes 1");
    assertEquals(second.weights, await expected(second.commands));
  },
  { width: 360 },
);
