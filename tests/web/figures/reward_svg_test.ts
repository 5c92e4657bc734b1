import { assertEquals, assertStringIncludes } from "@std/assert";
import { filmGif } from "../../../web/figures/film_gif.ts";
import { rewardSvg } from "../../../web/figures/reward_svg.ts";

const axis = (window: number) => `mean of ${window}`;

Deno.test("the graph has both curves, and ends of its axes even where all rewards are equal", () => {
  const svg = rewardSvg([-200, -150, -100], "total reward", axis);
  assertEquals(svg.match(/<polyline/g)?.length, 2);
  for (const text of [">−200<", ">−100<", ">3<", ">mean of 20<", 'aria-label="total reward"']) {
    assertStringIncludes(svg, text);
  }
  const flat = rewardSvg([-200, -200], "total reward", axis);
  for (const text of [">−201<", ">−199<"]) assertStringIncludes(flat, text);
});

Deno.test("a film is a GIF of its size, with a picture for each scene that differs", () => {
  const scene = (fill: string) => ({
    ...{ x: 0, y: 0, width: 3, height: 2, background: "#ffffff", description: "a square" },
    shapes: [{ kind: "rectangle" as const, x: 0.5, y: 0.5, width: 1, height: 1, fill }],
  });
  const gif = filmGif({ scenes: ["#000000", "#ff0000", "#ff0000"].map(scene), rate: 30, return: 0, of: 1 });
  assertEquals(new TextDecoder().decode(gif.subarray(0, 6)), "GIF89a");
  assertEquals([...gif.subarray(6, 10)], [360 & 255, 1, 240, 0]);
  const pictures = gif.filter((byte, i) => byte === 0x21 && gif[i + 1] === 0xf9 && gif[i + 2] === 4).length;
  assertEquals(pictures, 2);
});
