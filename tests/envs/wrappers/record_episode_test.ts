import { assertEquals, assertThrows } from "@std/assert";
import { Box, Discrete, makeEnv, RecordEpisode } from "../../../envs/mod.ts";
import { ScriptedEnv } from "../_toy_envs.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

Deno.test("RecordEpisode keeps a picture of every state and every step", () => {
  const env = new RecordEpisode(makeEnv("CartPole-v1"));
  const plain = makeEnv("CartPole-v1");
  assertEquals(env.episodes, []);
  assertEquals(env.reset({ seed: 0 }), plain.reset({ seed: 0 }));
  const scenes = [plain.render()];
  const steps = [0, 1, 1].map((action) => {
    const { observation, reward, terminated, truncated } = plain.step(action);
    scenes.push(plain.render());
    const result = env.step(action);
    assertEquals(result.observation, observation);
    result.observation.fill(7); // the caller's to write to: the record stays
    return { action, observation, reward, terminated, truncated };
  });
  assertEquals(env.episodes, [{ scenes, steps }]);
  assertPassesThrough(env);
});

Deno.test("RecordEpisode keeps the latest episodes, and vectors of actions as they were", () => {
  const inner = new ScriptedEnv(new Discrete(9), new Box(-1, 1, { shape: [1] }), [1, 2, 3], { length: 2 });
  const env = new RecordEpisode(inner, { keep: 2 });
  const action = Float32Array.of(0.5);
  for (const length of [1, 2, 1]) {
    env.reset();
    for (let i = 0; i < length; i++) env.step(action);
  }
  action[0] = 0;
  assertEquals(env.episodes.map(({ steps, scenes }) => [steps.length, scenes.length]), [[2, 3], [1, 2]]);
  assertEquals(env.episodes.map(({ steps }) => steps.at(-1)), [
    { action: Float32Array.of(0.5), observation: 2, reward: 1, terminated: true, truncated: false },
    { action: Float32Array.of(0.5), observation: 1, reward: 1, terminated: false, truncated: false },
  ]);
});

Deno.test("RecordEpisode continues from a snapshot and records from there on", () => {
  assertContinues(() => new RecordEpisode(makeEnv("CartPole-v1")));
  const env = new RecordEpisode(makeEnv("CartPole-v1"));
  env.reset({ seed: 0 });
  env.step(0);
  const other = new RecordEpisode(makeEnv("CartPole-v1"));
  other.restore(env.snapshot());
  other.step(1);
  assertEquals(other.episodes.map(({ steps, scenes }) => [steps.length, scenes.length]), [[1, 2]]);
  assertEquals(other.episodes[0]!.scenes[0], env.episodes[0]!.scenes.at(-1));
  assertRefusesSnapshots(env, []);
});

Deno.test("RecordEpisode refuses invalid numbers of episodes", () => {
  for (const [keep, kind] of [[0, RangeError], [1.5, TypeError], ["1", TypeError]] as const) {
    const make = () => Reflect.construct(RecordEpisode, [makeEnv("CartPole-v1"), { keep }]);
    assertThrows(make, kind, "Cannot record CartPole-v1: keep must be a whole number from 1, got");
  }
});
