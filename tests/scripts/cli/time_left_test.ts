import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { createTimeLeft } from "../../../scripts/cli/time_left.ts";

Deno.test("at a constant speed, the time left is the rest at that speed", () => {
  const timeLeft = createTimeLeft();
  assertEquals(timeLeft.update(0, 0), undefined);
  for (let second = 1; second <= 200; second++) {
    assertAlmostEquals(timeLeft.update(second, second / 200) ?? NaN, 200 - second, 1e-9);
  }
});

Deno.test("the time left is unknown at the start, and earlier work of a resumed run does not count", () => {
  const timeLeft = createTimeLeft(0.5);
  assertEquals(timeLeft.update(0, 0.5), undefined);
  assertAlmostEquals(timeLeft.update(10, 0.6) ?? NaN, 40, 1e-9);
});

Deno.test("after a change of speed the time left follows within minutes, and never jumps", () => {
  const timeLeft = createTimeLeft();
  let done = 0;
  for (let second = 1; second <= 100; second++) timeLeft.update(second, done += 0.002);
  // From here on a tenth as fast: 0.8 left is 4,000 s.
  let last = timeLeft.update(101, done += 0.0002) ?? NaN;
  assert(last < 500, `${last}`);
  for (let second = 102; second <= 280; second++) {
    const left = timeLeft.update(second, done += 0.0002) ?? NaN;
    assert(left > last - 1 && left < 1.1 * last, `${last} then ${left}`);
    last = left;
  }
  assertAlmostEquals(last, (1 - done) / 0.0002, 400);
});

Deno.test("a pause makes the time left grow, not vanish", () => {
  const timeLeft = createTimeLeft();
  const before = timeLeft.update(10, 0.1) ?? NaN;
  const after = timeLeft.update(30, 0.1) ?? NaN;
  assert(before < after && after < 10 * before, `${before} then ${after}`);
});
