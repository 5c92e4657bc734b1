import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { stateCount } from "../../../agents/mod.ts";
import {
  Box,
  Discrete,
  envIds,
  isBoxOf,
  makeEnv,
  type Observation,
  registerEnv,
  TimeLimit,
} from "../../../envs/mod.ts";
import "../../../envs/box2d/mod.ts";
import "../../../envs/minigrid/mod.ts";
import { DotEnv } from "../../envs/_dot_env.ts";
import { prepareRun } from "../../../scripts/run/run.ts";
import { presetSettings } from "../../../scripts/settings/presets.ts";
import { isTableEnv, isVectorEnv } from "../../../scripts/run/env_kinds.ts";
import { makeRunEnv, normalizationOf, unwrapped } from "../../../scripts/run/run_env.ts";

/** A vector, or a failure. */
function vector(observation: Observation): Float32Array {
  if (observation instanceof Float32Array) return observation;
  throw new TypeError(`Cannot read a vector from ${observation}`);
}

Deno.test("a network is shown vectors, a table numbers, and both choose", () => {
  for (const env of ["CartPole-v1", "FrozenLake-v1", "Blackjack-v1", "Pendulum-v1"]) {
    assertEquals(isVectorEnv(makeRunEnv(presetSettings({ env, agent: "dqn" }))), true, env);
    if (env === "Pendulum-v1") continue; // its bounds are far apart but finite
    assertEquals(isTableEnv(makeRunEnv(presetSettings({ env, agent: "q-learning" }))), true, env);
  }
  const { actionSpace } = makeRunEnv({ ...presetSettings({ env: "Pendulum-v1" }), actionBins: 7 });
  assertEquals(actionSpace instanceof Discrete && actionSpace.n, 7);
  const lander = presetSettings({ env: "LunarLanderContinuous-v3" });
  const parts = { ...lander, actionBins: 3, actionParts: true };
  assertEquals(`${makeRunEnv(parts).actionSpace}`, "MultiDiscrete([3 3])");
  assertEquals(`${makeRunEnv({ ...parts, agent: "pqn" }).actionSpace}`, "MultiDiscrete([3 3])");
  assertEquals(`${makeRunEnv({ ...parts, agent: "q-learning", bins: [2] }).actionSpace}`, "Discrete(9)");
  assertEquals(`${makeRunEnv({ ...parts, env: "LunarLander-v3" }).actionSpace}`, "Discrete(4)");
  assertThrows(
    () => makeRunEnv({ ...lander, actionBins: 257 }),
    RangeError,
    "--action-bins must give at most 65536 combinations, got 257 in each of 2 dimensions (--action-parts needs no",
  );
  assertEquals(`${makeRunEnv({ ...parts, actionBins: 257 }).actionSpace}`, "MultiDiscrete([257 257])");
  const plain = makeRunEnv(presetSettings({ env: "Pendulum-v1", agent: "random" }));
  assertEquals(plain.actionSpace instanceof Box, true);
});

Deno.test("a network is shown a grid as zeros and ones in a row, and a table refuses it", () => {
  const env = makeRunEnv(presetSettings({ env: "MiniGrid-Empty-5x5-v0", agent: "dqn" }));
  assertEquals(`${env.observationSpace}`, "Box(0.0, 1.0, (980,), float32)");
  const observation = vector(env.reset({ seed: 0 }).observation);
  assertEquals(observation.reduce((sum, bit) => sum + bit, 0), 3 * 49);
  const plain = makeRunEnv(presetSettings({ env: "MiniGrid-Empty-5x5-v0", agent: "random" }));
  assertEquals(`${plain.observationSpace}`, "Box(0, 255, (7, 7, 3), uint8)");
  assertThrows(
    () => prepareRun(presetSettings({ env: "MiniGrid-Empty-5x5-v0", agent: "q-learning" })),
    TypeError,
    "observations must be a Box of float32, Discrete or a Tuple of Discrete",
  );
});

Deno.test("other images are shown to a network in a row", () => {
  const id = "RunEnvDot-v0";
  registerEnv({ id, create: () => new DotEnv() });
  const env = makeRunEnv({ ...presetSettings({ env: id, agent: "dqn" }), normalize: "bounds" });
  assertEquals(`${env.observationSpace}`, "Box(-inf, inf, (12,), float32)");
  const { mean, std } = normalizationOf(env)!;
  assertEquals([mean[3], Math.fround(std[3]!)], [127.5, 127.5]);
});

