import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Pcg32 } from "../../../agents/mod.ts";
import { drawInside, normalBelow, normalDensity } from "../../../scripts/sweep/normal.ts";

Deno.test("the normal distribution has the values of its tables", () => {
  assertAlmostEquals(normalDensity(1), 0.24197072451914337, 1e-15);
  const known: [number, number][] = [
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [-2, 0.02275013194817921],
    [5, 0.9999997133484281],
  ];
  for (const [z, below] of known) assertAlmostEquals(normalBelow(z), below, 1e-14, `${z}`);
  assertEquals([normalBelow(-40), normalBelow(40)], [0, 1]);
  assert(normalBelow(-8) >= 0 && normalBelow(8) <= 1);
});

Deno.test("draws lie inside, around the mean", () => {
  const random = Pcg32.seeded(7n);
  const means: [number, number, number][] = [
    [0.5, 0.1, 0.5],
    // Half of a normal distribution: its mean is the deviation times √(2 / π).
    [0, 0.1, 0.0797884560802865],
  ];
  for (const [mean, deviation, expected] of means) {
    const draws = Array.from({ length: 20_000 }, () => drawInside(mean, deviation, random));
    assert(draws.every((value) => value >= 0 && value < 1));
    assertAlmostEquals(draws.reduce((sum, value) => sum + value) / draws.length, expected, 0.003);
  }
});
