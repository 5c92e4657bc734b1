import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { Box, Discrete, type Env, MultiDiscrete } from "../../../envs/mod.ts";
import { readSettings } from "../../../scripts/settings/read_settings.ts";
import { measureValues, trainMeasuring } from "../../../scripts/overestimation/value_error.ts";

/** Episodes of three steps with the rewards 1, 2, 4; what is observed is the number of the step. */
function createEnv(): Env<Float32Array, number> {
  let step = 0;
  const never = () => {
    throw new Error("not needed");
  };
  return {
    id: "Three-v0",
    observationSpace: new Box(0, 3, { shape: [1] }),
    actionSpace: new Discrete(2),
    reset: () => ({ observation: Float32Array.of(step = 0), info: {} }),
    step: (action) => {
      assertEquals(action, 1);
      step++;
      return {
        observation: Float32Array.of(step),
        reward: 2 ** (step - 1),
        terminated: step === 3,
        truncated: false,
        info: {},
      };
    },
    render: never,
    snapshot: never,
    restore: never,
  };
}

const agent = {
  act: () => 1,
  qValues: (observation: Float32Array) => Float32Array.of(-5, 10 * (observation[0] ?? 0)),
};

Deno.test("values are compared with the discounted returns that follow them", () => {
  // Returns at γ = 1/2: 1 + (2 + 4 / 2) / 2 = 3, 2 + 4 / 2 = 4, 4; the largest values 0, 10, 20.
  const options = { gamma: 0.5, episodes: 2, seed: 0 };
  assertEquals(measureValues(createEnv(), agent, { ...options, counted: 3 }), {
    predicted: 10,
    obtained: 11 / 3,
  });
  // The return of a counted state reaches beyond the states counted.
  assertEquals(measureValues(createEnv(), agent, { ...options, counted: 1 }), { predicted: 0, obtained: 3 });
});

Deno.test("the value of an action of several parts is the mean of its parts' values", () => {
  const { reset, ...env } = createEnv();
  const actionSpace = new MultiDiscrete([2, 3], { start: [0, 5] });
  const step = () => ({
    ...{ observation: new Float32Array(1), info: {} },
    ...{ reward: 4, terminated: true, truncated: false },
  });
  const parts = {
    act: () => Int32Array.of(1, 7),
    qValues: () => Float32Array.of(100, 3, 200, 300, 8),
  };
  const options = { gamma: 0.5, episodes: 1, seed: 0, counted: 1 };
  const measured = measureValues({ ...env, reset, step, actionSpace }, parts, options);
  assertEquals(measured, { predicted: 5.5, obtained: 4 });
});

Deno.test("measurements do not affect training", () => {
  const values = new Map([["steps", "1200"], ["hidden", "8"], ["stop-at-return", "none"]]);
  const settings = readSettings({ values, words: [] });
  const run = (interval: number) => {
    const steps = [...trainMeasuring(settings, { interval, episodes: 1, seed: 3 })];
    assertEquals(steps.map(({ step }) => step), Array.from({ length: 1200 }, (_, i) => i + 1));
    return steps.flatMap(({ measured }) => measured ?? []);
  };
  const [often, seldom] = [run(300), run(600)];
  assertEquals(often.map(({ step }) => step), [300, 600, 900, 1200]);
  assertEquals(often.filter(({ step }) => step % 600 === 0), seldom);
});

Deno.test("values are measured in the environment that the run is made in", () => {
  const measure = (env: string, extra: [string, string][]) => {
    const values = new Map([
      ["env", env],
      ["agent", "dqn"],
      ["steps", "40"],
      ["learning-starts", "40"],
      ["gamma", "0.5"],
      ["hidden", "8"],
      ["stop-at-return", "none"],
      ...extra,
    ]);
    const settings = readSettings({ values, words: [] });
    return [...trainMeasuring(settings, { interval: 40, episodes: 1, seed: 3 })].at(-1)!.measured!;
  };
  const [scaled, plain] = ["bounds", "none"].map((way) => measure("MountainCar-v0", [["normalize", way]]));
  assertNotEquals(scaled!.predicted, plain!.predicted);
  // Numbers become vectors, masks are obeyed: no taxi picks up nobody, at −10.
  const { predicted, obtained } = measure("Taxi-v4", []);
  assert(Number.isFinite(predicted) && obtained >= -2, `${obtained}`);
  assert(Number.isFinite(measure("Pendulum-v1", []).predicted));
});

Deno.test("without a discount there is no horizon to measure to", () => {
  const settings = readSettings({ values: new Map([["gamma", "1"]]), words: [] });
  assertThrows(
    () => [...trainMeasuring(settings, { interval: 1, episodes: 1, seed: 0 })],
    RangeError,
    "gamma must be below 1, got 1",
  );
});
