import { assert, assertEquals, assertThrows } from "@std/assert";
import { CartPole, type EnvSnapshot, MountainCar, TimeLimit } from "../../../envs/mod.ts";

Deno.test("TimeLimit truncates at the limit, and again in the next episode", () => {
  const env = new TimeLimit(new MountainCar(), 3);
  env.reset({ seed: 0 });
  for (let episode = 0; episode < 2; episode++) {
    const flags = [0, 1, 2].map((action) => env.step(action).truncated);
    assertEquals(flags, [false, false, true]);
    assertEquals(env.elapsedSteps, 3);
    assertThrows(
      () => env.step(0),
      Error,
      "Cannot step MountainCar-v0: the episode is over, reset must be called",
    );
    env.reset();
    assertEquals(env.elapsedSteps, 0);
  }
});

Deno.test("TimeLimit: a step may be terminated and truncated at once", () => {
  const free = new CartPole();
  free.reset({ seed: 1 });
  let length = 1;
  while (!free.step(1).terminated) length++;
  for (const [limit, truncated] of [[length, true], [length + 1, false]] as const) {
    const env = new TimeLimit(new CartPole(), limit);
    env.reset({ seed: 1 });
    for (let i = 1; i < length; i++) assert(!env.step(1).terminated);
    const last = env.step(1);
    assertEquals([last.terminated, last.truncated], [true, truncated]);
    assertThrows(() => env.step(1), Error, "the episode is over");
  }
});

Deno.test("TimeLimit throws before the first reset, and counts no refused step", () => {
  const env = new TimeLimit(new CartPole(), 2);
  assertThrows(() => env.step(0), Error, "Cannot step CartPole-v1: reset must be called first");
  env.reset();
  assertThrows(() => env.step(7), RangeError, "action must be");
  assertEquals(env.elapsedSteps, 0);
});

Deno.test("TimeLimit refuses bad limits", () => {
  for (const limit of [0, -1]) {
    assertThrows(() => new TimeLimit(new CartPole(), limit), RangeError, `got ${limit}`);
  }
  for (const limit of [1.5, NaN, Infinity]) {
    assertThrows(
      () => new TimeLimit(new CartPole(), limit),
      TypeError,
      `Cannot limit CartPole-v1: maxEpisodeSteps must be a whole number from 1, got ${limit}`,
    );
  }
});

Deno.test("TimeLimit.restore() refuses bad snapshots and stays as it was", () => {
  const env = new TimeLimit(new CartPole(), 10);
  env.reset({ seed: 0 });
  env.step(1);
  const good = env.snapshot();
  const bad: [snapshot: EnvSnapshot, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [{ ...good, id: "CartPole-v0" }, RangeError, 'id must be "CartPole-v1", got "CartPole-v0"'],
    [{ ...good, settings: { maxEpisodeSteps: 11 } }, RangeError, "maxEpisodeSteps must be 10, got 11"],
    [
      { ...good, state: { elapsedSteps: "1", over: false } },
      TypeError,
      "elapsedSteps must be a whole number",
    ],
    [
      { ...good, state: { elapsedSteps: 11, over: true } },
      RangeError,
      "elapsedSteps must be from 0 to 10, got 11",
    ],
    [
      { ...good, state: { elapsedSteps: 10, over: false } },
      RangeError,
      "over must fit 10 elapsed steps, got false",
    ],
    [{ ...good, state: { elapsedSteps: 1, over: 0 } }, TypeError, "over must be true or false, got 0"],
    [{ ...good, env: null }, TypeError, "env must be an object, got null"],
    [{ ...good, env: {} }, RangeError, "id must be"],
    [{}, RangeError, "id must be"],
  ];
  for (const [snapshot, kind, text] of bad) {
    assertThrows(() => env.restore(snapshot), kind, `Cannot restore CartPole-v1: `);
    assertThrows(() => env.restore(snapshot), kind, text);
    assertEquals(env.snapshot(), good);
  }
});
