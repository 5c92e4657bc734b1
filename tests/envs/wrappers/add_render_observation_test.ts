import { assertEquals, assertThrows } from "@std/assert";
import "../../../envs/minigrid/mod.ts";
import { AddRenderObservation, checkEnv, type Env, makeEnv, sceneToPixels } from "../../../envs/mod.ts";
import { DotEnv } from "../_dot_env.ts";
import { construct } from "./_image_env.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

const pixels = (id: string, gray = false) => new AddRenderObservation(makeEnv<string>(id), [6, 9], { gray });

Deno.test("AddRenderObservation shows the picture instead of the observation, after reset and after a step", () => {
  const [env, plain] = [pixels("CartPole-v1"), makeEnv("CartPole-v1")];
  assertEquals(`${env.observationSpace}`, "Box(0, 255, (6, 9, 3), uint8)");
  const first = env.reset({ seed: 3 });
  plain.reset({ seed: 3 });
  assertEquals(first.observation, sceneToPixels(plain.render(), [6, 9]));
  for (let i = 0; i < 5; i++) {
    const { observation: _, ...rest } = plain.step(1);
    const { observation, ...others } = env.step(1);
    assertEquals(observation, sceneToPixels(plain.render(), [6, 9]));
    assertEquals(others, rest);
  }
  assertPassesThrough(env);
});

Deno.test("AddRenderObservation draws a dot where it is", () => {
  const env = new AddRenderObservation(makeDot(), [3, 4], { gray: true });
  assertEquals(`${env.observationSpace}`, "Box(0, 255, (3, 4, 1), uint8)");
  const [before, after] = [env.reset({ seed: 0 }).observation, env.step(1).observation];
  assertEquals(before.some((value) => value > 0), true);
  const rowOf = (image: Uint8Array, i: number) => [...image.subarray(4 * i, 4 * i + 4)];
  for (let i = 0; i < 3; i++) {
    // A quarter of the dot's left half is at the edge of the first picture; in the second the whole moved right by a pixel.
    assertEquals(rowOf(after, i).slice(1, 2), rowOf(before, i).slice(0, 1));
  }
  before.fill(7);
  assertEquals(env.reset({ seed: 0 }).observation.includes(7), false, "observations are the caller's");
});

function makeDot(): Env<Uint8Array, number> {
  const dot = new DotEnv();
  return Object.assign(dot, { maxEpisodeSteps: undefined });
}

Deno.test("AddRenderObservation is a sound environment around any other, and continues from a snapshot", () => {
  for (const id of ["CartPole-v1", "FrozenLake-v1", "Pendulum-v1", "Blackjack-v1", "MiniGrid-Empty-5x5-v0"]) {
    checkEnv(pixels(id));
    checkEnv(pixels(id, true));
  }
  for (const id of ["CartPole-v1", "FrozenLake-v1"]) assertContinues(() => pixels(id, true));
  const env = pixels("CartPole-v1");
  env.reset();
  const settings = { size: [6, 9], gray: false, blackBackground: false };
  assertRefusesSnapshots(env, [
    [{ settings: { ...settings, gray: true } }, RangeError, "gray must be false, got true"],
    [{ settings: { ...settings, size: [9, 6] } }, RangeError, "size must be [6,9], got [9,6]"],
    [
      { settings: { ...settings, blackBackground: true } },
      RangeError,
      "blackBackground must be false, got true",
    ],
    [{ observationSpace: 1 }, TypeError, "observationSpace must be an object, got 1"],
  ]);
});

Deno.test("AddRenderObservation shows what differs from the background, if it is black", () => {
  for (const gray of [false, true]) {
    const options = { gray, blackBackground: true };
    const make = () => new AddRenderObservation(makeEnv("CartPole-v1"), [6, 9], options);
    const plain = makeEnv("CartPole-v1");
    plain.reset({ seed: 3 });
    const { observation } = make().reset({ seed: 3 });
    assertEquals(observation, sceneToPixels(plain.render(), [6, 9], options));
    assertEquals(observation.filter((value) => value === 0).length > observation.length / 2, true);
    checkEnv(make());
    assertContinues(make);
  }
});

Deno.test("AddRenderObservation refuses bad sizes", () => {
  const env = makeEnv("CartPole-v1");
  const make = (size: unknown) => construct(AddRenderObservation, env, size);
  const name = "Cannot show pictures of CartPole-v1: ";
  assertThrows(make([0, 4]), RangeError, `${name}rows must be a whole number from 1, got 0`);
  assertThrows(make([4, "4"]), TypeError, `${name}columns must be a whole number from 1, got "4"`);
  assertThrows(
    make(undefined),
    TypeError,
    `${name}size must be the numbers of rows and of columns, got undef`,
  );
  assertThrows(make([2 ** 20, 2]), RangeError, `${name}size must make at most 1048576 pixels, got 2097152`);
});
