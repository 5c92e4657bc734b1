import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomSeeded } from "@std/random";
import { type AdamOptions, createKernels, RAdam, ReferenceKernels } from "../../nn/mod.ts";

/** Algorithm 2 of Liu et al. 2020 in float64, with PyTorch's ε. */
function paperRAdam(
  theta: number[],
  gradients: readonly number[][],
  options: Required<AdamOptions>,
): number[] {
  const { learningRate, beta1, beta2, epsilon } = options;
  const m = theta.map(() => 0), v = theta.map(() => 0);
  const longest = 2 / (1 - beta2) - 1;
  gradients.forEach((g, index) => {
    const t = index + 1;
    const length = longest - 2 * t * beta2 ** t / (1 - beta2 ** t);
    for (let i = 0; i < theta.length; i++) {
      m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
      v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2;
      const corrected = m[i]! / (1 - beta1 ** t);
      const rectified = Math.sqrt(
        (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length),
      );
      const adaptive = Math.sqrt(1 - beta2 ** t) / (Math.sqrt(v[i]!) + epsilon);
      theta[i] = theta[i]! - learningRate * corrected * (length > 5 ? rectified * adaptive : 1);
    }
  });
  return theta;
}

Deno.test("RAdam agrees with the paper's algorithm in float64", () => {
  const random = randomSeeded(1n);
  for (
    const options of [
      { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      { learningRate: 0.05, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
      { learningRate: 0.01, beta1: 0.9, beta2: 0.5, epsilon: 1e-3 }, // never long enough: ρ∞ = 3
    ]
  ) {
    const start = Array.from({ length: 8 }, () => Math.fround(random() - 0.5));
    const gradients = Array.from(
      { length: 300 },
      () => start.map(() => Math.fround((random() - 0.3) * 10 ** (4 * random() - 3))),
    );
    const parameters = new Float32Array(start);
    const optimizer = new RAdam(parameters, new ReferenceKernels(), options);
    for (const gradient of gradients) optimizer.step(new Float32Array(gradient));
    const expected = paperRAdam([...start], gradients, options);
    const moved = Math.max(...expected.map((value, i) => Math.abs(value - start[i]!)));
    expected.forEach((value, i) => assertAlmostEquals(parameters[i]!, value, 1e-4 * moved));
    assertEquals(optimizer.steps, 300);
  }
});

Deno.test("RAdam's first steps, by hand", () => {
  // With β₂ = 0.999 the average is long enough from the sixth step on; until then each step of a constant gradient is α · g.
  const parameters = new Float32Array([1, 1, 1, 1]);
  const optimizer = new RAdam(parameters, new ReferenceKernels(), { learningRate: 0.125 });
  const gradient = new Float32Array([2, -2, 0, 0.5]);
  for (let step = 1; step <= 5; step++) {
    optimizer.step(gradient);
    [1 - 0.25 * step, 1 + 0.25 * step, 1, 1 - 0.0625 * step].forEach((value, i) =>
      assertAlmostEquals(parameters[i]!, value, 1e-6)
    );
  }
  const before = parameters.slice();
  optimizer.step(gradient);
  // ρ∞ = 1999, ρ₆ = 1999 − 12 · 0.999⁶ / (1 − 0.999⁶); then m̂ / √v̂ is the sign.
  const power = 0.999 ** 6, longest = 1999, length = longest - 12 * power / (1 - power);
  const step = 0.125 *
    Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
  [-step, step, 0, -step].forEach((by, i) => assertAlmostEquals(parameters[i]! - before[i]!, by, 1e-5));
});

Deno.test("a learning rate given with a step counts for that step, and 0 moves nothing", () => {
  const kernels = new ReferenceKernels();
  const [given, fixed] = [1e-3, 0.5].map((learningRate) => {
    const parameters = new Float32Array([1, 2, 3, 4]);
    return { parameters, optimizer: new RAdam(parameters, kernels, { learningRate }) };
  });
  for (let k = 0; k < 12; k++) {
    const gradient = new Float32Array([k - 3, 1, -1, 0.5]);
    given!.optimizer.step(gradient, 0.5);
    fixed!.optimizer.step(gradient);
    assertEquals(given!.parameters, fixed!.parameters);
  }
  given!.optimizer.step(new Float32Array(4).fill(1), 0);
  assertEquals(given!.parameters, fixed!.parameters);
  assertThrows(
    () => given!.optimizer.step(new Float32Array(4), -1),
    RangeError,
    "Cannot step an RAdam: learningRate must be finite and at least 0, got -1",
  );
});

Deno.test("RAdam has the reference's bits with SIMD, and continues from a snapshot in every bit", () => {
  const random = randomSeeded(3n);
  const start = Float32Array.from({ length: 37 }, () => random() - 0.5);
  const [simd, reference, restored] = ["simd", "reference", "simd"].map((name) => {
    const kernels = createKernels(1024, name === "simd" ? "simd" : "reference");
    const parameters = kernels.allocate(start.length), gradients = kernels.allocate(start.length);
    parameters.set(start);
    return { parameters, gradients, optimizer: new RAdam(parameters, kernels) };
  });
  const step = (learner: NonNullable<typeof simd>, gradient: Float32Array) => {
    learner.gradients.set(gradient);
    learner.optimizer.step(learner.gradients);
  };
  for (let k = 0; k < 20; k++) {
    const gradient = start.map(() => random() - 0.5);
    step(simd!, gradient);
    step(reference!, gradient);
    assertEquals(simd!.parameters, reference!.parameters);
    if (k === 3) {
      restored!.parameters.set(simd!.parameters);
      restored!.optimizer.restore(simd!.optimizer.snapshot());
    } else if (k > 3) step(restored!, gradient);
  }
  assertEquals(restored!.parameters, simd!.parameters);
  assertEquals(restored!.optimizer.snapshot(), simd!.optimizer.snapshot());
});

Deno.test("RAdam refuses bad hyperparameters and snapshots by its own name", () => {
  const create = (options: AdamOptions) => () =>
    new RAdam(new Float32Array(4), new ReferenceKernels(), options);
  assertThrows(
    create({ learningRate: 0 }),
    RangeError,
    "Cannot create an RAdam: learningRate must be finite",
  );
  assertThrows(create({ beta2: 1 }), RangeError, "Cannot create an RAdam: beta2 must be in [0, 1), got 1");
  const optimizer = create({})();
  assertThrows(
    () => optimizer.restore({ ...optimizer.snapshot(), secondMoments: new Float32Array(5) }),
    TypeError,
    "Cannot restore an RAdam: the moments must have 4 elements, got 4 and 5",
  );
});
