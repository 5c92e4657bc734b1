import { assertAlmostEquals, assertEquals } from "@std/assert";
import { addProjection, Pcg32 } from "../../../agents/mod.ts";

const GRID = { atoms: 5, vMin: -2, vMax: 2 }; // atoms at -2, -1, 0, 1, 2

function project(
  probabilities: number[],
  move: { reward: number; discount: number; shift?: number; weight?: number },
): number[] {
  const target = new Float32Array(GRID.atoms);
  addProjection(new Float32Array(probabilities), 0, { shift: 0, weight: 1, ...move }, GRID, target, 0);
  return [...target];
}

Deno.test("mass between two atoms is shared by nearness", () => {
  // 0 goes to 0.5 + 0.9 · 0 = 0.5, 1 goes to 0.5 + 0.9 = 1.4
  const target = project([0, 0, 0.5, 0.5, 0], { reward: 0.5, discount: 0.9 });
  [0, 0, 0.25, 0.25 + 0.5 * 0.6, 0.5 * 0.4].forEach((mass, z) => assertAlmostEquals(target[z]!, mass, 1e-6));
});

Deno.test("mass on an atom stays whole, beyond the ends it goes to the ends", () => {
  assertEquals(project([0, 1, 0, 0, 0], { reward: 2, discount: 1 }), [0, 0, 0, 1, 0]);
  assertEquals(project([0.25, 0, 0, 0, 0.75], { reward: 9, discount: 1 }), [0, 0, 0, 0, 1]);
  assertEquals(project([0.25, 0, 0, 0, 0.75], { reward: -9, discount: 1 }), [1, 0, 0, 0, 0]);
});

Deno.test("where the task ended all mass goes to the reward", () => {
  assertEquals(
    project([0.2, 0.2, 0.2, 0.2, 0.2], { reward: 1, discount: 0 }).map((m) => Math.round(m * 1e6)),
    [
      0,
      0,
      0,
      1e6,
      0,
    ],
  );
});

Deno.test("a shift moves the atoms before the discount, a weight scales the mass", () => {
  // (−1 + 1) · 0.5 = 0
  assertEquals(project([0, 1, 0, 0, 0], { reward: 0, discount: 0.5, shift: 1, weight: 0.25 }), [
    0,
    0,
    0.25,
    0,
    0,
  ]);
});

Deno.test("mass and, within the ends, the mean are kept", () => {
  const random = Pcg32.seeded(5n);
  for (let round = 0; round < 200; round++) {
    const raw = Array.from({ length: 5 }, () => random.next());
    const sum = raw.reduce((a, b) => a + b);
    const probabilities = raw.map((value) => value / sum);
    const [reward, discount] = [random.next() - 0.5, 0.75 * random.next()];
    const target = project(probabilities, { reward, discount });
    const mean = (masses: number[]) => masses.reduce((total, mass, z) => total + mass * (z - 2), 0);
    assertAlmostEquals(target.reduce((a, b) => a + b), 1, 1e-5);
    assertAlmostEquals(mean(target), reward + discount * mean(probabilities), 1e-5);
  }
});

Deno.test("a target that lies at another place is added to there", () => {
  const target = new Float32Array(10).fill(0.5);
  const probabilities = new Float32Array([9, 9, 0, 1, 0, 0, 0]);
  addProjection(probabilities, 2, { reward: 0, discount: 1, shift: 0, weight: 1 }, GRID, target, 5);
  assertEquals([...target], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1.5, 0.5, 0.5, 0.5]);
});
