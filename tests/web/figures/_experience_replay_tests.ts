import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { CUT_TABLES, figureTest, type FigureVisit } from "./_figure_page.ts";
import { outputsOfCommands } from "./_run_of_command.ts";

/** The rows of a table as lines of words. */
const linesOf = async (visit: FigureVisit, table: number) =>
  (await visit.page.locator(".figure-table").nth(table).locator("tbody tr").allInnerTexts())
    .map((row) => row.split(/\s+/).join(" "));

/** Compares the figure at its end with what its commands print, and returns the line of the trajectory. */
async function checkNumbers(visit: FigureVisit): Promise<string> {
  await visit.state("done");
  const [trained = "", shown = ""] = await outputsOfCommands(await visit.text(".command"));
  const trajectory = /trajectory +(\w+)/.exec(trained)![1]!;
  assertStringIncludes(await visit.text(".status"), `trajectory ${trajectory}`);
  const [, held, all] = /, (\d+) transitions(?:, the newest of (\d+))?/.exec(shown)!;
  const dropped = all === undefined ? 0 : Number(all) - Number(held);
  assertStringIncludes(
    await visit.text(),
    `slots in use, ${all ?? held} transitions added, ${dropped} overwritten.`,
  );
  const printed = shown.split("\n").map((line) => line.trim().split(/\s+/).join(" "));
  const correlations = await linesOf(visit, 0);
  assertEquals(correlations.length, 4);
  for (const line of correlations) {
    const [name, numbers] = /^(.*?) (\S+ \S+)$/.exec(line)!.slice(1);
    assert(printed.some((row) => row.startsWith(name!) && row.endsWith(` ${numbers}`)), `${line}\n${shown}`);
  }
  for (const line of await linesOf(visit, 1)) {
    assert(printed.some((row) => row.startsWith(line)), `${line}\n${shown}`);
  }
  return trajectory;
}

figureTest(
  "the buffer holds the commands' transitions, and its mini-batch and correlations are those that they print",
  "experience_replay",
  async (visit) => {
    const { page } = visit;
    await visit.slide("Episodes", 0);
    const first = await checkNumbers(visit);
    assertEquals(await page.getByText("(32, 4)", { exact: true }).count(), 2);
    assertEquals(await page.evaluate(CUT_TABLES), []);

    await page.emulateMedia({ reducedMotion: "reduce" }); // no film of the others
    await visit.slide("Buffer size", 0);
    await visit.slide("Mini-batch size", 3);
    await visit.slide("Seed", 2);
    assertNotEquals(await checkNumbers(visit), first);
    assertStringIncludes(await visit.text(), "fewer transitions than a mini-batch");
    await visit.slide("Mini-batch size", 0);
    await checkNumbers(visit);
    assertEquals(await page.getByText("(8,)", { exact: true }).count(), 3);

    await visit.slide("Variable", 0);
    assertStringIncludes(
      await visit.text("figcaption >> nth=1"),
      "in the order of experience: cart position",
    );
  },
  { width: 360 },
);

figureTest(
  "the buffer is shown at its end for those who want less motion",
  "experience_replay",
  async (visit) => {
    await checkNumbers(visit);
  },
  { reducedMotion: true, dark: true },
);
