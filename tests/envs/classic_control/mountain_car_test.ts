import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { makeEnv, MountainCar } from "../../../envs/mod.ts";
import { assertInternalStates, assertRecording } from "../_assert_recording.ts";

Deno.test("MountainCar-v0 repeats everything recorded of Gymnasium", () => {
  assertRecording("MountainCar-v0", () => makeEnv("MountainCar-v0"));
  assertInternalStates("MountainCar-v0");
});

/** A MountainCar in a given state. */
function at(state: number[], options: { goalVelocity?: number } = {}): MountainCar {
  const env = new MountainCar(options);
  env.reset({ seed: 0 });
  env.restore({ ...env.snapshot(), state });
  return env;
}

Deno.test("MountainCar.step() adds the engine and gravity, worked by hand", () => {
  // cos 0 = 1 at position 0.
  for (const action of [0, 1, 2]) {
    const velocity = (action - 1) * 0.001 - 0.0025;
    const { observation, reward, terminated } = at([0, 0]).step(action);
    assertEquals([...observation], [Math.fround(velocity), Math.fround(velocity)]);
    assertEquals([reward, terminated], [-1, false]);
  }
});

Deno.test("MountainCar is as fast as 0.07 and stops at the wall", () => {
  const slow = at([0.2, 0.07]).step(2).observation;
  assert(slow[1]! <= Math.fround(0.07));
  assertStrictEquals(at([-0.6, 0.07]).step(2).observation[1], Math.fround(0.07));
  assertStrictEquals(at([0, -0.07]).step(0).observation[1], Math.fround(-0.07));
  assertEquals([...at([-1.19, -0.05]).step(0).observation], [Math.fround(-1.2), 0]);
});

Deno.test("MountainCar ends at the flag, fast enough for goalVelocity", () => {
  assertEquals(at([0.49, 0.02]).step(2).terminated, true);
  assertEquals(at([0.49, 0.02], { goalVelocity: 0.05 }).step(2).terminated, false);
  assertEquals(at([0.49, 0.06], { goalVelocity: 0.05 }).step(2).terminated, true);
  assertEquals(at([0.51, -0.001]).step(0).terminated, false);
  const env = at([0.49, 0.02]);
  assertEquals(env.step(2).reward, -1);
  assertThrows(
    () => env.step(2),
    Error,
    "Cannot step MountainCar-v0: the episode is over, reset must be called",
  );
});

Deno.test("MountainCar refuses bad actions, seeds and options", () => {
  const env = new MountainCar();
  assertThrows(() => env.step(0), Error, "Cannot step MountainCar-v0: reset must be called first");
  env.reset();
  const message = "Cannot step MountainCar-v0: action must be a whole number from 0 to 2, got ";
  assertThrows(() => env.step(3), RangeError, `${message}3`);
  assertThrows(() => env.step(1.5), TypeError, `${message}1.5`);
  assertThrows(() => Reflect.apply(env.step, env, []), TypeError, `${message}undefined`);
  assertThrows(() => env.reset({ seed: -3 }), RangeError, "got -3");
  assertThrows(
    () => new MountainCar({ goalVelocity: NaN }),
    RangeError,
    "goalVelocity must be finite, got NaN",
  );
  assertThrows(
    () => Reflect.construct(MountainCar, [{ goalVelocity: "0" }]),
    TypeError,
    'Cannot make MountainCar-v0: goalVelocity must be a number, got "0"',
  );
});

Deno.test("MountainCar's spaces", () => {
  const { observationSpace, actionSpace } = new MountainCar();
  assertEquals(`${observationSpace}`, "Box([-1.2 -0.07], [0.6 0.07], (2,), float32)");
  assertEquals(`${actionSpace}`, "Discrete(3)");
  assertEquals(actionSpace.meanings, ["accelerate left", "coast", "accelerate right"]);
});

Deno.test("MountainCar.render() puts the car on the hill", () => {
  const scene = at([-0.5, 0]).render();
  const wheels = scene.shapes.filter((shape) => shape.kind === "circle");
  assertEquals(wheels.length, 2);
  const middle = wheels.reduce((sum, wheel) => sum + (wheel.kind === "circle" ? wheel.x : NaN), 0) / 2;
  assert(Math.abs(middle - -0.5) < 0.01);
  assertEquals(scene.description, "A car in a valley at -0.50 m, the flag at 0.50 m");
  assertEquals(new MountainCar().render().shapes.length, scene.shapes.length);
});
