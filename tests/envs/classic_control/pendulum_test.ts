import { assert, assertAlmostEquals, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { makeEnv, Pendulum } from "../../../envs/mod.ts";
import { assertInternalStates, assertRecording } from "../_assert_recording.ts";

Deno.test("Pendulum-v1 repeats everything recorded of Gymnasium with NumPy 2", () => {
  assertRecording("Pendulum-v1.numpy2", () => makeEnv("Pendulum-v1"));
  assertInternalStates("Pendulum-v1", { name: "Pendulum-v1.numpy2" });
});

/** A Pendulum in a given state. */
function at(angle: number, speed: number, options: { g?: number } = {}): Pendulum {
  const env = new Pendulum(options);
  env.reset({ seed: 0 });
  env.restore({ ...env.snapshot(), state: [angle, speed, 0] });
  return env;
}

const torque = (value: number): Float32Array => Float32Array.of(value);

Deno.test("Pendulum.step() from upright, worked by hand", () => {
  // Gravity does nothing upright: 2 N m give 3 · 2 · 0.05 = 0.3 rad/s, and these 0.015 rad.
  const { observation, reward, terminated, truncated } = at(0, 0).step(torque(2));
  assertEquals(observation[2], Math.fround(6 * 0.05));
  assertAlmostEquals(observation[1]!, Math.sin(0.015), 1e-7);
  assertStrictEquals(reward, -Math.fround(Math.fround(0.001) * 4));
  assertEquals([terminated, truncated], [false, false]);
  // A quarter turn to the left: 15 · 1 · 0.05.
  assertAlmostEquals(at(Math.PI / 2, 0).step(torque(0)).observation[2]!, 0.75, 1e-7);
  assertAlmostEquals(at(Math.PI / 2, 0, { g: 2 }).step(torque(0)).observation[2]!, 0.15, 1e-7);
});

Deno.test("Pendulum's reward is of the state before, with the angle from -π to π", () => {
  assertAlmostEquals(at(0.5, 2).step(torque(0)).reward, -(0.25 + 0.4), 1e-12);
  for (const turns of [-3, 1, 12]) {
    assertAlmostEquals(at(0.5 + turns * 2 * Math.PI, 2).step(torque(0)).reward, -(0.25 + 0.4), 1e-12);
  }
  assertAlmostEquals(at(-3 * Math.PI, 0).step(torque(0)).reward, -(Math.PI ** 2), 1e-12);
  assertStrictEquals(at(0, 0).step(torque(0)).reward, -0);
});

Deno.test("Pendulum clips torque and speed", () => {
  const [much, most] = [at(1, 1).step(torque(50)), at(1, 1).step(torque(2))];
  assertEquals(much, most);
  assertStrictEquals(at(1, 8).step(torque(2)).observation[2], 8);
  assertStrictEquals(at(-1, -8).step(torque(-2)).observation[2], -8);
});

Deno.test("Pendulum refuses bad actions, seeds and options, and stays as it was", () => {
  const env = new Pendulum();
  assertThrows(() => env.step(torque(0)), Error, "Cannot step Pendulum-v1: reset must be called first");
  env.reset();
  const before = env.snapshot();
  const step = (action: unknown) => Reflect.apply(env.step, env, [action]);
  for (const action of [0, [0], new Float64Array(1), new Float32Array(2), new Float32Array(0), undefined]) {
    assertThrows(
      () => step(action),
      TypeError,
      "Cannot step Pendulum-v1: action must be a Float32Array of length 1, got ",
    );
  }
  for (const action of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => step(torque(action)),
      RangeError,
      `Cannot step Pendulum-v1: action must be of finite numbers, got ${action}`,
    );
  }
  assertThrows(() => env.reset({ seed: 0.5 }), RangeError, "got 0.5");
  assertEquals(env.snapshot(), before);
  assertThrows(() => new Pendulum({ g: Infinity }), RangeError, "g must be finite, got Infinity");
  assertThrows(() => Reflect.construct(Pendulum, [{ g: "10" }]), TypeError, 'g must be a number, got "10"');
});

Deno.test("Pendulum's spaces", () => {
  const { observationSpace, actionSpace } = new Pendulum();
  assertEquals(`${observationSpace}`, "Box([-1. -1. -8.], [1. 1. 8.], (3,), float32)");
  assertEquals(`${actionSpace}`, "Box(-2.0, 2.0, (1,), float32)");
  assertEquals(actionSpace.names, ["torque (N m)"]);
});

Deno.test("Pendulum.render() leans as the state does and shows the torque", () => {
  const env = at(0.5, 0);
  const kinds = (scene: { shapes: readonly { kind: string }[] }) => scene.shapes.map(({ kind }) => kind);
  assertEquals(kinds(env.render()), ["rectangle", "circle", "circle", "circle"]);
  assert(env.render().description.startsWith("A rod 28.6 degrees from upright"));
  const tip = env.render().shapes[2];
  assert(tip?.kind === "circle" && tip.x < 0 && tip.y > 0.8);
  env.step(torque(-1));
  assertEquals(kinds(env.render()), ["rectangle", "circle", "circle", "line", "polygon", "circle"]);
  assert(env.render().description.endsWith("pushed with -1.00 N m"));
});
