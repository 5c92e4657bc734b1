import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { evaluate, playEpisodes, summarizeReturns } from "../../agents/mod.ts";
import { CartPole, makeEnv } from "../../envs/mod.ts";

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

Deno.test("without a seed, evaluate starts in other states than training", () => {
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

Deno.test("returns that are none, or not finite, are refused", () => {
  assertThrows(() => summarizeReturns([]), RangeError, "there must be at least one, got none");
  for (const odd of [NaN, Infinity, -Infinity]) {
    assertThrows(() => summarizeReturns([1, odd]), RangeError, `each must be finite, got ${odd}`);
    const env = new class extends CartPole {
      override step(action: number) {
        return { ...super.step(action), reward: odd };
      }
    }();
    const play = () => evaluate(env, { act: () => 0 }, { episodes: 1 });
    assertThrows(
      play,
      RangeError,
      `Cannot play CartPole-v1: the return of an episode must be finite, got ${odd}`,
    );
  }
});

Deno.test("an episode whose steps have no flags is not played for ever", () => {
  for (const name of ["terminated", "truncated"]) {
    const env = new class extends CartPole {
      override step(action: number) {
        return Object.assign(super.step(action), { [name]: undefined });
      }
    }();
    const play = () => evaluate(env, { act: () => 0 }, { episodes: 1 });
    assertThrows(play, TypeError, `Cannot play an episode: ${name} must be true or false, got undefined`);
  }
});

Deno.test("playEpisodes refuses bad numbers of episodes, and bad seeds", () => {
  const play = (episodes: number, seed: number) => () =>
    playEpisodes(new CartPole(), { act: () => 0 }, { episodes, seed }).next();
  for (const episodes of [0, 2.5, NaN, Infinity]) {
    assertThrows(play(episodes, 0), RangeError, "episodes must be a whole number from 1, got");
  }
  for (const seed of [-1, 0.5, NaN, 2 ** 53]) {
    assertThrows(play(1, seed), RangeError, "seed must be a whole number from 0, got");
  }
});
