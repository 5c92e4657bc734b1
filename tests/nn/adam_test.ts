import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomSeeded } from "@std/random";
import { Adam, ReferenceKernels } from "../../nn/mod.ts";

/** Algorithm 1 of Kingma & Ba 2015 as the paper writes it, in float64. */
function paperAdam(
  theta: number[],
  gradients: number[][],
  alpha: number,
  b1: number,
  b2: number,
  eps: number,
) {
  const m = theta.map(() => 0);
  const v = theta.map(() => 0);
  gradients.forEach((g, index) => {
    const t = index + 1;
    for (let i = 0; i < theta.length; i++) {
      m[i] = b1 * m[i]! + (1 - b1) * g[i]!;
      v[i] = b2 * v[i]! + (1 - b2) * g[i]! ** 2;
      const mHat = m[i]! / (1 - b1 ** t);
      const vHat = v[i]! / (1 - b2 ** t);
      theta[i] = theta[i]! - alpha * mHat / (Math.sqrt(vHat) + eps);
    }
  });
  return theta;
}

Deno.test("Adam agrees with the paper's algorithm in float64", () => {
  const random = randomSeeded(1n);
  for (const [alpha, b1, b2, eps] of [[1e-3, 0.9, 0.999, 1e-8], [0.05, 0.5, 0.9, 1e-3]] as const) {
    const start = Array.from({ length: 8 }, () => Math.fround(random() - 0.5));
    const gradients = Array.from(
      { length: 300 },
      () => start.map(() => Math.fround((random() - 0.3) * 10 ** (4 * random() - 3))),
    );
    const parameters = new Float32Array(start);
    const adam = new Adam(parameters, new ReferenceKernels(), {
      learningRate: alpha,
      beta1: b1,
      beta2: b2,
      epsilon: eps,
    });
    for (const gradient of gradients) adam.step(new Float32Array(gradient));
    const expected = paperAdam([...start], gradients, alpha, b1, b2, eps);
    const moved = Math.max(...expected.map((value, i) => Math.abs(value - start[i]!)));
    expected.forEach((value, i) => assertAlmostEquals(parameters[i]!, value, 1e-4 * moved));
    assertEquals(adam.steps, 300);
  }
});

Deno.test("the step size of a step may be given, and 0 moves nothing", () => {
  const parameters = new Float32Array([1, 1, 1, 1]);
  const adam = new Adam(parameters, new ReferenceKernels(), { learningRate: 0.25 });
  const gradient = new Float32Array([2, -2, 0, 0.5]);
  adam.step(gradient, 0);
  assertEquals([...parameters], [1, 1, 1, 1]);
  adam.step(gradient, 0.125); // m̂ and v̂ are those of two steps
  [0.875, 1.125, 1, 0.875].forEach((value, i) => assertAlmostEquals(parameters[i]!, value, 1e-6));
  for (const learningRate of [-1, NaN, Infinity]) {
    assertThrows(
      () => adam.step(gradient, learningRate),
      RangeError,
      `Cannot step an Adam: learningRate must be finite and at least 0, got ${learningRate}`,
    );
  }
  assertEquals(adam.steps, 2);
});

Deno.test("Adam's first two steps, by hand", () => {
  // g = 2 twice: m̂ = 2, v̂ = 4 at both steps, so each step is α · 2 / 2.
  const parameters = new Float32Array([1, 1, 1, 1]);
  const adam = new Adam(parameters, new ReferenceKernels(), { learningRate: 0.25 });
  const gradient = new Float32Array([2, -2, 0, 0.5]);
  adam.step(gradient);
  adam.step(gradient);
  [0.5, 1.5, 1, 0.5].forEach((value, i) => assertAlmostEquals(parameters[i]!, value, 1e-6));
});

Deno.test("Adam continues from a snapshot in every bit", () => {
  const random = randomSeeded(3n);
  const gradient = () => new Float32Array(4).map(() => random() - 0.5);
  const kernels = new ReferenceKernels();
  const parameters = new Float32Array([1, 2, 3, 4]);
  const adam = new Adam(parameters, kernels);
  for (let i = 0; i < 10; i++) adam.step(gradient());
  const copy = parameters.slice();
  const restored = new Adam(copy, kernels);
  restored.restore(adam.snapshot());
  for (let i = 0; i < 10; i++) {
    const next = gradient();
    adam.step(next);
    restored.step(next);
    assertEquals(copy, parameters);
  }
  assertEquals(restored.snapshot(), adam.snapshot());
});

Deno.test("Adam refuses bad hyperparameters and snapshots", () => {
  const kernels = new ReferenceKernels();
  const create = (options: ConstructorParameters<typeof Adam>[2]) => () =>
    new Adam(new Float32Array(4), kernels, options);
  for (const learningRate of [0, 1e39, 1e-50]) {
    const message = `learningRate must be finite and above 0 in float32, got ${learningRate}`;
    assertThrows(create({ learningRate }), RangeError, message);
  }
  assertThrows(create({ learningRate: NaN }), RangeError, "got NaN");
  assertThrows(create({ epsilon: -1 }), RangeError, "epsilon");
  assertThrows(
    create({ epsilon: 1e-50 }),
    RangeError,
    "epsilon must be finite and above 0 in float32, got 1e-50",
  );
  assertThrows(create({ beta1: 1 }), RangeError, "beta1 must be in [0, 1), got 1");
  assertThrows(create({ beta2: -0.1 }), RangeError, "beta2");
  const adam = new Adam(new Float32Array(4), kernels);
  const snapshot = adam.snapshot();
  assertThrows(
    () => adam.restore({ ...snapshot, firstMoments: new Float32Array(3) }),
    TypeError,
    "must have 4 elements, got 3 and 4",
  );
  assertThrows(() => adam.restore({ ...snapshot, steps: 0.5 }), RangeError, "steps");
  assertThrows(() => adam.restore({ ...snapshot, beta1Power: 2 }), RangeError, "beta powers");
});
