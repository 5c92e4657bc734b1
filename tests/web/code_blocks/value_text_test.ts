import { assertEquals } from "@std/assert";
import { valueText } from "../../../web/code_blocks/value_text.ts";

class Point {
  x = 1;
  #hidden = 2;
  sum() {
    return this.x + this.#hidden;
  }
}

Deno.test("valueText() shows the kind of a value, and a text as it is", () => {
  for (
    const [value, text] of [
      ["a 'text'", "a 'text'"],
      [-0, "-0"],
      [1.5, "1.5"],
      [2n, "2n"],
      [undefined, "undefined"],
      [null, "null"],
      [["a", [1, true]], '["a", [1, true]]'],
      [new Float32Array([1, 0.5]), "Float32Array [1, 0.5]"],
      [new Uint8Array(0), "Uint8Array []"],
      [{ a: { b: [] }, "c d": "e" }, '{ a: { b: [] }, c d: "e" }'],
      [{}, "{}"],
      [new Point(), "Point { x: 1 }"],
      [new Map([["a", 1]]), 'Map { "a" => 1 }'],
      [new Set([3]), "Set [3]"],
      [new RangeError("too far"), "RangeError: too far"],
      [Math.floor, "[Function floor]"],
      [Object.create(null), "{}"],
      [Symbol("s"), "Symbol(s)"],
    ] as const
  ) {
    assertEquals(valueText(value), text);
  }
  assertEquals(new Point().sum(), 3);
});

Deno.test("valueText() cuts what is long, and ends where a value holds itself", () => {
  assertEquals(valueText(Array.from({ length: 300 }, () => 1)), `[${"1, ".repeat(100)}…]`);
  assertEquals(valueText(new Float32Array(1_000)), `Float32Array [${"0, ".repeat(100)}…]`);
  assertEquals(valueText("x".repeat(20_000)), `${"x".repeat(10_000)}…`);
  const loop: { self?: unknown } = {};
  loop.self = loop;
  assertEquals(valueText(loop), "{ self: { self: { self: { self: { self: … } } } } }");
});
