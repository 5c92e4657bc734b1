import { assertAlmostEquals, assertEquals } from "@std/assert";
import { cellOf, valueAt } from "../../../scripts/sweep/axis.ts";
import { parseSpace } from "../../../scripts/sweep/search_space.ts";

Deno.test("values and their parts of the axis", () => {
  const cases: [search: string, value: string, from: number, to: number][] = [
    ["gamma=lin:0.5:0.9", "0.6", 0.25, 0.25],
    ["learning-rate=log:1e-4:1e-2", "0.001", 0.5, 0.5],
    ["learning-rate=log:1e-4:1e-2", "0.0001", 0, 0],
    ["loss=mse|huber", "huber", 0.5, 1],
    ["n-step=int:3:6", "3", 0, 0.25],
    ["n-step=int:3:6", "5", 0.5, 0.75],
    // From ½ to 4½ on a logarithmic scale, which is a factor of 9: 1½ is half of it.
    ["n-step=log:1:4", "1", 0, 0.5],
  ];
  for (const [search, value, from, to] of cases) {
    const [parameter] = parseSpace([search]);
    const cell = cellOf(parameter!, value);
    assertAlmostEquals(cell.from, from, 1e-12, search);
    assertAlmostEquals(cell.to, to, 1e-12, search);
    assertEquals(valueAt(parameter!, (cell.from + cell.to) / 2), value, search);
  }
});