Deno.test("bounds become -1 and 1; elements without bounds are unchanged", () => {
  const settings = { ...presetSettings({ env: "MountainCar-v0" }), normalize: "bounds" as const };
  const { mean, std } = normalizationOf(makeRunEnv(settings))!;
  [-0.3, 0].forEach((value, i) => assertAlmostEquals(mean[i]!, value, 1e-6));
  [0.9, 0.07].forEach((value, i) => assertAlmostEquals(std[i]!, value, 1e-6));
  const cartPole = { ...presetSettings({ env: "CartPole-v1" }), normalize: "bounds" as const };
  const pole = normalizationOf(makeRunEnv(cartPole))!;
  assertEquals([pole.mean[1], Math.fround(pole.std[1]!)], [0, 1]);
});

Deno.test("statistics come from random play, are the same each time, and stay fixed", () => {
  const settings = { ...presetSettings({ env: "CartPole-v1" }), normalize: "statistics" as const };
  const [first, second] = [makeRunEnv(settings), makeRunEnv(settings)];
  const before = normalizationOf(first);
  assertEquals(before, normalizationOf(second));
  const observation = vector(first.reset({ seed: 0 }).observation);
  const raw = vector(unwrapped(second).reset({ seed: 0 }).observation);
  raw.forEach((value, i) =>
    assertEquals(observation[i], Math.fround((value - before!.mean[i]!) / before!.std[i]!))
  );
  for (let k = 0; k < 5; k++) first.step(k % 2);
  assertEquals(normalizationOf(first), before);
  assertEquals(normalizationOf(makeRunEnv(presetSettings({ env: "CartPole-v0" }))), undefined);
});

Deno.test("a run in an environment without a limit has one all the same", () => {
  const settings = presetSettings({ env: "CliffWalking-v1", agent: "q-learning" });
  const env = makeRunEnv(settings);
  assertEquals(env instanceof TimeLimit && env.maxEpisodeSteps, 1_000);
  const own = makeRunEnv({ ...settings, envOptions: { maxEpisodeSteps: 7 } });
  assertEquals(own.maxEpisodeSteps, 7);
});

Deno.test("options reach the environment, and wrong ones are refused", () => {
  const settings = presetSettings({ env: "FrozenLake-v1", agent: "q-learning" });
  const large = makeRunEnv({ ...settings, envOptions: { mapName: "8x8" } });
  assertEquals(`${large.observationSpace}`, "Discrete(64)");
  assertThrows(
    () => makeRunEnv({ ...settings, envOptions: { mapNam: "8x8" } }),
    TypeError,
    "did you mean mapName?",
  );
  const bins = { ...presetSettings({ env: "MountainCar-v0", agent: "q-learning" }), bins: [3, 3, 3] };
  assertThrows(() => makeRunEnv(bins), RangeError, "bins");
});

Deno.test("a table that would fill the memory is refused, with a number of bins that fits", () => {
  const refused = [
    ["LunarLanderContinuous-v3", [10], "got 100000000 states of 9 actions each (--bins 5 fits)"],
    ["LunarLander-v3", [10], "got 100000000 states of 4 actions each (--bins 5 fits)"],
    ["LunarLander-v3", [50], "got 39062500000000 states of 4 actions each (--bins 5 fits)"],
    ["Acrobot-v1", [20], "got 64000000 states of 3 actions each (--bins 10 fits)"],
    ["CartPole-v1", [40], "got 2560000 states of 2 actions each (--bins 38 fits)"],
    ["CartPole-v1", [1, 2000, 2000, 2], "got 8000000 states of 2 actions each (--bins 38 fits)"],
  ] as const;
  for (const [env, bins, message] of refused) {
    const settings = { ...presetSettings({ env, agent: "q-learning" }), bins };
    assertThrows(
      () => makeRunEnv(settings),
      RangeError,
      `Cannot make a table for ${env}: it must have at most 4194304 values (16 MiB), ${message}`,
    );
    const fits = /--bins (\d+) fits/.exec(message)![1];
    assertEquals(isTableEnv(makeRunEnv({ ...settings, bins: [Number(fits)] })), true);
  }
  const desc = ["S".padEnd(2_000, "F"), ...Array.from({ length: 999 }, () => "F".repeat(1_999) + "G")];
  const lake = { ...presetSettings({ env: "FrozenLake-v1", agent: "q-learning" }), envOptions: { desc } };
  assertThrows(() => makeRunEnv(lake), RangeError, "(16 MiB), got 2000000 states of 4 actions each");
});

Deno.test("the table of every preset fits", () => {
  const hasImages = (id: string) => isBoxOf("uint8", makeEnv<string>(id).observationSpace);
  for (const env of envIds().filter((id) => !hasImages(id))) {
    const made = makeRunEnv(presetSettings({ env, agent: "q-learning" }));
    assert(stateCount(made.observationSpace) > 1, env);
  }
});
