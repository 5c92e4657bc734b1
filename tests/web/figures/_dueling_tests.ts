import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { dqnOf } from "../../../web/figures/dqn_of.ts";
import { observationOf, type PoleState } from "../../../web/figures/dueling_states.ts";
import { figureTest } from "./_figure_page.ts";
import { runOfCommand } from "./_run_of_command.ts";

figureTest("value and advantages make the Q-values of the command's network", "dueling", async (visit) => {
  const { page, slide, state, text } = visit;
  await slide("Episodes", 0);
  await state("done");
  const prepared = runOfCommand(await text(".command"));
  await prepared.start();
  assertStringIncludes(await text(".status"), `weights ${prepared.run.weightsHash}`);
  const rows = async () =>
    await page.locator("section.figure tbody tr").evaluateAll((list) =>
      list.map((row) =>
        [...row.querySelectorAll("td")].map((cell) => Number(cell.innerText.replace("−", "-")))
      )
    );
  const check = (row: readonly number[] | undefined, pole: PoleState) => {
    const [value, left, right] = row!;
    const qValues = dqnOf(prepared).qValues(observationOf(pole));
    for (const [action, advantage] of [left!, right!].entries()) {
      assert(Math.abs(value! + advantage - qValues[action]!) < 0.0011, `${row} ${qValues}`);
    }
    assert(Math.abs(left! + right!) < 0.0011, `${row}`);
  };
  const [upright, falling] = await rows();
  check(upright, { angle: 0, velocity: 0 });
  check(falling, { angle: 11, velocity: 3 });

  await slide("Angle of the second pole (°)", 0);
  await slide("Angular velocity (rad/s)", 0);
  assertStringIncludes(await text(), "The pole leans by −11°, turning at −3 rad/s");
  const [same, other] = await rows();
  assertEquals(same, upright);
  check(other, { angle: -11, velocity: -3 });
}, { width: 360 });
