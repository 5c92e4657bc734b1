import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomSeeded } from "@std/random";
import { initializeLayer, INITIALIZERS, mlpLayers, mlpLength } from "../../nn/mod.ts";

function draw(initializer: typeof INITIALIZERS[number], inputs: number, outputs: number) {
  const layer = mlpLayers([inputs, outputs], new Float32Array(mlpLength([inputs, outputs])))[0]!;
  initializeLayer(layer, initializer, randomSeeded(5n));
  return { weights: [...layer.weight.data], biases: [...layer.bias] };
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const power = (k: number) => values.reduce((sum, x) => sum + (x - mean) ** k, 0) / values.length;
  return {
    mean,
    variance: power(2),
    kurtosis: power(4) / power(2) ** 2,
    largest: Math.max(...values.map(Math.abs)),
  };
}

const INPUTS = 100;
const OUTPUTS = 400;

for (const [initializer, variance] of [["lecture", 1 / INPUTS], ["he", 2 / INPUTS]] as const) {
  Deno.test(`${initializer} draws normal weights of variance ${variance} and zero biases`, () => {
    const { weights, biases } = draw(initializer, INPUTS, OUTPUTS);
    const { mean, variance: measured, kurtosis } = moments(weights);
    const deviation = Math.sqrt(variance);
    assertAlmostEquals(mean, 0, 4 * deviation / Math.sqrt(weights.length));
    assertAlmostEquals(measured / variance, 1, 0.03);
    assertAlmostEquals(kurtosis, 3, 0.1);
    assert(biases.every((bias) => bias === 0));
  });
}

const UNIFORM = [
  ["pytorch", 1 / Math.sqrt(INPUTS)],
  ["glorot", Math.sqrt(6 / (INPUTS + OUTPUTS))],
] as const;
for (const [initializer, bound] of UNIFORM) {
  Deno.test(`${initializer} draws uniform weights up to ${bound.toFixed(4)}`, () => {
    const { weights, biases } = draw(initializer, INPUTS, OUTPUTS);
    const { mean, variance, kurtosis, largest } = moments(weights);
    assert(largest <= bound && largest > 0.999 * bound);
    assertAlmostEquals(mean, 0, 4 * bound / Math.sqrt(3 * weights.length));
    assertAlmostEquals(variance / (bound * bound / 3), 1, 0.03);
    assertAlmostEquals(kurtosis, 1.8, 0.05);
    if (initializer === "glorot") assert(biases.every((bias) => bias === 0));
    else assertAlmostEquals(moments(biases).variance / (bound * bound / 3), 1, 0.2);
  });
}

Deno.test("the same stream gives the same weights", () => {
  for (const initializer of INITIALIZERS) assertEquals(draw(initializer, 3, 5), draw(initializer, 3, 5));
});

Deno.test("an unknown initializer is refused", () => {
  const layer = mlpLayers([1, 1], new Float32Array(mlpLength([1, 1])))[0]!;
  assertThrows(
    () => initializeLayer(layer, JSON.parse('"xavier"'), randomSeeded(1n)),
    RangeError,
    "initializer must be one of lecture, pytorch, he, glorot, got xavier",
  );
});
