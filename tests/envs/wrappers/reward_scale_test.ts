import { assertEquals, assertThrows } from "@std/assert";
import { makeEnv, RewardScale } from "../../../envs/mod.ts";
import { scriptedBoxEnv } from "../_toy_envs.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

Deno.test("RewardScale multiplies rewards and leaves the rest alone", () => {
  const env = new RewardScale(
    scriptedBoxEnv([[1], [2]], { length: 3, rewards: [4, -10], info: { a: 1 } }),
    0.25,
  );
  assertEquals(env.reset({ seed: 1 }), { observation: Float32Array.of(1), info: { first: true } });
  assertEquals(env.step(0), {
    observation: Float32Array.of(2),
    reward: 1,
    terminated: false,
    truncated: false,
    info: { a: 1 },
  });
  assertEquals([env.step(0).reward, env.step(0).terminated], [-2.5, true]);
  assertPassesThrough(env);
});

Deno.test("RewardScale continues from a snapshot, and refuses others", () => {
  assertContinues(() => new RewardScale(makeEnv("CartPole-v1"), 0.1));
  const env = new RewardScale(makeEnv("CartPole-v1"), 0.1);
  assertRefusesSnapshots(env, [[{ settings: { factor: 0.2 } }, RangeError, "factor must be 0.1, got 0.2"]]);
});

Deno.test("RewardScale refuses bad factors", () => {
  const bad = [[NaN, RangeError], [Infinity, RangeError], ["2", TypeError], [undefined, TypeError]] as const;
  for (const [factor, kind] of bad) {
    const make = () => Reflect.construct(RewardScale, [makeEnv("CartPole-v1"), factor]);
    assertThrows(make, kind, "Cannot scale rewards of CartPole-v1: factor must be ");
  }
});
