import { assertEquals } from "@std/assert";
import { arcTangent2 } from "../../../nn/math/arc_tangent.ts";

Deno.test("arcTangent2 agrees with Math.atan2 to 4e-16 of a turn", () => {
  assertEquals(arcTangent2(0, 0), 0);
  for (const size of [1e-8, 1, 1e6]) {
    for (let i = -1_000; i <= 1_000; i++) {
      const [y, x] = [size * Math.sin(i / 1_000 * Math.PI), size * Math.cos(i / 1_000 * Math.PI)];
      if (i === -1_000) continue; // where the two ends of the circle meet
      const error = Math.abs(arcTangent2(y, x) - Math.atan2(y, x));
      assertEquals(error < 1.4e-15, true, `${y}, ${x}: ${error}`);
    }
  }
  for (const angle of [0, 0.05, -0.05]) assertEquals(arcTangent2(Math.sin(angle), Math.cos(angle)), angle);
});
