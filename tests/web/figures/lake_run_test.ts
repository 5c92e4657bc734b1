import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { makeEnv } from "../../../envs/mod.ts";
import { bestAction } from "../../../web/figures/best_action.ts";
import { LAKE_ACTIONS, LAKE_MAP, LAKE_STATES } from "../../../web/figures/lake_request.ts";
import { LakeRun } from "../../../web/figures/lake_run.ts";
import { runOfCommand } from "./_run_of_command.ts";

const LAKE = `--env FrozenLake-v1 --env-options '{"isSlippery":false}'`;
const OPTIONS = { env: "FrozenLake-v1", "env-options": '{"isSlippery":false}' };

/** A run at its end. */
function ended(flags: Record<string, string>): LakeRun {
  const run = new LakeRun(flags);
  while (run.step());
  return run;
}

Deno.test("the table is the command's, and its values are powers of γ", async () => {
  const flags = { "learning-rate": "0.5", "learning-rate-end": "none", "epsilon-end": "0.5" };
  const run = ended({ ...OPTIONS, agent: "q-learning", steps: "5000", gamma: "0.9", ...flags });
  const { run: other, start } = runOfCommand(
    `deno task train ${LAKE} --agent q-learning --steps 5000 --gamma 0.9 --learning-rate 0.5 --learning-rate-end none --epsilon-end 0.5`,
  );
  await start();
  assertEquals(run.weights, other.weightsHash);
  const table = run.table();
  assertEquals(table.length, LAKE_STATES * LAKE_ACTIONS);
  // From the start the goal is six steps away: left and up stay there, right and down are on the way.
  for (const [action, steps] of [6, 5, 5, 6].entries()) {
    assertAlmostEquals(table[action]!, 0.9 ** steps, 1e-3);
  }
  assertAlmostEquals(table[14 * LAKE_ACTIONS + 2]!, 1, 1e-3);
  assert(run.reached > 10);
});

Deno.test("a network's values are those of the command's network", async () => {
  const run = ended({ ...OPTIONS, agent: "dqn", steps: "150", hidden: "8", "learning-starts": "50" });
  const { run: other, start } = runOfCommand(
    `deno task train ${LAKE} --agent dqn --steps 150 --hidden 8 --learning-starts 50`,
  );
  await start();
  assertEquals(run.weights, other.weightsHash);
  const table = run.table();
  assert(table.every((value) => value !== 0 && Math.abs(value) < 2));
  assertEquals(new Set(table).size, table.length);
});

Deno.test("a step tells where the agent was and is", () => {
  for (const agent of ["q-learning", "q-network"]) {
    const run = new LakeRun({ ...OPTIONS, agent, steps: "3", hidden: "8" });
    assertEquals(run.last, undefined);
    assert(run.step());
    const env = makeEnv("FrozenLake-v1", { isSlippery: false });
    env.reset({ seed: 0 });
    const { action, next, ended } = run.last!;
    const { observation, terminated } = env.step(action);
    assertEquals(run.last, { state: 0, action, next: observation, ended: terminated });
    assertEquals([next, ended], [observation, terminated]);
    assertEquals([run.step(), run.step(), run.step()], [true, true, false]);
  }
});

Deno.test("the map is that of the environment", () => {
  const letters = LAKE_MAP.join("");
  const env = makeEnv("FrozenLake-v1", { isSlippery: false });
  /** Moves from tile to tile, right along a row and down a column; the tiles on the way must be frozen. */
  const walk = (actions: readonly number[]) => {
    env.reset({ seed: 0 });
    return actions.map((action) => env.step(action)).at(-1)!;
  };
  const [goal, hole] = [walk([1, 1, 2, 1, 2, 2]), walk([2, 1])];
  assertEquals([goal.observation, goal.reward, letters[goal.observation]], [15, 1, "G"]);
  assertEquals([hole.observation, hole.terminated, letters[hole.observation]], [5, true, "H"]);
});

Deno.test("an agent without values cannot be watched", () => {
  assertThrows(
    () => new LakeRun({ env: "FrozenLake-v1", agent: "random" }),
    TypeError,
    "Cannot watch random: it must learn values, got an agent that does not",
  );
});

Deno.test("the best action is the first of the greatest, and there is none among equals", () => {
  assertEquals(
    [[1, 3, 3, 0], [0, 0, 0, 0], [-1, -2, -3, -4]].map((values) => bestAction(new Float32Array(values))),
    [
      1,
      undefined,
      0,
    ],
  );
});
