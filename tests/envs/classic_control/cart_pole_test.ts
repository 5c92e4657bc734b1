import { assert, assertEquals, assertNotStrictEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { CartPole, makeEnv } from "../../../envs/mod.ts";
import { assertInternalStates, assertRecording } from "../_assert_recording.ts";

Deno.test("CartPole-v0 repeats everything recorded of Gymnasium", () => {
  assertRecording("CartPole-v0", () => makeEnv("CartPole-v0"));
  assertInternalStates("CartPole-v0");
});

Deno.test("CartPole-v1 repeats everything recorded of Gymnasium", () => {
  assertRecording("CartPole-v1", () => makeEnv("CartPole-v1"));
  assertInternalStates("CartPole-v1");
});

/** A CartPole in a given state. */
function at(state: number[], options: { suttonBartoReward?: boolean } = {}): CartPole {
  const env = new CartPole(options);
  env.reset({ seed: 0 });
  env.restore({ ...env.snapshot(), state });
  return env;
}

Deno.test("CartPole.step() from rest, worked by hand", () => {
  // Upright and at rest: temp = 10 / 1.1; the pole falls back with −temp / (0.5 (4/3 − 0.1 / 1.1)), which takes
  // 0.05 / 1.1 of itself off the cart's acceleration.
  const temp = 10 / 1.1;
  const angular = -temp / (0.5 * (4 / 3 - 0.1 / 1.1));
  const linear = temp - 0.05 * angular / 1.1;
  const right = at([0, 0, 0, 0]).step(1).observation;
  const left = at([0, 0, 0, 0]).step(0).observation;
  assertEquals([...right], [0, Math.fround(0.02 * linear), 0, Math.fround(0.02 * angular)]);
  assertEquals([...left], [0, -right[1]!, 0, -right[3]!]);
});

Deno.test("CartPole.step() moves with the velocities from before", () => {
  const { observation } = at([1, 0.5, 0.1, -0.25]).step(1);
  assertStrictEquals(observation[0], Math.fround(1 + 0.02 * 0.5));
  assertStrictEquals(observation[2], Math.fround(0.1 + 0.02 * -0.25));
});

Deno.test("CartPole ends strictly beyond 2.4 m and 12 degrees, and pays for the last step", () => {
  assertEquals(at([2.4, 0, 0, 0]).step(1).terminated, false);
  assertEquals(at([2.4, 0.001, 0, 0]).step(1).terminated, true);
  assertEquals(at([-2.4, -0.001, 0, 0]).step(1).terminated, true);
  const limit = 12 * 2 * Math.PI / 360;
  assertEquals(at([0, 0, limit, 0]).step(1).terminated, false);
  const { reward, terminated, truncated } = at([0, 0, -limit, -0.001]).step(1);
  assertEquals({ reward, terminated, truncated }, { reward: 1, terminated: true, truncated: false });
});

Deno.test("CartPole with suttonBartoReward pays -1 for falling only", () => {
  const options = { suttonBartoReward: true };
  assertEquals(at([0, 0, 0, 0], options).step(1).reward, 0);
  assertEquals(at([2.4, 1, 0, 0], options).step(1).reward, -1);
  assertEquals(makeEnv("CartPole-v1", options).maxEpisodeSteps, 500);
});

Deno.test("CartPole.step() throws before the first reset and after the end", () => {
  const env = new CartPole();
  assertThrows(() => env.step(0), Error, "Cannot step CartPole-v1: reset must be called first");
  const fallen = at([2.4, 1, 0, 0]);
  fallen.step(1);
  assertThrows(
    () => fallen.step(1),
    Error,
    "Cannot step CartPole-v1: the episode is over, reset must be called",
  );
  fallen.reset();
  fallen.step(1);
});

Deno.test("CartPole.step() refuses invalid actions and stays unchanged", () => {
  const env = at([0, 0, 0, 0]);
  const before = env.snapshot();
  const step = (action: unknown) => Reflect.apply(env.step, env, [action]);
  for (const [action, text] of [[2, "2"], [-1, "-1"], [1e9, "1000000000"]] as const) {
    assertThrows(
      () => step(action),
      RangeError,
      `Cannot step CartPole-v1: action must be a whole number from 0 to 1, got ${text}`,
    );
  }
  const wrong = [[0.5, "0.5"], [NaN, "NaN"], ["1", '"1"'], [undefined, "undefined"], [null, "null"], [
    1n,
    "1n",
  ]];
  for (
    const [action, text] of [...wrong, [Float32Array.of(1), "Float32Array of length 1"], [{}, "an object"]]
  ) {
    assertThrows(
      () => step(action),
      TypeError,
      `Cannot step CartPole-v1: action must be a whole number from 0 to 1, got ${text}`,
    );
  }
  assertEquals(env.snapshot(), before);
});

Deno.test("CartPole.reset() refuses bad seeds and stays as it was", () => {
  const env = at([0, 0, 0, 0]);
  const before = env.snapshot();
  const reset = (seed: unknown) => Reflect.apply(env.reset, env, [{ seed }]);
  for (const seed of [-1, 1.5, NaN, Infinity, 2 ** 53, -1n]) {
    assertThrows(() => reset(seed), RangeError, "Cannot seed");
  }
  for (const seed of ["0", null, {}, true]) {
    assertThrows(() => reset(seed), TypeError, "Cannot seed a stream: seed must be");
  }
  assertEquals(env.snapshot(), before);
});

Deno.test("CartPole refuses options of the wrong type", () => {
  assertThrows(
    () => Reflect.construct(CartPole, [{ suttonBartoReward: 1 }]),
    TypeError,
    "Cannot make CartPole-v1: suttonBartoReward must be true or false, got 1",
  );
});

Deno.test("CartPole's observations are the caller's and lie in its space", () => {
  const env = new CartPole();
  const first = env.reset({ seed: 1 }).observation;
  const copy = [...first];
  const second = env.step(1).observation;
  assertNotStrictEquals(first, second);
  assertEquals([...first], copy);
  first.fill(9);
  assert(env.observationSpace.contains(second));
  assertEquals(env.observationSpace.names?.length, 4);
  assertEquals(env.actionSpace.meanings, ["push left", "push right"]);
});

Deno.test("CartPole's spaces print as Gymnasium's", () => {
  const { observationSpace, actionSpace } = makeEnv("CartPole-v1");
  assertEquals(
    `${observationSpace}`,
    "Box([-4.8 -inf -0.41887903 -inf], [4.8 inf 0.41887903 inf], (4,), float32)",
  );
  assertEquals(`${actionSpace}`, "Discrete(2)");
});

Deno.test("CartPole starts as after seed 0 when it was never seeded", () => {
  assertEquals(new CartPole().reset().observation, new CartPole().reset({ seed: 0 }).observation);
  assertEquals(new CartPole().reset({ seed: undefined }), new CartPole().reset({ seed: 0n }));
});

Deno.test("CartPole.render() shows the cart where it is and the pole as it leans", () => {
  const scene = at([1.5, 0, 0.1, 0]).render();
  const cart = scene.shapes.find((shape) => shape.kind === "rectangle" && shape.height === 0.24);
  const pole = scene.shapes.find((shape) => shape.kind === "rectangle" && shape.angle !== undefined);
  assert(cart?.kind === "rectangle" && pole?.kind === "rectangle");
  const { state } = at([1.5, 0, 0.1, 0]).snapshot();
  assertEquals(state, [1.5, 0, 0.1, 0]);
  assertEquals([cart.x, cart.angle], [1.5, undefined]);
  assertEquals(pole.angle, -0.1);
  assert(pole.x > 1.5 && pole.y > 0.4);
  assertEquals(scene.description, "A cart at 1.50 m with its pole leaning 5.7 degrees to the right");
  assertEquals([scene.width, scene.height], [4.8, 3.2]);
});
