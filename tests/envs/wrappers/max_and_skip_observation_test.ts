import { assertEquals, assertThrows } from "@std/assert";
import { checkEnv, makeEnv, MaxAndSkipObservation } from "../../../envs/mod.ts";
import { construct, scriptedImages } from "./_image_env.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

Deno.test("MaxAndSkipObservation adds rewards up, and shows the maximum of the last two observations", () => {
  const script = [[9, 9], [1, 8], [2, 3], [6, 1], [4, 5], [7, 7], [8, 6], [3, 9]];
  const inner = scriptedImages([1, 2, 1], script, { length: 7, rewards: [1, 2, 4, 8, 16, 32, 64] });
  const env = new MaxAndSkipObservation(inner, 3);
  assertEquals(env.observationSpace, inner.observationSpace);
  assertEquals(env.reset({ seed: 5 }).observation, Uint8Array.of(9, 9));
  const first = env.step(1);
  assertEquals([first.observation, first.reward, first.terminated], [Uint8Array.of(6, 3), 7, false]);
  assertEquals(inner.actions, [1, 1, 1]);
  assertEquals(env.step(0).observation, Uint8Array.of(8, 7));
  const last = env.step(0);
  // The episode ends at once: its only observation.
  assertEquals([last.observation, last.reward, last.terminated], [Uint8Array.of(3, 9), 64, true]);
  assertPassesThrough(env);
});

Deno.test("MaxAndSkipObservation takes vectors, is sound, and continues from a snapshot", () => {
  const make = () => new MaxAndSkipObservation(makeEnv("CartPole-v1"), 4);
  const [env, plain] = [make(), makeEnv("CartPole-v1")];
  env.reset({ seed: 0 });
  plain.reset({ seed: 0 });
  const steps = [0, 1, 2, 3].map(() => plain.step(1).observation);
  assertEquals(env.step(1).observation, steps[3]!.map((value, i) => Math.max(value, steps[2]![i]!)));
  checkEnv(make());
  assertContinues(make);
  assertRefusesSnapshots(env, [[{ settings: { skip: 3 } }, RangeError, "skip must be 4, got 3"]]);
});

Deno.test("MaxAndSkipObservation refuses other observations and numbers", () => {
  const lake = construct(MaxAndSkipObservation, makeEnv("FrozenLake-v1"), 4);
  assertThrows(
    lake,
    TypeError,
    "Cannot repeat actions of FrozenLake-v1: observationSpace must be a Box, got Disc",
  );
  for (
    const [skip, kind] of [[1, RangeError], [0, RangeError], [2.5, TypeError], [null, TypeError]] as const
  ) {
    const make = construct(MaxAndSkipObservation, makeEnv("CartPole-v1"), skip);
    assertThrows(make, kind, "skip must be a whole number from 2, got ");
  }
});
