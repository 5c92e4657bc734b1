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

Deno.test("a linear schedule refuses bad lengths", () => {
  for (const steps of [0, -1, 1.5, NaN]) {
    assertThrows(() => linearSchedule(1, 0, steps), RangeError, `whole number from 1, got ${steps}`);
  }
});
