import { assertEquals, assertThrows } from "@std/assert";
import { constantSchedule, linearSchedule } from "../../agents/mod.ts";

Deno.test("a constant schedule stays", () => {
  assertEquals([0, 1, 1e9].map(constantSchedule(0.3)), [0.3, 0.3, 0.3]);
});

Deno.test("a linear schedule starts, moves, and stays at its end exactly", () => {
  const schedule = linearSchedule(1, 0.04, 8);
  assertEquals(schedule(0), 1);
  assertEquals(schedule(4), 0.52);
  assertEquals([8, 9, 1e9].map(schedule), [0.04, 0.04, 0.04]);
});

Deno.test("schedules refuse numbers that are not finite", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assertThrows(() => constantSchedule(value), RangeError, `value must be finite, got ${value}`);
    assertThrows(() => linearSchedule(value, 0, 1), RangeError, `start must be finite, got ${value}`);
    assertThrows(() => linearSchedule(0, value, 1), RangeError, `end must be finite, got ${value}`);
  }
  assertThrows(
    () => linearSchedule(-1e308, 1e308, 9),
    RangeError,
    "end - start must be finite, got Infinity",
  );
});

Deno.test("a linear schedule refuses bad lengths", () => {
  for (const steps of [0, -1, 1.5, NaN]) {
    assertThrows(() => linearSchedule(1, 0, steps), RangeError, `whole number from 1, got ${steps}`);
  }
});
