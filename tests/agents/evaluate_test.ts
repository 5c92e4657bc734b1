import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { evaluate, summarizeReturns } from "../../agents/mod.ts";
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

Deno.test("evaluate starts in states of its own when no seed is given", () => {
  const starts = (seed?: number) => {
    const seen: number[] = [];
    const env = makeEnv("CartPole-v1");
    const agent = { act: (observation: Float32Array) => (seen.push(observation[0]!), 0) };
    evaluate(env, agent, seed === undefined ? { episodes: 1 } : { episodes: 1, seed });
    return seen[0];
  };
  assertEquals(starts(), starts());
  for (const seed of [0, 1, 2, 42]) assertNotEquals(starts(), starts(seed));
});

Deno.test("statistics of very many returns", () => {
  const { mean, min, max } = summarizeReturns(Array.from({ length: 300_000 }, (_, i) => i % 3));
  assertEquals([mean, min, max], [1, 0, 2]);
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
