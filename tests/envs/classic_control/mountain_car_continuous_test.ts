import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { makeEnv, MountainCarContinuous } from "../../../envs/mod.ts";
import { assertInternalStates, assertRecording } from "../_assert_recording.ts";

Deno.test("MountainCarContinuous-v0 repeats everything recorded of Gymnasium with NumPy 2", () => {
  assertRecording("MountainCarContinuous-v0.numpy2", () => makeEnv("MountainCarContinuous-v0"));
  assertInternalStates("MountainCarContinuous-v0", { name: "MountainCarContinuous-v0.numpy2" });
});

/** A MountainCarContinuous in a given state, after a step. */
function at(
  position: number,
  velocity: number,
  options: { goalVelocity?: number } = {},
): MountainCarContinuous {
  const env = new MountainCarContinuous(options);
  env.reset({ seed: 0 });
  env.restore({ ...env.snapshot(), state: [Math.fround(position), Math.fround(velocity), 1] });
  return env;
}

const full = (value: number): Float32Array => Float32Array.of(value);
const f = Math.fround;

Deno.test("MountainCarContinuous.step() in float32, worked by hand", () => {
  // cos 0 = 1 at position 0; half throttle is exact.
  const change = f(f(0.5 * f(0.0015)) - f(0.0025));
  const { observation, reward, terminated } = at(0, 0).step(full(0.5));
  assertEquals([...observation], [change, change]);
  assertEquals([reward, terminated], [-0.25 * 0.1, false]);
  // A clipped throttle is rounded once.
  assertEquals(at(0, 0).step(full(3)).observation[1], f(0.0015 - 0.0025));
  assertEquals(at(0, 0).step(full(-3)).observation[1], f(-0.0015 - 0.0025));
});

Deno.test("MountainCarContinuous pays for the action as given and for the flag", () => {
  assertEquals(at(0, 0).step(full(3)).reward, -0.9);
  const arrived = at(0.449, 0.02).step(full(0));
  assertEquals([arrived.reward, arrived.terminated], [100, true]);
  assertEquals(at(0.449, 0.02).step(full(1)).reward, 100 - 0.1);
  assertEquals(at(0.449, 0.02, { goalVelocity: 0.05 }).step(full(0)).terminated, false);
  const env = at(0.449, 0.02);
  env.step(full(0));
  assertThrows(() => env.step(full(0)), Error, "the episode is over");
});

Deno.test("MountainCarContinuous is as fast as 0.07 and stops at the wall", () => {
  assertStrictEquals(at(-0.6, 0.07).step(full(1)).observation[1], f(0.07));
  assertStrictEquals(at(0, -0.07).step(full(-1)).observation[1], f(-0.07));
  assertEquals([...at(-1.19, -0.05).step(full(-1)).observation], [f(-1.2), 0]);
});

Deno.test("MountainCarContinuous refuses bad actions, states and options", () => {
  const env = new MountainCarContinuous();
  assertThrows(() => env.step(full(0)), Error, "reset must be called first");
  env.reset();
  const step = (action: unknown) => Reflect.apply(env.step, env, [action]);
  const start = "Cannot step MountainCarContinuous-v0: action must be";
  assertThrows(() => step(1), TypeError, `${start} a Float32Array of length 1, got 1`);
  assertThrows(() => step(full(NaN)), RangeError, `${start} of finite numbers, got NaN`);
  const good = env.snapshot();
  assertThrows(
    () => env.restore({ ...good, state: [-0.5, 0, 0.5] }),
    TypeError,
    "Cannot restore MountainCarContinuous-v0: state 2 must be a whole number, got 0.5",
  );
  assertThrows(
    () => new MountainCarContinuous({ goalVelocity: NaN }),
    RangeError,
    "Cannot make MountainCarContinuous-v0: goalVelocity must be finite, got NaN",
  );
});

Deno.test("MountainCarContinuous's spaces", () => {
  const { observationSpace, actionSpace } = new MountainCarContinuous();
  assertEquals(`${observationSpace}`, "Box([-1.2 -0.07], [0.6 0.07], (2,), float32)");
  assertEquals(`${actionSpace}`, "Box(-1.0, 1.0, (1,), float32)");
});

Deno.test("MountainCarContinuous.render() has its flag at 0.45 m", () => {
  assertEquals(at(-0.5, 0).render().description, "A car in a valley at -0.50 m, the flag at 0.45 m");
});
