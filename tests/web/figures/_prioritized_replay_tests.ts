import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { drawByPriority } from "../../../web/figures/prioritized_draws.ts";
import { prioritiesOf } from "../../../web/figures/prioritized_run.ts";
import { figureTest } from "./_figure_page.ts";
import { runOfCommand } from "./_run_of_command.ts";

figureTest(
  "the priorities are those of the command, and so is what is drawn",
  "prioritized_replay",
  async (visit) => {
    const { page, slide, state, text } = visit;
    await slide("Buffer size", 0);
    await slide("Episodes", 1);
    await state("done");
    const prepared = runOfCommand(await text(".command"));
    await prepared.start();
    assertStringIncludes(await text(".status"), `weights ${prepared.run.weightsHash}`);
    const priorities = prioritiesOf(prepared);
    assertEquals(priorities.length, 40);
    const cells = async () => await page.locator("section.figure tbody td").allInnerTexts();
    const expected = (alpha: number, beta: number, draws: number) => {
      const { uniform, drawn, weighted } = drawByPriority({ priorities, alpha, beta, draws, seed: 0 }).means;
      return [uniform, drawn, weighted].map((value) => value.toFixed(4));
    };
    const first = await cells();
    assertEquals(first, expected(0.6, 1, 3200));
    assert(Number(first[1]) > Number(first[0]), `${first}`);
    const bars = await page.locator("section.figure path.bar").evaluateAll((paths) =>
      paths.map((path) => path.getAttribute("d")!.split("M").length - 1)
    );
    assertEquals(bars, [36, 4, 36, 4]);

    await slide("β, effect of weights", 0);
    const [, biased] = expected(0.6, 0, 3200);
    await page.locator("tbody tr:last-child td", { hasText: biased! }).waitFor();
    assertEquals(await cells(), expected(0.6, 0, 3200));
    await slide("α, effect of priorities", 0);
    await page.locator("figcaption", { hasText: "uniformly it would be 80.0 times" }).waitFor();
    await page.locator("tbody tr:last-child td", { hasText: expected(0, 0, 3200)[2]! }).waitFor();
    assertEquals(await cells(), expected(0, 0, 3200));
  },
  { width: 360, dark: true },
);
