import { assertEquals } from "@std/assert";
import { type LearningRate, learningRateOf } from "../../../scripts/run/learning_rate.ts";

Deno.test("a step size falls over steps of its own, or over those of the run", () => {
  const run: LearningRate = { learningRate: 0.5, learningRateEnd: 0.25, learningRateSteps: null, steps: 100 };
  const at = (settings: LearningRate, step: number) => {
    const rate = learningRateOf(settings);
    return typeof rate === "number" ? rate : rate(step);
  };
  const steps = [0, 20, 40, 100, 400];
  assertEquals(steps.map((step) => at(run, step)), [0.5, 0.45, 0.4, 0.25, 0.25]);
  const own = { ...run, learningRateSteps: 40 };
  assertEquals(steps.map((step) => at(own, step)), [0.5, 0.375, 0.25, 0.25, 0.25]);
  assertEquals(steps.map((step) => at({ ...own, steps: null }, step)), [0.5, 0.375, 0.25, 0.25, 0.25]);
  assertEquals(steps.map((step) => at({ ...run, steps: null }, step)), [0.5, 0.5, 0.5, 0.5, 0.5]);
});
