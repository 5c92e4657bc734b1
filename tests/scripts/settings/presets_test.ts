import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { resolveDqnOptions } from "../../../agents/mod.ts";
import { envIds } from "../../../envs/mod.ts";
import { presetSettings } from "../../../scripts/settings/presets.ts";
import { dqnOptions } from "../../../scripts/run/dqn_options.ts";

Deno.test("the agent of an environment whose states can be counted is q-learning, of any other a network", () => {
  const counted = envIds().filter((env) => presetSettings({ env }).agent === "q-learning");
  const toyText = ["FrozenLake", "CliffWalking", "Taxi", "Blackjack"];
  assertEquals(counted, envIds().filter((env) => toyText.some((name) => env.startsWith(name))));
  assertEquals(counted.length, 6);
  for (const env of envIds().filter((env) => !counted.includes(env))) {
    assertMatch(presetSettings({ env }).agent, /^(double-)?dqn$/, env);
  }
});

Deno.test("every environment has its own preset", async () => {
  await import("../../../envs/box2d/mod.ts");
  const { env: _, agent: __, ...unknown } = presetSettings({ env: "./my_env.ts" });
  for (const id of envIds()) {
    const { env: _, agent: __, ...known } = presetSettings({ env: id });
    assertNotEquals(known, unknown, id);
  }
});

Deno.test("another agent, or a preset of one's own choice, takes nothing of q-learning's", () => {
  const presets = [{ preset: "lecture" }, { preset: "pixels" }] as const;
  for (const names of [{ agent: "dqn" }, { agent: "rainbow" }, ...presets] as const) {
    const { env: _, ...taxi } = presetSettings({ env: "Taxi-v4", ...names });
    const { env: __, ...unknown } = presetSettings({ env: "./my_env.ts", ...names });
    assertEquals(taxi, unknown);
  }
});

Deno.test("without a preset's value, the command line's defaults are the library's", () => {
  const settings = presetSettings({ env: "./my_env.ts", agent: "dqn" });
  const given = resolveDqnOptions(dqnOptions(settings));
  const { epsilon, priorityBeta, ...plain } = resolveDqnOptions({});
  assertEquals(given, { ...plain, epsilon: given.epsilon, priorityBeta: given.priorityBeta });
  for (const step of [0, 100, 8_000, 30_000, 50_000, 90_000]) {
    assertEquals([given.epsilon(step), given.priorityBeta(step)], [epsilon(step), priorityBeta(step)]);
  }
});

Deno.test("MiniGrid is learnt by PQN; agents with a replay buffer keep fewer of its long vectors", () => {
  const id = "MiniGrid-DoorKey-5x5-v0";
  const { agent, envs, gamma, stopAtReturn } = presetSettings({ env: id });
  assertEquals([agent, envs, gamma, stopAtReturn], ["pqn", 16, 0.95, 0.95]);
  assertEquals(presetSettings({ env: "MiniGrid-FourRooms-v0" }).stopAtReturn, null);
  assertEquals(presetSettings({ env: "MiniGrid-DoorKey-6x6-v0" }).steps, 800_000);
  const [grid, pole] = [id, "CartPole-v1"].map((env) => presetSettings({ env, agent: "double-dqn" }));
  assertEquals([grid!.bufferSize, grid!.envs, pole!.bufferSize > grid!.bufferSize], [20_000, 1, true]);
  assertEquals(presetSettings({ env: id, preset: "lecture" }).agent, "dqn");
});

Deno.test("what is tuned for one agent is for no other agent and no other preset", () => {
  const dqn = presetSettings({});
  assertEquals([dqn.agent, dqn.nStep, dqn.layerNorm, dqn.normalize], ["dqn", 10, true, "bounds"]);
  for (const agent of ["double-dqn", "prioritized-dqn", "munchausen-dqn", "q-network", "pqn"] as const) {
    const { nStep, bufferSize, normalize } = presetSettings({ agent });
    assertEquals([nStep, bufferSize, normalize], [1, agent === "q-network" ? 1 : 50_000, "none"], agent);
  }
  assertEquals(presetSettings({ preset: "lecture", env: "CartPole-v1" }).nStep, 1);
  assertEquals(presetSettings({ preset: "pixels", agent: "dqn" }).nStep, 10);
  assertEquals(presetSettings({ env: "CartPole-v0" }).nStep, 1);
});
