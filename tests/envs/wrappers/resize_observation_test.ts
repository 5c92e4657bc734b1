import { assertEquals, assertThrows } from "@std/assert";
import { AddRenderObservation, checkEnv, makeEnv, ResizeObservation } from "../../../envs/mod.ts";
import { construct, scriptedImages } from "./_image_env.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

const resized = (
  shape: [number, number, number],
  image: number[],
  size: [number, number],
) => [...new ResizeObservation(scriptedImages(shape, [image]), size).reset().observation];

Deno.test("ResizeObservation takes the mean of the area that a new pixel covers", () => {
  assertEquals(resized([2, 2, 1], [1, 2, 3, 5], [1, 1]), [3], "11 / 4 = 2.75");
  assertEquals(resized([2, 2, 1], [1, 2, 3, 4], [1, 1]), [3], "2.5, halves up");
  assertEquals(resized([2, 2, 1], [1, 2, 3, 3], [1, 1]), [2], "2.25");
  assertEquals(resized([1, 4, 1], [0, 10, 20, 31], [1, 2]), [5, 26]);
  // Three into two: a whole one, and half of the middle one.
  assertEquals(resized([1, 3, 1], [30, 60, 90], [1, 2]), [40, 80]);
  assertEquals(resized([3, 1, 1], [30, 60, 90], [2, 1]), [40, 80]);
  // Two into three: (2 · 0 + 0), (0 + 90) / 2, 90.
  assertEquals(resized([1, 2, 1], [0, 90], [1, 3]), [0, 45, 90]);
  assertEquals(resized([1, 1, 1], [7], [2, 2]), [7, 7, 7, 7]);
  assertEquals(resized([1, 2, 3], [0, 10, 20, 100, 110, 120], [1, 1]), [50, 60, 70], "channel by channel");
  const same = [5, 1, 4, 2, 8, 3];
  assertEquals(resized([2, 3, 1], same, [2, 3]), same);
  assertEquals(resized([5, 7, 1], new Array<number>(35).fill(255), [3, 4]), new Array<number>(12).fill(255));
});

const cartPole = () =>
  new ResizeObservation(new AddRenderObservation<number>(makeEnv("CartPole-v1"), [12, 16]), [5, 7]);

Deno.test("ResizeObservation passes everything else through, is sound, and continues from a snapshot", () => {
  const env = new ResizeObservation(scriptedImages([1, 2, 1], [[2, 4], [6, 8]]), [1, 1]);
  assertEquals(env.reset(), { observation: Uint8Array.of(3), info: { first: true } });
  assertEquals(env.step(1).observation, Uint8Array.of(7));
  assertPassesThrough(env);
  assertEquals(`${cartPole().observationSpace}`, "Box(0, 255, (5, 7, 3), uint8)");
  checkEnv(cartPole());
  assertContinues(cartPole);
  const started = cartPole();
  started.reset();
  assertRefusesSnapshots(started, [
    [{ settings: { size: [7, 5] } }, RangeError, "size must be [5,7], got [7,5]"],
  ]);
});

Deno.test("ResizeObservation refuses other observations and bad sizes", () => {
  const env = makeEnv("CartPole-v1");
  const rule = "observationSpace must be a Box of uint8, (rows, columns, channels), got Box(";
  assertThrows(
    construct(ResizeObservation, env, [4, 4]),
    TypeError,
    `Cannot resize images of CartPole-v1: ${rule}`,
  );
  const images = scriptedImages([1, 2, 1], [[1]]);
  const size = "must be a whole number from 1, got ";
  assertThrows(construct(ResizeObservation, images, [0, 4]), RangeError, `rows ${size}0`);
  assertThrows(construct(ResizeObservation, images, [4, NaN]), TypeError, `columns ${size}NaN`);
  assertThrows(construct(ResizeObservation, images, 4), TypeError, "size must be the numbers of rows and of");
  assertThrows(construct(ResizeObservation, images, [2048, 2048]), RangeError, "at most 1048576 pixels");
  assertThrows(
    () => new ResizeObservation(images, [1, 1]).reset(),
    RangeError,
    "observation must be of length 2",
  );
});
