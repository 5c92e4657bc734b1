import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { evaluate } from "../../agents/mod.ts";
import { makeEnv } from "../../envs/mod.ts";

Deno.test("evaluate plays greedily, from its seed, and sums rewards", () => {
  const greedy: boolean[] = [];
  const agent = {
    act: (_: Float32Array, options?: { greedy?: boolean }) => {
      greedy.push(options?.greedy === true);
      return greedy.length % 2;
    },
  };
  const { returns, mean, std, min, max } = evaluate(makeEnv("CartPole-v1"), agent, { episodes: 4, seed: 3 });
  assertEquals(greedy.length, returns.reduce((a, b) => a + b));
  assertEquals(greedy.every((flag) => flag), true);
  assertEquals(mean, greedy.length / 4);
  assertAlmostEquals(std ** 2, returns.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4, 1e-9);
  assertEquals([min, max], [Math.min(...returns), Math.max(...returns)]);
});

Deno.test("evaluate refuses a bad number of episodes", () => {
  for (const episodes of [0, -1, 1.5, NaN]) {
    assertThrows(
      () => evaluate(makeEnv("CartPole-v1"), { act: () => 0 }, { episodes }),
      RangeError,
      `episodes must be a whole number from 1, got ${episodes}`,
    );
  }
});
