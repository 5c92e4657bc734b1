import { assertEquals } from "@std/assert";
import { Discrete, envIds } from "../../envs/mod.ts";
import "../../envs/box2d/mod.ts";
import "../../envs/minigrid/mod.ts";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { makeRunEnv } from "../../scripts/run/run_env.ts";
import { keyBindings, keysText } from "../../web/key_bindings.ts";

function textOf(id: string): string {
  const { actionSpace } = makeRunEnv(presetSettings({ env: id, agent: "dqn" }));
  const meanings = actionSpace instanceof Discrete ? actionSpace.meanings ?? [] : [];
  return keysText(keyBindings(meanings), meanings, { space: "space", noKey: "no key" });
}

Deno.test("every environment of the page has keys that speak for themselves", () => {
  const texts: Record<string, string> = {
    "CartPole-v1": "← push left, → push right",
    "MountainCar-v0": "← accelerate left, → accelerate right, no key: coast",
    "LunarLander-v3": "← fire left engine, → fire right engine, ↑ fire main engine, no key: do nothing",
    "LunarLanderContinuous-v3":
      "↑ main engine 1, side engines 0; ↓ main engine -1, side engines 0; ← main engine 0, side engines -1; → main engine 0, side engines 1; no key: main engine 0, side engines 0",
    "Pendulum-v1": "← torque (N m) -2, → torque (N m) 2, no key: torque (N m) 0",
    "Taxi-v4": "← west, → east, ↑ north, ↓ south, p pick up, d drop off",
    "Blackjack-v1": "← stick, → hit",
    "MiniGrid-DoorKey-5x5-v0":
      "← turn left, → turn right, ↑ move forward, space toggle, p pick up, d drop, no key: done",
    "MiniGrid-Dynamic-Obstacles-5x5-v0": "← turn left, → turn right, ↑ move forward",
  };
  for (const [id, text] of Object.entries(texts)) assertEquals(textOf(id), text, id);
  for (const id of envIds()) assertEquals(textOf(id).startsWith("←") || textOf(id).startsWith("↑"), true, id);
});

Deno.test("actions without names have digits, or arrows if there are few", () => {
  const { actions, idle } = keyBindings(["action 0", "action 1", "action 2", "action 3"]);
  assertEquals([[...actions], idle], [[["1", 0], ["2", 1], ["3", 2], ["4", 3]], undefined]);
  assertEquals(keyBindings(["action 0", "action 1"]).actions.get("ArrowRight"), 1);
});
