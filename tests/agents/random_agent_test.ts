import { assert, assertEquals } from "@std/assert";
import { RandomAgent, train } from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";

Deno.test("a random agent draws every action alike, the same ones for the same seed", () => {
  const draw = (seed: number) => {
    const agent = new RandomAgent(makeEnv("MountainCar-v0"), { seed });
    return Array.from({ length: 3_000 }, () => agent.act(new Float32Array(2)));
  };
  const actions = draw(1);
  for (const action of [0, 1, 2]) {
    assert(Math.abs(actions.filter((drawn) => drawn === action).length - 1_000) < 150);
  }
  assertEquals(draw(1), actions);
  assert(draw(2).some((action, i) => action !== actions[i]));
});

Deno.test("a random agent goes through the training loop and learns nothing", () => {
  const env = makeEnv("CartPole-v1");
  for (const record of train(env, new RandomAgent(env), { episodes: 2 })) {
    if (record.kind === "step") assertEquals(record.learning, undefined);
  }
});
