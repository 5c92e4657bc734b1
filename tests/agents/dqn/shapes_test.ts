import { assertThrows } from "@std/assert";
import {
  addProjection,
  bootstrapDiscounts,
  munchausenRewards,
  softPolicy,
  softValues,
  tdTargets,
  valuesOfActions,
} from "../../../agents/mod.ts";
import { createMatrix } from "../../../nn/mod.ts";

const floats = (length: number) => new Float32Array(length);
const square = () => createMatrix(2, 2);
const wide = () => createMatrix(2, 3);

Deno.test("arrays of other lengths and shapes are refused, none is read beyond its end", () => {
  const cases: readonly (readonly [run: () => void, message: string])[] = [
    [
      () => bootstrapDiscounts(new Uint8Array(1), new Uint16Array(2).fill(1), 0.5, floats(2)),
      "Cannot compute discounts: terminated must have 2 elements, got 1",
    ],
    [
      () => bootstrapDiscounts(new Uint8Array(2), new Uint16Array(3).fill(1), 0.5, floats(2)),
      "Cannot compute discounts: steps must have 2 elements, got 3",
    ],
    [() => tdTargets(floats(1), floats(2), floats(2), floats(2)), "rewards must have 2 elements, got 1"],
    [() => tdTargets(floats(2), floats(1), floats(2), floats(2)), "discounts must have 2 elements, got 1"],
    [() => tdTargets(floats(2), floats(2), floats(1), floats(2)), "nextValues must have 2 elements, got 1"],
    [() => valuesOfActions(square(), new Int32Array(1), floats(2)), "actions must have 2 elements, got 1"],
    [() => valuesOfActions(square(), new Int32Array(2), floats(3)), "chosen must have 2 elements, got 3"],
    [() => softPolicy(square(), 1, wide(), square()), "policy must be of shape (2, 2), got (2, 3)"],
    [() => softPolicy(square(), 1, square(), wide()), "logPolicy must be of shape (2, 2), got (2, 3)"],
    [() => softValues(square(), wide(), square(), floats(2)), "policy must be of shape (2, 2), got (2, 3)"],
    [
      () => softValues(square(), square(), wide(), floats(2)),
      "logPolicy must be of shape (2, 2), got (2, 3)",
    ],
    [() => softValues(square(), square(), square(), floats(1)), "soft must have 2 elements, got 1"],
    [
      () => munchausenRewards(floats(1), new Int32Array(2), square(), { alpha: 0, clip: -1 }, floats(2)),
      "rewards must have 2 elements, got 1",
    ],
    [
      () => munchausenRewards(floats(2), new Int32Array(3), square(), { alpha: 0, clip: -1 }, floats(2)),
      "actions must have 2 elements, got 3",
    ],
  ];
  for (const [run, message] of cases) assertThrows(run, TypeError, message);
});

Deno.test("numbers out of range are refused", () => {
  for (const odd of [-0.1, 1.1, NaN]) {
    const discounts = () => bootstrapDiscounts(new Uint8Array(1), new Uint16Array([1]), odd, floats(1));
    assertThrows(discounts, RangeError, `gamma must be in [0, 1], got ${odd}`);
    const rewards = () =>
      munchausenRewards(floats(1), new Int32Array(1), square(), { alpha: odd, clip: -1 }, floats(1));
    assertThrows(rewards, RangeError, `alpha must be in [0, 1], got ${odd}`);
  }
  for (const odd of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => softPolicy(square(), odd, square(), square()),
      RangeError,
      "temperature must be finite",
    );
  }
  for (const clip of [0.5, NaN, -Infinity]) {
    const rewards = () =>
      munchausenRewards(floats(1), new Int32Array(1), square(), { alpha: 0, clip }, floats(1));
    assertThrows(rewards, RangeError, `clip must be finite and at most 0, got ${clip}`);
  }
  for (const action of [-1, 2, 3]) {
    const actions = Int32Array.of(0, action);
    assertThrows(
      () => valuesOfActions(square(), actions, floats(2)),
      RangeError,
      `actions must be from 0 to 1, got ${action} in row 1`,
    );
    assertThrows(
      () => munchausenRewards(floats(2), actions, square(), { alpha: 0, clip: -1 }, floats(2)),
      RangeError,
      `actions must be from 0 to 1 in 2 rows, got ${action} in row 1`,
    );
  }
});

Deno.test("a projection loses no mass: distributions outside their arrays are refused", () => {
  const move = { reward: 0, discount: 1, shift: 0, weight: 1 };
  const grid = { atoms: 3, vMin: 0, vMax: 2 };
  const project = (
    changes: Partial<typeof move>,
    other: Partial<typeof grid> = {},
    [start, at, length]: readonly [number, number, number] = [0, 0, 3],
  ) =>
  () =>
    addProjection(
      floats(length).fill(1),
      start,
      { ...move, ...changes },
      { ...grid, ...other },
      floats(3),
      at,
    );
  for (const name of ["reward", "discount", "shift", "weight"] as const) {
    for (const odd of [NaN, Infinity, -Infinity]) {
      assertThrows(
        project({ [name]: odd }),
        RangeError,
        "Cannot project a distribution: reward, discount, shift and",
      );
    }
  }
  for (const other of [{ vMax: 0 }, { vMax: -1 }, { vMin: NaN }, { atoms: 1 }, { atoms: NaN }]) {
    assertThrows(project({}, other), RangeError, "Cannot project a distribution");
  }
  for (const places of [[1, 0, 3], [0, 1, 3], [-1, 0, 3], [0, -1, 3], [0, 0, 2]] as const) {
    assertThrows(project({}, {}, places), RangeError, "Cannot project a distribution");
  }
});
