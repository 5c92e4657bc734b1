import { assertEquals } from "@std/assert";
import { EpisodeStats, makeEnv, RewardScale } from "../../../envs/mod.ts";
import { scriptedBoxEnv } from "../_toy_envs.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

Deno.test("EpisodeStats adds return and length to the info of the last step only", () => {
  const script = { length: 3, rewards: [1, 0.5, -4], info: { extra: 2 } };
  const env = new EpisodeStats(scriptedBoxEnv([[0]], script));
  for (let episode = 0; episode < 2; episode++) {
    env.reset();
    assertEquals([env.step(0).info, env.step(0).info], [{ extra: 2 }, { extra: 2 }]);
    assertEquals(env.step(0).info, { extra: 2, episode: { return: -2.5, length: 3 } });
  }
  env.reset();
  env.step(0);
  env.reset();
  assertEquals([env.step(0), env.step(0), env.step(0)].at(-1)?.info["episode"], { return: -2.5, length: 3 });
  assertPassesThrough(env);
});

Deno.test("EpisodeStats sees a time limit, and rewards as changed within it", () => {
  const env = new EpisodeStats(new RewardScale(makeEnv("MountainCar-v0", { maxEpisodeSteps: 4 }), 10));
  env.reset({ seed: 0 });
  for (let i = 0; i < 3; i++) env.step(0);
  const last = env.step(0);
  assertEquals([last.truncated, last.info["episode"]], [true, { return: -40, length: 4 }]);
});

Deno.test("EpisodeStats continues from a snapshot, and refuses others", () => {
  assertContinues(() => new EpisodeStats(makeEnv("CartPole-v1")));
  const env = new EpisodeStats(makeEnv("CartPole-v1"));
  env.reset();
  env.step(0);
  assertEquals(env.snapshot()["state"], { return: 1, length: 1 });
  assertRefusesSnapshots(env, [
    [{ state: { return: null, length: 1 } }, TypeError, "return must be a number, got null"],
    [{ state: { return: 1, length: -1 } }, TypeError, "length must be a whole number from 0, got -1"],
    [{ state: { return: 1, length: 1.5 } }, TypeError, "length must be a whole number from 0, got 1.5"],
  ]);
});
