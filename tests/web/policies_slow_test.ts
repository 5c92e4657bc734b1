import { assert, assertEquals } from "@std/assert";
import { evaluate } from "../../agents/mod.ts";
import { envIds, envSpec } from "../../envs/mod.ts";
import { onnxSeal } from "../../nn/mod.ts";
import { loadOnnx } from "../../scripts/run_folder/load_onnx.ts";
import { fromFileUrl } from "../../.ci/from_file_url.ts";
import { POLICIES } from "../../web/_policies.ts";

const FOLDER = new URL("../../web/policies/", import.meta.url);

/** What a good policy reaches where Gymnasium names no threshold, or one that even perfect play misses now and then. */
const THRESHOLDS: Readonly<Record<string, number>> = {
  "Taxi-v4": 7.5, // perfect play: 7.93 over all starts
  "CliffWalking-v1": -13, // the shortest way
  "CliffWalkingSlippery-v1": -72, // perfect play: -64.7
  "FrozenLake8x8-v1": 0.82, // perfect play: 0.913
  "Blackjack-v1": -0.07, // perfect play: -0.043
  "Pendulum-v1": -200,
  "Hopper-v5": 2_400, // what its preset is for; Gymnasium names 3,800
  "MiniGrid-DoorKey-5x5-v0": 0.95, // the shortest ways take 4 to 20 of 250 steps
};

/** Where luck decides much, more than 100; fewer of long ones. */
const EPISODES: Readonly<Record<string, number>> = {
  "CliffWalkingSlippery-v1": 1_000,
  "FrozenLake8x8-v1": 1_000,
  "Blackjack-v1": 10_000,
  "InvertedPendulum-v5": 10,
  "InvertedDoublePendulum-v5": 10,
  "Hopper-v5": 10,
  "HalfCheetah-v5": 10,
};

Deno.test("every environment has a policy, of MiniGrid one and of MuJoCo four", async () => {
  await import("../../envs/box2d/mod.ts");
  const others = [
    "MiniGrid-DoorKey-5x5-v0",
    "InvertedPendulum-v5",
    "InvertedDoublePendulum-v5",
    "Hopper-v5",
    "HalfCheetah-v5",
  ];
  assertEquals(POLICIES.toSorted(), [...envIds(), ...others].toSorted());
});

Deno.test("every policy of the page is in the list, and names its environment", async () => {
  const files = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).sort();
  assertEquals(files, POLICIES.map((id) => `${id}.onnx`).sort());
  for (const id of POLICIES) {
    const line = { values: new Map(), words: [] };
    const { settings, bytes } = await loadOnnx(fromFileUrl(new URL(`${id}.onnx`, FOLDER)), line);
    assert(onnxSeal(bytes) !== undefined, `${id}.onnx must have a SHA-256 of itself`);
    assertEquals([settings.env, settings.preset], [id, "tuned"]);
  }
});

for (const id of POLICIES) {
  Deno.test(`the page's policy for ${id} solves it`, async () => {
    const loaded = await loadOnnx(fromFileUrl(new URL(`${id}.onnx`, FOLDER)), {
      values: new Map(),
      words: [],
    });
    const { mean } = evaluate(loaded.env, loaded.policy, { episodes: EPISODES[id] ?? 100, seed: 1 });
    const threshold = THRESHOLDS[id] ?? envSpec(id).rewardThreshold;
    assert(threshold !== undefined && mean >= threshold, `mean return ${mean}, threshold ${threshold}`);
  });
}

Deno.test("the gallery's policy for CartPole-v1 solves it from pictures alone", async () => {
  const file = new URL("../../docs/policies/CartPole-v1-pixels.onnx", import.meta.url);
  const { env, policy, settings } = await loadOnnx(fromFileUrl(file), { values: new Map(), words: [] });
  assertEquals([settings.preset, `${env.observationSpace}`], ["pixels", "Box(0, 255, (40, 60, 2), uint8)"]);
  const { mean } = evaluate(env, policy, { episodes: 20, seed: 1 });
  assert(mean >= 475, `mean return ${mean}`);
});
