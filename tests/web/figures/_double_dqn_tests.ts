import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { meansOf, studyMaximum } from "../../../scripts/overestimation/maximum_study.ts";
import {
  measuredSettings,
  measurementOf,
  VALUE_AGENTS,
} from "../../../scripts/overestimation/measured_settings.ts";
import { trainMeasuring } from "../../../scripts/overestimation/value_error.ts";
import { fixedText } from "../../../scripts/values/fixed_text.ts";
import { CUT_TABLES, figureTest } from "./_figure_page.ts";

/** The rows of the two tables that the command prints, as the figure shows them. */
function rowsOf(command: string): string[] {
  const value = (flag: string) => Number(new RegExp(`--${flag} (\\S+)`).exec(command)![1]);
  const [samples, actions, noise, seed] = ["samples", "actions", "noise", "seed"].map(value);
  const means = meansOf(studyMaximum({ samples: samples!, actions: actions!, noise: noise!, seed: seed! }));
  const networks = VALUE_AGENTS.map((agent) => {
    const settings = measuredSettings(agent, seed!, new Map([["steps", String(value("steps"))]]));
    const { predicted, obtained } = [...trainMeasuring(settings, measurementOf(settings))].at(-1)!.measured!;
    return [agent, ...[predicted, obtained, predicted - obtained].map((number) => fixedText(number, 1))];
  });
  return [
    ["max Q(a)", fixedText(means.single, 3), "0"],
    ["Q′(argmax Q(a))", fixedText(means.double, 3), "0"],
    ...networks,
  ].map((row) => row.join(" "));
}

figureTest(
  "the histograms and the measured networks are those of the command",
  "double_dqn",
  async (visit) => {
    const { page, slide, state, text } = visit;
    await slide("Steps of each run", 0);
    await state("done");
    const shown = async () =>
      (await page.locator("section.figure tbody tr").allInnerTexts()).map((row) =>
        row.replaceAll(/\s+/g, " ")
      );
    const first = await shown();
    assertEquals(first, rowsOf(await text(".command")));
    await page.setViewportSize({ width: 360, height: 900 });
    assertEquals(await page.evaluate(CUT_TABLES), []);
    const bars = await page.locator("section.figure path.bar").evaluateAll((paths) =>
      paths.map((path) => path.getAttribute("d")!.split("M").length - 1)
    );
    assertEquals(bars, [16, 0, 16, 0]);

    await slide("Samples", 0);
    await slide("Actions", 5);
    await slide("Noise (standard deviation)", 3);
    await state("done");
    await page.locator("section.figure td", { hasText: /^[23]\.\d/ }).first().waitFor();
    const second = await shown();
    assertNotEquals(second.slice(0, 2), first.slice(0, 2));
    assertEquals(second.slice(2), first.slice(2)); // the networks know nothing of the samples
    assertEquals(second, rowsOf(await text(".command")));
    assert((await text(".status")).startsWith("The maximum of noisy values is too large by"));
  },
);
