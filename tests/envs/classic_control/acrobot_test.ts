import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Acrobot, makeEnv } from "../../../envs/mod.ts";
import { assertInternalStates, assertRecording } from "../_assert_recording.ts";

Deno.test("Acrobot-v1 repeats everything recorded of Gymnasium", () => {
  assertRecording("Acrobot-v1", () => makeEnv("Acrobot-v1"));
  // NumPy's sine and cosine are libm's, once in a thousand calls not the nearest double: float64 states drift apart.
  assertInternalStates("Acrobot-v1", { tolerance: 1e-14 });
});

/** An Acrobot in a given state. */
function at(state: number[]): Acrobot {
  const env = new Acrobot();
  env.reset({ seed: 0 });
  env.restore({ ...env.snapshot(), state });
  return env;
}

const stateOf = (env: Acrobot): unknown => env.snapshot()["state"];

Deno.test("Acrobot at rest stays at rest, and a torque bends it both ways alike", () => {
  // The cosine of the double nearest to π/2 is 6e-17: gravity pulls no harder than that.
  const rest = at([0, 0, 0, 0]).step(1).observation;
  assertEquals([...rest].map((value) => Math.abs(value) < 1e-16 ? 0 : value), [1, 0, 1, 0, 0, 0]);
  const [right, left] = [at([0, 0, 0, 0]).step(2).observation, at([0, 0, 0, 0]).step(0).observation];
  for (const i of [1, 3, 4, 5]) assertAlmostEquals(left[i]!, -right[i]!, 1e-7);
  assert(right[3]! > 0 && right[1]! < 0, "the lower link turns with the torque, the upper against it");
});

Deno.test("Acrobot's energy hardly changes without torque", () => {
  // Both links swing freely from a small angle: the energy of Sutton and Barto's equations, written out anew.
  const energy = ([angle1, angle2, speed1, speed2]: number[]) => {
    const [cosine, spin] = [Math.cos(angle2!), speed1! + speed2!];
    const upper = 0.5 * (0.25 + 1) * speed1! ** 2;
    const lower = 0.5 * (speed1! ** 2 + 0.25 * spin ** 2 + speed1! * spin * cosine) + 0.5 * spin ** 2;
    const height = -1.5 * Math.cos(angle1!) - 0.5 * Math.cos(angle1! + angle2!);
    return upper + lower + 9.8 * height;
  };
  const env = at([0.5, -0.2, 0, 0]);
  const start = energy([0.5, -0.2, 0, 0]);
  for (let i = 0; i < 50; i++) env.step(1);
  const end = stateOf(env);
  assert(Array.isArray(end));
  assertAlmostEquals(energy(end), start, 0.05);
});

Deno.test("Acrobot wraps its angles and bounds its speeds", () => {
  const state = stateOf((() => {
    const env = at([3.1, -3.1, 12.5, -28.2]);
    env.step(1);
    return env;
  })());
  assert(Array.isArray(state));
  for (const angle of state.slice(0, 2)) assert(Math.abs(angle) <= Math.PI);
  assert(Math.abs(state[2]) <= 4 * Math.PI && Math.abs(state[3]) <= 9 * Math.PI);
});

Deno.test("Acrobot ends above the line and pays nothing for that step", () => {
  assertEquals(at([1, 0, 0, 0]).step(1).reward, -1);
  // −2 cos 2.0 = 0.83 lies below the line, −2 cos 2.1 above it.
  const env = at([2, 0, 2, 0]);
  const { reward, terminated, truncated } = env.step(1);
  assertEquals([reward, terminated, truncated], [0, true, false]);
  assertThrows(() => env.step(1), Error, "the episode is over");
});

Deno.test("Acrobot refuses bad actions and seeds", () => {
  const env = new Acrobot();
  assertThrows(() => env.step(0), Error, "Cannot step Acrobot-v1: reset must be called first");
  env.reset();
  const message = "Cannot step Acrobot-v1: action must be a whole number from 0 to 2, got ";
  assertThrows(() => env.step(3), RangeError, `${message}3`);
  assertThrows(() => env.step(0.5), TypeError, `${message}0.5`);
  assertThrows(() => env.reset({ seed: -1 }), RangeError, "got -1");
});

Deno.test("Acrobot's spaces", () => {
  const { observationSpace, actionSpace } = new Acrobot();
  assertEquals(
    `${observationSpace}`,
    "Box([-1. -1. -1. -1. -12.566371 -28.274334], [1. 1. 1. 1. 12.566371 28.274334], (6,), float32)",
  );
  assertEquals(observationSpace.names?.length, 6);
  assertEquals(`${actionSpace}`, "Discrete(3)");
});

Deno.test("Acrobot.render() puts the links where the angles say", () => {
  const scene = at([Math.PI / 2, -Math.PI / 2, 0, 0]).render();
  const joints = scene.shapes.filter((shape) => shape.kind === "circle");
  assertEquals(joints.map(({ x }) => Math.round(x * 1000)), [0, 1000]);
  assertEquals(
    scene.description,
    "A two-link arm whose free end is at a height of -1.00 m, to be raised above 1 m",
  );
  assert(new Acrobot().render().description.includes("-2.00 m"));
});
