import { assert, assertEquals, assertThrows } from "@std/assert";
import { CartPole, envIds, envSpec, makeEnv, MINIGRID_IDS, registerEnv } from "../../envs/mod.ts";
import { GYMNASIUM_IDS } from "./_gymnasium_ids.ts";
import { MUJOCO_IDS } from "./mujoco/_recording.ts";

Deno.test("envSpec() has Gymnasium's limits, thresholds and frames per second", () => {
  const table = GYMNASIUM_IDS.map((id) => {
    const { maxEpisodeSteps, rewardThreshold, renderFps } = envSpec(id);
    return [id, maxEpisodeSteps, rewardThreshold, renderFps];
  });
  assertEquals(table, [
    ["CartPole-v0", 200, 195, 50],
    ["CartPole-v1", 500, 475, 50],
    ["MountainCar-v0", 200, -110, 30],
    ["MountainCarContinuous-v0", 999, 90, 30],
    ["Acrobot-v1", 500, -100, 15],
    ["Pendulum-v1", 200, undefined, 30],
    ["FrozenLake-v1", 100, 0.7, 4],
    ["FrozenLake8x8-v1", 200, 0.85, 4],
    ["CliffWalking-v1", undefined, undefined, 4],
    ["CliffWalkingSlippery-v1", undefined, undefined, 4],
    ["Taxi-v4", 200, 8, 4],
    ["Blackjack-v1", undefined, undefined, 4],
  ]);
  assertThrows(() => envSpec("Cart"), RangeError, "Cannot make an environment: id must be one of ");
});

Deno.test("an environment in a module of its own names the module that registers it", () => {
  const modules = {
    "@bellman/dqn/envs/box2d": ["LunarLander-v3", "LunarLanderContinuous-v3"],
    "@bellman/dqn/envs/minigrid": MINIGRID_IDS,
    "@bellman/dqn/envs/mujoco": MUJOCO_IDS,
  };
  for (const [module, ids] of Object.entries(modules)) {
    for (const id of ids) {
      const expected = `Cannot make ${id}: ${module} must be imported first, which registers it`;
      assertThrows(() => makeEnv<string>(id), RangeError, expected);
    }
  }
});

Deno.test("registerEnv() adds your own environment", () => {
  const id = "SpecTest-v0";
  registerEnv({
    id,
    options: ["suttonBartoReward"],
    create: ({ suttonBartoReward }) => new CartPole({ id, suttonBartoReward: suttonBartoReward === true }),
  });
  assert(envIds().includes(id));
  const env = makeEnv(id, { suttonBartoReward: true });
  assertEquals([env.id, env.maxEpisodeSteps], [id, undefined]);
  env.reset();
  assertEquals(env.step(0).reward, 0);
  assertThrows(
    () => registerEnv({ id, create: () => new CartPole() }),
    RangeError,
    `Cannot register an environment: id must be a name not yet taken, got "${id}"`,
  );
});

Deno.test("registerEnv() refuses invalid entries", () => {
  const register = (spec: unknown) => Reflect.apply(registerEnv, undefined, [spec]);
  assertThrows(() => register({ id: 1, create: () => new CartPole() }), TypeError, "id must be text, got 1");
  assertThrows(() => register({ id: "X-v0" }), TypeError, "create must be a function, got undefined");
  assertThrows(() => register({ id: "", create: () => new CartPole() }), RangeError, 'got ""');
  for (const rewardThreshold of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => register({ id: "X-v0", rewardThreshold, create: () => new CartPole() }),
      RangeError,
      "Cannot register an environment: rewardThreshold must be a finite number, got",
    );
  }
  for (const maxEpisodeSteps of [0, -1, 2.5, NaN]) {
    assertThrows(
      () => register({ id: "X-v0", maxEpisodeSteps, create: () => new CartPole() }),
      RangeError,
      "Cannot register an environment: maxEpisodeSteps must be a whole number from 1, or Infinity, got",
    );
  }
  for (const renderFps of [0, -1, NaN, Infinity, "50x"]) {
    assertThrows(
      () => register({ id: "X-v0", renderFps, create: () => new CartPole() }),
      RangeError,
      "Cannot register an environment: renderFps must be a positive number, got",
    );
  }
});

Deno.test("envIds() hands out a copy", () => {
  envIds().length = 0;
  assert(envIds().includes("CartPole-v1"));
});
