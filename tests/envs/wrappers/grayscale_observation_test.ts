import { assertEquals, assertThrows } from "@std/assert";
import { AddRenderObservation, checkEnv, GrayscaleObservation, makeEnv } from "../../../envs/mod.ts";
import { construct, scriptedImages } from "./_image_env.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

const cartPole = () =>
  new GrayscaleObservation(new AddRenderObservation<number>(makeEnv("CartPole-v1"), [12, 16]));

Deno.test("GrayscaleObservation weights red, green and blue, and cuts the rest off", () => {
  // 54.1875, 182.427, 18.3855, 0.2125 · 10 + 0.7154 · 20 + 0.0721 · 30 = 18.596
  const images = [[255, 0, 0, 0, 255, 0], [0, 0, 255, 10, 20, 30], [255, 255, 255, 0, 0, 0]];
  const env = new GrayscaleObservation(scriptedImages([1, 2, 3], images));
  assertEquals(`${env.observationSpace}`, "Box(0, 255, (1, 2, 1), uint8)");
  assertEquals(env.reset(), { observation: Uint8Array.of(54, 182), info: { first: true } });
  assertEquals(env.step(0).observation, Uint8Array.of(18, 18));
  assertEquals(env.step(0).observation, Uint8Array.of(255, 0));
  assertPassesThrough(env);
});

Deno.test("GrayscaleObservation of a picture is the gray picture", () => {
  const gray = new AddRenderObservation<number>(makeEnv("CartPole-v1"), [12, 16], { gray: true });
  const env = cartPole();
  assertEquals(env.reset({ seed: 1 }), gray.reset({ seed: 1 }));
  for (let i = 0; i < 5; i++) assertEquals(env.step(1), gray.step(1));
});

Deno.test("GrayscaleObservation is sound, and continues from a snapshot", () => {
  checkEnv(cartPole());
  assertContinues(cartPole);
  const env = cartPole();
  env.reset();
  assertRefusesSnapshots(env, [[{ observationSpace: 1 }, TypeError, "observationSpace must be an object"]]);
});

Deno.test("GrayscaleObservation refuses other observations", () => {
  const rule = "observationSpace must be a Box of uint8, (rows, columns, 3), got ";
  const gray = scriptedImages([2, 2, 1], [[1, 2, 3, 4]]);
  for (
    const [env, got] of [[gray, "Box(0, 255, (2, 2, 1), uint8)"], [makeEnv("CartPole-v1"), "Box("]] as const
  ) {
    assertThrows(
      construct(GrayscaleObservation, env),
      TypeError,
      `Cannot show ${env.id} in gray: ${rule}${got}`,
    );
  }
  const short = new GrayscaleObservation(scriptedImages([1, 1, 3], [[1, 2]]));
  assertThrows(
    () => short.reset(),
    RangeError,
    "observation must be of length 3, got Uint8Array of length 2",
  );
});
