import { assertEquals, assertThrows } from "@std/assert";
import { makeEnv, NormalizeObservation, RunningMeanStd } from "../../../envs/mod.ts";
import { scriptedBoxEnv } from "../_toy_envs.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

Deno.test("NormalizeObservation counts an observation, then normalises it", () => {
  const env = new NormalizeObservation(scriptedBoxEnv([[3, -1], [5, -1], [4, 7]]));
  const total = 1.0001;
  // After one vector x: mean x/1.0001, variance (1e-4 + x² 1e-4/1.0001)/1.0001.
  const first = [3, -1].map((x) => (x - x / total) / Math.sqrt((1e-4 + x * x * 1e-4 / total) / total + 1e-8));
  assertEquals(env.reset({ seed: 1 }), { observation: Float32Array.from(first), info: { first: true } });
  env.step(0);
  const { mean, std } = env;
  env.freeze();
  assertEquals(env.step(0).observation, Float32Array.of((4 - mean[0]!) / std[0]!, (7 - mean[1]!) / std[1]!));
  assertEquals([env.mean, env.std, env.frozen], [mean, std, true]);
  env.freeze(false);
  env.step(0);
  assertEquals(env.mean[0] === mean[0], false);
  mean.fill(99);
  assertEquals(env.mean[0] === 99, false);
  assertPassesThrough(env);
});

Deno.test("NormalizeObservation shows Gymnasium's numbers, to the precision of its float32 statistics", () => {
  // The example in the documentation of gymnasium/wrappers/stateful_observation.py.
  const env = new NormalizeObservation(makeEnv("CartPole-v1"));
  env.reset({ seed: 123 });
  let result = env.step(1);
  while (!result.terminated) result = env.step(1);
  const expected = [2.0059888, 1.5676788, -1.9944268, -1.6120394];
  for (const [i, value] of expected.entries()) {
    assertEquals(Math.abs(result.observation[i]! - value) < 2e-5, true, `${i}: ${result.observation[i]}`);
  }
});

Deno.test("NormalizeObservation's space has no bounds, but its names", () => {
  const { observationSpace } = new NormalizeObservation(makeEnv("MountainCar-v0"));
  assertEquals(`${observationSpace}`, "Box(-inf, inf, (2,), float32)");
  assertEquals(observationSpace.names, ["car position (m)", "car velocity (m/step)"]);
});

Deno.test("NormalizeObservation can share its statistics", () => {
  const training = new NormalizeObservation(scriptedBoxEnv([[1], [2], [9]]));
  const evaluation = new NormalizeObservation(scriptedBoxEnv([[4]]), { statistics: training.statistics });
  evaluation.freeze();
  training.reset();
  training.step(0);
  const { mean, std } = training;
  assertEquals([...evaluation.reset().observation], [Math.fround((4 - mean[0]!) / std[0]!)]);
  assertEquals(training.mean, mean);
});

Deno.test("NormalizeObservation continues from a snapshot, and refuses others", () => {
  assertContinues(() => new NormalizeObservation(makeEnv("CartPole-v1")));
  assertContinues(() => {
    const env = new NormalizeObservation(makeEnv("MountainCar-v0"));
    env.reset({ seed: 3 });
    env.freeze();
    return env;
  });
  const env = new NormalizeObservation(makeEnv("MountainCar-v0"));
  env.reset();
  const statistics = env.statistics.snapshot();
  assertRefusesSnapshots(env, [
    [{ state: { frozen: 1, statistics } }, TypeError, "frozen must be true or false, got 1"],
    [{ state: { frozen: true } }, TypeError, "statistics must be an object, got undefined"],
    [
      { state: { frozen: true, statistics: { ...statistics, count: -1 } } },
      RangeError,
      "must be finite and from 0",
    ],
  ]);
});

Deno.test("NormalizeObservation refuses statistics of another length or type", () => {
  const env = scriptedBoxEnv([[0]]);
  assertThrows(
    () => new NormalizeObservation(env, { statistics: new RunningMeanStd(2) }),
    RangeError,
    "Cannot normalize observations of Scripted-v0: statistics must be of length 1, got Float64Array of length 2",
  );
  assertThrows(
    () => Reflect.construct(NormalizeObservation, [env, { statistics: {} }]),
    TypeError,
    "statistics must be a RunningMeanStd, got an object",
  );
});
