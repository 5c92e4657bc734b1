import { assertEquals, assertMatch } from "@std/assert";
import { envIds } from "../../envs/mod.ts";
import { presetSettings } from "../../scripts/_presets.ts";

Deno.test("the agent of an environment whose states can be counted is q-learning, of any other a network", () => {
  const counted = envIds().filter((env) => presetSettings({ env }).agent === "q-learning");
  const toyText = ["FrozenLake", "CliffWalking", "Taxi", "Blackjack"];
  assertEquals(counted, envIds().filter((env) => toyText.some((name) => env.startsWith(name))));
  assertEquals(counted.length, 6);
  for (const env of envIds().filter((env) => !counted.includes(env))) {
    assertMatch(presetSettings({ env }).agent, /^(double-)?dqn$/, env);
  }
});

Deno.test("another agent, or the lecture's preset, takes nothing of q-learning's", () => {
  for (const names of [{ agent: "dqn" }, { agent: "rainbow" }, { preset: "lecture" }] as const) {
    const { env: _, ...taxi } = presetSettings({ env: "Taxi-v4", ...names });
    const { env: __, ...unknown } = presetSettings({ env: "./my_env.ts", ...names });
    assertEquals(taxi, unknown);
  }
});
