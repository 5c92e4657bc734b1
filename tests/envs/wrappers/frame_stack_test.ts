import { assertEquals, assertThrows } from "@std/assert";
import { Box, Discrete, FrameStack, makeEnv } from "../../../envs/mod.ts";
import { DotEnv } from "../_dot_env.ts";
import { scriptedBoxEnv, ScriptedEnv } from "../_toy_envs.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

const stack = () =>
  new FrameStack(scriptedBoxEnv([[1, 2], [3, 4], [5, 6], [7, 8], [-0, 9]], { length: 3 }), 3);

Deno.test("FrameStack shows the oldest first, padded with the first of the episode", () => {
  const env = stack();
  assertEquals(env.reset({ seed: 2 }), {
    observation: Float32Array.of(1, 2, 1, 2, 1, 2),
    info: { first: true },
  });
  assertEquals([...env.step(0).observation], [1, 2, 1, 2, 3, 4]);
  assertEquals([...env.step(0).observation], [1, 2, 3, 4, 5, 6]);
  const last = env.step(0);
  assertEquals([[...last.observation], last.terminated], [[3, 4, 5, 6, 7, 8], true]);
  assertEquals([...env.reset().observation], [-0, 9, -0, 9, -0, 9]);
  assertPassesThrough(env);
});

Deno.test("FrameStack's observations are the caller's to keep", () => {
  const env = stack();
  const first = env.reset().observation;
  env.step(0);
  assertEquals([...first], [1, 2, 1, 2, 1, 2]);
  first.fill(99);
  assertEquals([...env.step(0).observation], [1, 2, 3, 4, 5, 6]);
});

Deno.test("FrameStack's space is the one within, several times", () => {
  const { observationSpace } = new FrameStack(makeEnv("MountainCar-v0"), 2);
  assertEquals(observationSpace.shape, [2, 2]);
  assertEquals([...observationSpace.high], [0.6, 0.07, 0.6, 0.07].map(Math.fround));
  assertEquals(observationSpace.names, [
    "car position (m), 1 step ago",
    "car velocity (m/step), 1 step ago",
    "car position (m)",
    "car velocity (m/step)",
  ]);
  assertEquals(new FrameStack(scriptedBoxEnv([[0]]), 1).observationSpace.names, undefined);
});

Deno.test("FrameStack continues from a snapshot, negative zeros included, and refuses others", () => {
  assertContinues(stack);
  assertContinues(() => new FrameStack(makeEnv("CartPole-v1"), 4));
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
      { state: { frames: [1, 2, 3, 4, 1e39, 6] } },
      RangeError,
      "frames 4 must be exact in float32, got 1e+39",
    ],
    [{ state: { frames: [1, 2, 3, 4, "5", 6] } }, TypeError, 'frames 4 must be a number, got "5"'],
    [{ observationSpace: 1 }, TypeError, "observationSpace must be an object, got 1"],
  ]);
});

Deno.test("FrameStack refuses bad sizes", () => {
  const bad = [[0, RangeError], [-1, RangeError], [1.5, TypeError], ["2", TypeError], [
    NaN,
    TypeError,
  ]] as const;
  for (const [size, kind] of bad) {
    assertThrows(
      () => Reflect.construct(FrameStack, [scriptedBoxEnv([[0]]), size]),
      kind,
      "Cannot stack frames of Scripted-v0: stackSize must be a whole number from 1, got ",
    );
  }
});

Deno.test("FrameStack refuses images", () => {
  assertThrows(
    () => Reflect.construct(FrameStack, [new DotEnv(), 2]),
    TypeError,
    "observationSpace must be a Box of float32, got Box(0, 255, (3, 4, 1), uint8)",
  );
});

Deno.test("FrameStack refuses stacks that no memory is for, and observations of another length", () => {
  const env = () => scriptedBoxEnv([[0, 1]]);
  for (const size of [2 ** 23 + 1, 2 ** 31, 2 ** 52]) {
    assertThrows(() => new FrameStack(env(), size), RangeError, "must make at most 16777216 elements, got");
  }
  const space = new Box(-1, 1, { shape: [2] });
  for (const odd of [[], [1], [1, 2, 3]]) {
    const message = `observation must be of length 2, got Float32Array of length ${odd.length}`;
    const [good, bad] = [Float32Array.of(0, 0), Float32Array.from(odd)];
    const first = new FrameStack(new ScriptedEnv(space, new Discrete(2), [bad]), 2);
    assertThrows(() => first.reset(), RangeError, message);
    const later = new FrameStack(new ScriptedEnv(space, new Discrete(2), [good, bad]), 2);
    later.reset();
    assertThrows(() => later.step(0), RangeError, message);
  }
});
