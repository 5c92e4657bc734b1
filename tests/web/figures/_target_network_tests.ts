import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { figureTest } from "./_figure_page.ts";
import { runOfCommand } from "./_run_of_command.ts";

figureTest("the labels are those of the two commands", "target_network", async (visit) => {
  const { state, slide, text } = visit;
  await slide("Steps of training", 0);
  await state("done");
  // Every copy from the start of learning on changes the label: after steps 200 and 400.
  assertStringIncludes(await text("figcaption >> nth=0"), "the label changed 2 times in 500 steps");
  const before = await text(".status");

  await slide("Steps between copies", 2);
  await state("done");
  assertStringIncludes(await text("figcaption >> nth=0"), "the label changed 10 times in 500 steps");
  const changes = /changed (\d+) times/.exec(await text("figcaption >> nth=1"))?.[1];
  assert(Number(changes) > 400, changes);
  const after = await text(".status");
  assert(after !== before);
  const commands = (await text(".command")).trim().split("\n");
  assertEquals(commands.length, 2);
  for (const command of commands) {
    const { run, start } = runOfCommand(command);
    await start();
    assertStringIncludes(after, run.weightsHash!);
  }
}, { width: 360, dark: true });
