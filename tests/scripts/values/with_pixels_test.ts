import { assertEquals } from "@std/assert";
import { makeEnv, sceneToPixels } from "../../../envs/mod.ts";
import { OPTIONS } from "../../../scripts/settings/settings.ts";
import { parsePixels, withPixels } from "../../../scripts/values/with_pixels.ts";

Deno.test("parsePixels() reads rows and columns, and x3 for colour", () => {
  assertEquals(parsePixels("48x64"), { rows: 48, columns: 64, gray: true });
  assertEquals(parsePixels("1x1024x3"), { rows: 1, columns: 1024, gray: false });
  for (
    const text of [
      "",
      "48",
      "48x",
      "0x4",
      "4x0",
      "048x4",
      "4x4x1",
      "4x4x4",
      "-4x4",
      "4.5x4",
      "1025x4",
      "4x99999",
    ]
  ) {
    assertEquals(parsePixels(text), undefined, text);
    assertEquals([OPTIONS.pixels.parse(text), OPTIONS.pixels.accept(text)], [undefined, undefined], text);
  }
  assertEquals([OPTIONS.pixels.parse("none"), OPTIONS.pixels.accept(null)], [null, null]);
  assertEquals([OPTIONS.pixels.parse("48x64"), OPTIONS.pixels.accept("48x64")], ["48x64", "48x64"]);
  for (const value of [48, [48, 64], {}, true]) assertEquals(OPTIONS.pixels.accept(value), undefined);
});

Deno.test("withPixels() draws and stacks, or leaves the environment as it is", () => {
  const env = makeEnv("FrozenLake-v1");
  const space = (pixels: string | null, frameStack: number) =>
    `${withPixels(env, { pixels, blackBackground: false, frameStack }).observationSpace}`;
  assertEquals(withPixels(env, { pixels: null, blackBackground: false, frameStack: 4 }), env);
  assertEquals(space("6x9", 1), "Box(0, 255, (6, 9, 1), uint8)");
  assertEquals(space("6x9", 4), "Box(0, 255, (6, 9, 4), uint8)");
  assertEquals(space("6x9x3", 2), "Box(0, 255, (6, 9, 6), uint8)");
});

Deno.test("withPixels() draws on the environment's own background, or on black", () => {
  for (const blackBackground of [false, true]) {
    const env = makeEnv("CartPole-v1");
    const { observation } = withPixels(env, { pixels: "6x9", blackBackground, frameStack: 1 }).reset({
      seed: 1,
    });
    assertEquals(observation, sceneToPixels(env.render(), [6, 9], { gray: true, blackBackground }));
  }
});
