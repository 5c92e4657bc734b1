import { assertEquals } from "@std/assert";
import { CartPole } from "../../../envs/mod.ts";
import { fallsAtOnce, observationOf, POLE_STATES, stateIndex } from "../../../web/figures/dueling_states.ts";

Deno.test("a state in which no action matters ends the episode with either action, any other with none", () => {
  const env = new CartPole();
  for (const pole of POLE_STATES) {
    const ends = [0, 1].map((action) => {
      env.reset({ seed: 0 });
      env.restore({ ...env.snapshot(), state: [...observationOf(pole)] });
      return env.step(action).terminated;
    });
    assertEquals(ends, [fallsAtOnce(pole), fallsAtOnce(pole)], JSON.stringify(pole));
  }
});

Deno.test("every state has its place", () => {
  assertEquals(POLE_STATES.map(stateIndex), POLE_STATES.map((_, i) => i));
});
