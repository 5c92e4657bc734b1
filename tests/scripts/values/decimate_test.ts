import { assert, assertEquals } from "@std/assert";
import { decimate } from "../../../scripts/values/decimate.ts";
import { plotRewards } from "../../../scripts/plots/reward_plot.ts";

Deno.test("a short line is unchanged; each stretch of a long one keeps its lowest and its highest point", () => {
  const self = (value: number) => value;
  assertEquals(decimate([3, 1, 2], self, 3), [3, 1, 2]);
  assertEquals(decimate([3, 1, 2, 9, 5, 7, 7, 7], self, 4), [1, 9, 5, 7]);
  assertEquals(decimate([9, 1, 5, 5, 5, 5], self, 4), [9, 1, 5]);
  assertEquals(decimate([], self), []);
});

Deno.test("the picture of a long run stays small and keeps its extremes", async () => {
  const episodes = Array.from(
    { length: 50_000 },
    (_, i) => ({ episode: i + 1, return: i === 31_234 ? 900 : i % 50 }),
  );
  const svg = await plotRewards("long", episodes);
  assert(svg.length < 150_000, `${svg.length} bytes`);
  assert(svg.includes(">900<"), "the highest point is on the axis");
});
