import { assert, assertEquals } from "@std/assert";
import { fillReplay } from "../../../web/figures/replay_run.ts";
import { runOfCommand } from "./_run_of_command.ts";

const REQUEST = { seed: 0, episodes: 10, capacity: 10_000, batchSize: 32 };

Deno.test("the buffer fills with the steps of the command, and the mini-batch has lab 1's shapes", async () => {
  const { run, start } = runOfCommand(
    "deno task train --env CartPole-v0 --agent random --seed 0 --episodes 10",
  );
  await start();
  const states = [...fillReplay(REQUEST)];
  const { added, size, episodes, trajectory, drawn, consecutive, sampled } = states.at(-1)!;
  assertEquals([added, size, episodes, trajectory], [run.step, run.step, 10, run.trajectoryHash]);
  assertEquals(drawn!.columns.map(({ shape }) => shape), [[32, 4], [32], [32], [32, 4], [32]]);
  assert(Array.from(consecutive.correlations).every((value) => value > 0.75), `${consecutive.correlations}`);
  assert(Array.from(sampled.correlations).every((value) => Math.abs(value) < 0.2), `${sampled.correlations}`);
});

Deno.test("a small buffer keeps the newest transitions, from the oldest to the newest", () => {
  const whole = [...fillReplay(REQUEST)].at(-1)!;
  const small = [...fillReplay({ ...REQUEST, capacity: 50 })].at(-1)!;
  assertEquals([small.added, small.size], [whole.added, 50]);
  assertEquals(small.consecutive.rows, whole.consecutive.rows.slice(-50 * 4));
  assert(small.drawn!.slots.every((slot) => slot < 50));
});

Deno.test("there is no mini-batch before there are as many transitions", () => {
  const states = [...fillReplay({ ...REQUEST, episodes: 5, batchSize: 64 })];
  for (const { size, drawn } of states) assertEquals(drawn === undefined, size < 64);
  assertEquals(states[0]!.size, 2);
});
