import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { figureTest } from "./_figure_page.ts";
import { outputsOfCommands } from "./_run_of_command.ts";

figureTest(
  "the weights, the means and the range of the importance weights are those of the commands",
  "prioritized_replay",
  async (visit) => {
    const { page, slide, state, text } = visit;
    await slide("Buffer size", 0);
    await slide("Episodes", 1);
    await state("done");
    /** The means that the commands print, which the figure must show. */
    const meansOfCommands = async (): Promise<string[]> => {
      const [trained = "", shown = ""] = await outputsOfCommands(await text(".command"));
      assertStringIncludes(await text(".status"), /weights +\w+/.exec(trained)![0].replace(/ +/, " "));
      assertStringIncludes(shown, "from 40 slots");
      const means = [...shown.matchAll(/^(?:every step|the steps) .* (\d\.\d{4})$/gm)].map(([, mean]) =>
        mean!
      );
      const [, range] = /importance weights (between .*)/.exec(shown)!;
      await page.locator("tbody tr:last-child td", { hasText: means[2]! }).waitFor();
      await page.getByText(`Importance weights lie ${range}.`).waitFor();
      assertEquals(await page.locator("section.figure tbody td").allInnerTexts(), means);
      return means;
    };
    const first = await meansOfCommands();
    assert(Number(first[1]) > Number(first[0]), `${first}`);
    const bars = await page.locator("section.figure path.bar").evaluateAll((paths) =>
      paths.map((path) => path.getAttribute("d")!.split("M").length - 1)
    );
    assertEquals(bars, [36, 4, 36, 4]);

    await slide("β, effect of weights", 0);
    const biased = await meansOfCommands();
    assertEquals(biased, [first[0], first[1], first[1]]);
    await slide("α, effect of priorities", 0);
    await page.locator("figcaption", { hasText: "uniformly it would be 80.0 times" }).waitFor();
    await slide("Draws", 1);
    await page.locator("figcaption", { hasText: "uniformly it would be 8.0 times" }).waitFor();
    await meansOfCommands();
  },
  { width: 360, dark: true },
);
