import { assertEquals } from "@std/assert";
import { fromFloat16, toFloat16 } from "../../../nn/math/float16.ts";

const isNumber = (bits: number) => (bits & 0x7fff) <= 0x7c00;

Deno.test("every float16 is read as the engine reads it, and comes back", () => {
  const view = new DataView(new ArrayBuffer(2));
  for (let bits = 0; bits < 65_536; bits++) {
    view.setUint16(0, bits);
    const value = fromFloat16(bits);
    assertEquals(Object.is(value, view.getFloat16(0)), true, `${bits}: ${value}`);
    if (isNumber(bits)) assertEquals(toFloat16(value), bits);
  }
});

Deno.test("float32 numbers are rounded as the engine rounds them, halfway ones to even", () => {
  const view = new DataView(new ArrayBuffer(4));
  const check = (value: number) => {
    view.setFloat16(0, value);
    assertEquals(toFloat16(value), view.getUint16(0), String(value));
  };
  // Bit patterns all over float32, and around every halfway point.
  for (let i = 0; i < 200_000; i++) {
    view.setUint32(0, (i * 21_479) >>> 0);
    const value = view.getFloat32(0);
    if (!Number.isNaN(value)) check(value);
  }
  for (let bits = 0; bits < 0x7c00; bits++) {
    const half = (fromFloat16(bits) + (bits === 0x7bff ? 65_536 : fromFloat16(bits + 1))) / 2;
    for (const value of [half, half * (1 + 2 ** -20), half * (1 - 2 ** -20)]) {
      check(Math.fround(value));
      check(-Math.fround(value));
    }
  }
  assertEquals([toFloat16(Infinity), toFloat16(-Infinity), toFloat16(NaN)], [0x7c00, 0xfc00, 0x7e00]);
});
