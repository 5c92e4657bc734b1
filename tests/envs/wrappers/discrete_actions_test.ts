import { assertEquals, assertNotStrictEquals, assertThrows } from "@std/assert";
import { Box, Discrete, DiscreteActions } from "../../../envs/mod.ts";
import { ScriptedEnv } from "../_toy_envs.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

const ACTIONS = new Box([-2, 0], [2, 1], { names: ["torque (N m)", "brake"] });
const scripted = (actions = ACTIONS) =>
  new ScriptedEnv(new Discrete(9), actions, [1, 2, 3, 4, 5], { length: 7, rewards: [0.5, 2] });

Deno.test("DiscreteActions spaces its choices evenly, including both bounds", () => {
  const env = new DiscreteActions(scripted(), [5, 2]);
  const expected = [[-2, 0], [-2, 1], [-1, 0], [-1, 1], [0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]];
  assertEquals(env.actionSpace.n, 10);
  assertEquals(env.actionSpace.start, 0);
  expected.forEach((values, action) => assertEquals([...env.vector(action)], values));
  assertEquals(env.actionSpace.meanings?.slice(0, 3), [
    "torque (N m) -2, brake 0",
    "torque (N m) -2, brake 1",
    "torque (N m) -1, brake 0",
  ]);
  const unnamed = new DiscreteActions(scripted(new Box(-1, 1, { shape: [1] })), 4);
  assertEquals([...unnamed.vector(1)], [Math.fround(-1 / 3)]);
  assertEquals([...unnamed.vector(3)], [1]);
  assertEquals(unnamed.actionSpace.meanings, ["-1", "-0.333333", "0.333333", "1"]);
});

Deno.test("DiscreteActions passes on a separate vector for each action", () => {
  const inner = scripted();
  const env = new DiscreteActions(inner, 3);
  assertEquals(env.reset({ seed: 8 }), { observation: 1, info: { first: true } });
  assertEquals(env.step(8), { observation: 2, reward: 0.5, terminated: false, truncated: false, info: {} });
  env.step(8);
  assertEquals(inner.actions, [Float32Array.of(2, 1), Float32Array.of(2, 1)]);
  assertNotStrictEquals(inner.actions[0], inner.actions[1]);
  assertPassesThrough(env);
});

Deno.test("DiscreteActions refuses actions outside its space", () => {
  const env = new DiscreteActions(scripted(), 2);
  env.reset();
  for (const action of [-1, 4]) {
    assertThrows(
      () => env.step(action),
      RangeError,
      `Cannot step Scripted-v0: action must be a whole number from 0 to 3`,
    );
  }
  for (const action of [0.5, NaN]) assertThrows(() => env.step(action), TypeError, `got ${action}`);
});

Deno.test("DiscreteActions continues from a snapshot, and refuses others", () => {
  assertContinues(() => new DiscreteActions(scripted(), 3));
  const env = new DiscreteActions(scripted(), [3, 2]);
  env.reset();
  assertRefusesSnapshots(env, [
    [{ settings: { choices: [3, 3] } }, RangeError, "choices must be [3,2], got [3,3]"],
    [{ actionSpace: null }, TypeError, "actionSpace must be an object, got null"],
  ]);
});

Deno.test("DiscreteActions refuses bad choices and spaces by name", () => {
  const bad: [choices: unknown, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [1, RangeError, "choices of element 0, torque (N m), must be a whole number from 2, got 1"],
    [[2, 0], RangeError, "choices of element 1, brake, must be a whole number from 2, got 0"],
    [2.5, TypeError, "got 2.5"],
    ["3", TypeError, 'got "3"'],
    [undefined, TypeError, "got undefined"],
    [[3], RangeError, "choices must be of length 2, got Array of length 1"],
    [300, RangeError, "choices must make at most 65536 actions, got 90000"],
  ];
  for (const [choices, kind, text] of bad) {
    const error = assertThrows(() => Reflect.construct(DiscreteActions, [scripted(), choices]), kind, text);
    assertEquals(error.message.startsWith("Cannot make the actions of Scripted-v0 discrete: "), true);
  }
  assertThrows(
    () => new DiscreteActions(scripted(new Box(0, Infinity, { shape: [1] })), 2),
    RangeError,
    "bounds of element 0 must be finite, got 0 and Infinity",
  );
  const discrete = new ScriptedEnv(new Discrete(2), new Discrete(2), [0]);
  assertThrows(
    () => Reflect.construct(DiscreteActions, [discrete, 2]),
    TypeError,
    "actionSpace must be a Box, got Discrete(2)",
  );
});
