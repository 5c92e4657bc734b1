import { assertEquals, assertThrows } from "@std/assert";
import { createMatrix, rowStride } from "../../nn/mod.ts";

Deno.test("a stride is whole vectors, never a multiple of 32, and at least as long as the row, however long", () => {
  for (const columns of [1, 3, 4, 5, 31, 32, 33, 2 ** 31 - 4, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 40]) {
    const stride = rowStride(columns);
    assertEquals([stride % 4, stride % 32 > 0, stride >= columns, stride < columns + 8], [
      0,
      true,
      true,
      true,
    ]);
  }
});

Deno.test("a matrix that no memory holds is refused, not made small", () => {
  for (const columns of [2 ** 32, 2 ** 32 + 1]) assertThrows(() => createMatrix(8, columns), RangeError);
});
