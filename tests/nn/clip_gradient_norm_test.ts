import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { clipGradientNorm, ReferenceKernels } from "../../nn/mod.ts";

Deno.test("a small gradient is unchanged", () => {
  const gradients = new Float32Array([3, 0, 0, 4]);
  assertEquals(clipGradientNorm(gradients, 5, new ReferenceKernels()), 5);
  assertEquals([...gradients], [3, 0, 0, 4]);
});

Deno.test("a large gradient is scaled to the norm", () => {
  const gradients = new Float32Array([30, 0, -40, 0, 0, 0, 0, 0]);
  assertEquals(clipGradientNorm(gradients, 1, new ReferenceKernels()), 50);
  assertAlmostEquals(gradients[0]!, 0.6, 1e-7);
  assertAlmostEquals(gradients[2]!, -0.8, 1e-7);
});

Deno.test("a norm beyond float32 is reported, and the gradients are unchanged", () => {
  const gradients = new Float32Array([1e30, 1e30, 0, 0]);
  assertEquals(clipGradientNorm(gradients, 1, new ReferenceKernels()), Infinity);
  assertEquals([...gradients], [Math.fround(1e30), Math.fround(1e30), 0, 0]);
});

Deno.test("a limit must be above 0", () => {
  for (const limit of [0, -1, NaN]) {
    assertThrows(
      () => clipGradientNorm(new Float32Array(4), limit, new ReferenceKernels()),
      RangeError,
      `maxNorm must be above 0, got ${limit}`,
    );
  }
});
