import { assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { fillReplay } from "../../../web/figures/replay_run.ts";
import { figureTest, type FigureVisit } from "./_figure_page.ts";
import { runOfCommand } from "./_run_of_command.ts";

/** The figure's last state, computed here. */
const lastState = (request: Parameters<typeof fillReplay>[0]) => [...fillReplay(request)].at(-1)!;

const text = (value: number) => value.toFixed(2).replace("-", "−");

async function checkNumbers(visit: FigureVisit, request: Parameters<typeof fillReplay>[0]): Promise<string> {
  await visit.state("done");
  const { run, start } = runOfCommand(await visit.text(".command"));
  await start();
  assertStringIncludes(await visit.text(".status"), `trajectory ${run.trajectoryHash}`);
  const { added, size, consecutive, sampled } = lastState(request);
  assertStringIncludes(
    await visit.text(),
    `${size} of ${request.capacity} slots in use, ${added} transitions added, ${added - size} overwritten.`,
  );
  const cells = await visit.page.locator(".figure-table").first().locator("tbody td").allInnerTexts();
  assertEquals(
    cells,
    [0, 1, 2, 3].flatMap((i) => [consecutive, sampled].map(({ correlations }) => text(correlations[i]!))),
  );
  return run.trajectoryHash;
}

figureTest(
  "the buffer holds the command's transitions, and shows their correlation",
  "experience_replay",
  async (visit) => {
    const request = { seed: 0, episodes: 10, capacity: 500, batchSize: 32 };
    const { page } = visit;
    await visit.slide("Episodes", 0);
    const first = await checkNumbers(visit, { ...request, episodes: 5 });
    assertEquals(await page.getByText("(32, 4)", { exact: true }).count(), 2);

    await page.emulateMedia({ reducedMotion: "reduce" }); // no film of the others
    await visit.slide("Buffer size", 0);
    await visit.slide("Mini-batch size", 3);
    await visit.slide("Seed", 2);
    const other = { seed: 2, episodes: 5, capacity: 50, batchSize: 64 };
    assertNotEquals(await checkNumbers(visit, other), first);
    assertStringIncludes(await visit.text(), "fewer transitions than a mini-batch");

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
    await checkNumbers(visit, { seed: 0, episodes: 10, capacity: 500, batchSize: 32 });
  },
  { reducedMotion: true, dark: true },
);
