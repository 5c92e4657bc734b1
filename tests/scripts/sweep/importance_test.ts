import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Pcg32 } from "../../../agents/mod.ts";
import { importanceOf } from "../../../scripts/sweep/importance.ts";
import { parseSpace } from "../../../scripts/sweep/search_space.ts";

const SPACE = parseSpace(["loss=mse|huber", "gamma=lin:0:1"]);

Deno.test("the share is the variance between bins, adjusted for their number", () => {
  // By loss: 1, 3 and 5, 7, means 2 and 6: within 2 + 2 = 4, in all 9 + 1 + 1 + 9 = 20. 1 − (4 / 2) / (20 / 3) = 0.7.
  // By gamma, four bins of one each: nothing is left to tell an effect from noise.
  const trials = [["mse", "0.1"], ["mse", "0.4"], ["huber", "0.6"], ["huber", "0.9"]]
    .map((values, i) => ({ values, score: 1 + 2 * i }));
  const importance = importanceOf(SPACE, trials)!;
  assertEquals(importance.map(({ parameter }) => parameter.name), ["loss", "gamma"]);
  assertAlmostEquals(importance[0]!.share, 0.7);
  assertEquals(importance[1]!.share, 0);
});

Deno.test("a parameter that decides has all of it, one without effect about nothing", () => {
  const random = Pcg32.seeded(1n);
  const trials = Array.from({ length: 200 }, () => {
    const gamma = random.next();
    return { values: [random.next() < 0.5 ? "mse" : "huber", String(gamma)], score: Math.floor(4 * gamma) };
  });
  const [first, second] = importanceOf(SPACE, trials)!;
  assertEquals(first!.parameter.name, "gamma");
  assert(first!.share > 0.9 && second!.share < 0.05, `${first!.share} ${second!.share}`);
});

Deno.test("if scores do not differ, there is nothing to explain", () => {
  const trials = ["mse", "mse", "huber"].map((loss) => ({ values: [loss, "0.5"], score: -200 }));
  assertEquals(importanceOf(SPACE, trials), undefined);
  assertEquals(importanceOf(SPACE, trials.slice(0, 2)), undefined);
});
