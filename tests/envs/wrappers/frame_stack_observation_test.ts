import { assertEquals, assertThrows } from "@std/assert";
import { ReplayBuffer } from "../../../agents/mod.ts";
import { AddRenderObservation, checkEnv, FrameStackObservation, makeEnv } from "../../../envs/mod.ts";
import { construct, scriptedImages } from "./_image_env.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

const stack = () =>
  new FrameStackObservation(scriptedImages([1, 2, 1], [[1, 2], [3, 4], [5, 6], [7, 8]], { length: 3 }), 3);

Deno.test("FrameStackObservation shows the last images as channels, the oldest first", () => {
  const env = stack();
  assertEquals(`${env.observationSpace}`, "Box(0, 255, (1, 2, 3), uint8)");
  const first = env.reset({ seed: 2 });
  assertEquals(first, { observation: Uint8Array.of(1, 1, 1, 2, 2, 2), info: { first: true } });
  assertEquals(env.step(0).observation, Uint8Array.of(1, 1, 3, 2, 2, 4));
  assertEquals(env.step(0).observation, Uint8Array.of(1, 3, 5, 2, 4, 6));
  const last = env.step(0);
  assertEquals([last.observation, last.terminated], [Uint8Array.of(3, 5, 7, 4, 6, 8), true]);
  assertEquals(env.reset().observation, Uint8Array.of(1, 1, 1, 2, 2, 2));
  assertEquals(first.observation, Uint8Array.of(1, 1, 1, 2, 2, 2), "observations are the caller's to keep");
  assertPassesThrough(env);
});

Deno.test("FrameStackObservation keeps the channels of a frame together", () => {
  const env = new FrameStackObservation(scriptedImages([1, 2, 2], [[1, 2, 3, 4], [5, 6, 7, 8]]), 2);
  assertEquals(env.observationSpace.shape, [1, 2, 4]);
  assertEquals(env.reset().observation, Uint8Array.of(1, 2, 1, 2, 3, 4, 3, 4));
  assertEquals(env.step(0).observation, Uint8Array.of(1, 2, 5, 6, 3, 4, 7, 8));
});

const pictures = () => new AddRenderObservation<number>(makeEnv("CartPole-v1"), [6, 8], { gray: true });

Deno.test("FrameStackObservation is sound, continues from a snapshot, and refuses others", () => {
  checkEnv(new FrameStackObservation(pictures(), 4));
  assertContinues(() => new FrameStackObservation(pictures(), 4));
  assertContinues(stack);
  const env = stack();
  env.reset();
  assertRefusesSnapshots(env, [
    [{ settings: { stackSize: 2 } }, RangeError, "stackSize must be 3, got 2"],
    [{ state: {} }, TypeError, "frames must be an array of length 6, got undefined"],
    [
      { state: { frames: [1, 2, 3] } },
      TypeError,
      "frames must be an array of length 6, got Array of length 3",
    ],
    [
      { state: { frames: [1, 2, 3, 4, 256, 6] } },
      RangeError,
      "frames 4 must be a whole number from 0 to 255",
    ],
    [{ state: { frames: [1, 2, 3, 4, "5", 6] } }, TypeError, 'frames 4 must be a number, got "5"'],
  ]);
});

Deno.test("a replay buffer stores each frame of a stack once", () => {
  const bytesOf = (stackSize: number) => {
    const env = new FrameStackObservation(
      new AddRenderObservation<number>(makeEnv("CartPole-v1"), [24, 32], { gray: true }),
      stackSize,
    );
    const observationLength = env.observationSpace.low.length;
    const bytes = { channels: stackSize, scale: 255 };
    const buffer = new ReplayBuffer({ capacity: 400, observationLength, bytes });
    let { observation } = env.reset({ seed: 0 });
    for (let i = 0; i < 400; i++) {
      const { observation: nextObservation, reward, terminated, truncated } = env.step(i % 2);
      buffer.add({ observation, action: i % 2, reward, nextObservation, terminated, truncated });
      observation = terminated ? env.reset().observation : nextObservation;
    }
    const { planes } = buffer.snapshot().byteObservations!;
    return planes.reduce((sum, piece) => sum + piece.length, 0);
  };
  const one = bytesOf(1);
  assertEquals(one <= 500 * 24 * 32, true, "about a frame per transition");
  assertEquals(bytesOf(4), one);
});

Deno.test("FrameStackObservation refuses other observations and bad sizes", () => {
  const rule = "observationSpace must be a Box of uint8, (rows, columns, channels), got Box(";
  const cartPole = construct(FrameStackObservation, makeEnv("CartPole-v1"), 4);
  assertThrows(cartPole, TypeError, `Cannot stack frames of CartPole-v1: ${rule}`);
  const images = scriptedImages([1, 2, 1], [[1]]);
  for (
    const [size, kind] of [[0, RangeError], [-1, RangeError], [1.5, TypeError], ["2", TypeError]] as const
  ) {
    const expected = "stackSize must be a whole number from 1, got ";
    assertThrows(construct(FrameStackObservation, images, size), kind, expected);
  }
  assertThrows(
    construct(FrameStackObservation, images, 2 ** 24),
    RangeError,
    "at most 16777216 elements, got 33554432",
  );
  const message = "observation must be of length 2, got Uint8Array of length 1";
  assertThrows(() => new FrameStackObservation(images, 2).reset(), RangeError, message);
});
