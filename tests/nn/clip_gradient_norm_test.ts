import { assertAlmostEquals, assertEquals } from "@std/assert";
import { clipGradientNorm, ReferenceKernels } from "../../nn/mod.ts";

Deno.test("a small gradient stays as it is", () => {
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
