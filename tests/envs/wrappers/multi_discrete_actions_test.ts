import { assertEquals, assertNotStrictEquals, assertThrows } from "@std/assert";
import { Box, checkEnv, Discrete, makeEnv, MultiDiscreteActions, VectorEnv } from "../../../envs/mod.ts";
import "../../../envs/box2d/mod.ts";
import { LunarLanderContinuous } from "../../../envs/box2d/mod.ts";
import { ScriptedEnv } from "../_toy_envs.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

const ACTIONS = new Box([-2, 0], [2, 1], { names: ["torque (N m)", "brake"] });
const scripted = (actions = ACTIONS) =>
  new ScriptedEnv(new Discrete(9), actions, [1, 2, 3, 4, 5], { length: 7, rewards: [0.5, 2] });

Deno.test("MultiDiscreteActions gives each dimension its own choices, both bounds among them", () => {
  const env = new MultiDiscreteActions(scripted(), [5, 2]);
  assertEquals(`${env.actionSpace}`, "MultiDiscrete([5 2])");
  assertEquals(env.actionSpace.names, ["torque (N m)", "brake"]);
  assertEquals(env.actionSpace.meanings, [["-2", "-1", "0", "1", "2"], ["0", "1"]]);
  for (const [i, torque] of [-2, -1, 0, 1, 2].entries()) {
    for (const brake of [0, 1]) assertEquals([...env.vector(Int32Array.of(i, brake))], [torque, brake]);
  }
  const unnamed = new MultiDiscreteActions(scripted(new Box(-1, 1, { shape: [1] })), 4);
  assertEquals([...unnamed.vector(Int32Array.of(1))], [Math.fround(-1 / 3)]);
  assertEquals(unnamed.actionSpace.names, undefined);
  assertEquals(unnamed.actionSpace.meanings, [["-1", "-0.333333", "0.333333", "1"]]);
});

Deno.test("MultiDiscreteActions passes on a separate vector for each action", () => {
  const inner = scripted();
  const env = new MultiDiscreteActions(inner, 3);
  assertEquals(env.reset({ seed: 8 }), { observation: 1, info: { first: true } });
  const action = Int32Array.of(2, 2);
  assertEquals(env.step(action), {
    observation: 2,
    reward: 0.5,
    terminated: false,
    truncated: false,
    info: {},
  });
  env.step(action);
  assertEquals(inner.actions, [Float32Array.of(2, 1), Float32Array.of(2, 1)]);
  assertNotStrictEquals(inner.actions[0], inner.actions[1]);
  assertPassesThrough(env);
});

Deno.test("MultiDiscreteActions refuses actions outside its space", () => {
  const env = new MultiDiscreteActions(scripted(), [2, 3]);
  env.reset();
  const bad: [action: unknown, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [Int32Array.of(2, 0), RangeError, "part 0 of action must be from 0 to 1, got 2"],
    [Int32Array.of(0, -1), RangeError, "part 1 of action must be from 0 to 2, got -1"],
    [Int32Array.of(0), TypeError, "action must be an Int32Array of length 2, got Int32Array of length 1"],
    [Float32Array.of(0, 0), TypeError, "got Float32Array of length 2"],
    [[0, 0], TypeError, "got Array of length 2"],
    [0, TypeError, "got 0"],
  ];
  for (const [action, kind, text] of bad) {
    const error = assertThrows(() => Reflect.apply(env.step, env, [action]), kind, text);
    assertEquals(error.message.startsWith("Cannot step Scripted-v0: "), true);
  }
});

Deno.test("MultiDiscreteActions continues from a snapshot, and refuses others", () => {
  assertContinues(() => new MultiDiscreteActions(scripted(), 3));
  const env = new MultiDiscreteActions(scripted(), [3, 2]);
  env.reset();
  assertRefusesSnapshots(env, [
    [{ settings: { choices: [3, 3] } }, RangeError, "choices must be [3,2], got [3,3]"],
    [{ actionSpace: null }, TypeError, "actionSpace must be an object, got null"],
  ]);
});

Deno.test("MultiDiscreteActions refuses bad choices and spaces by name", () => {
  const bad: [choices: unknown, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [1, RangeError, "choices of element 0, torque (N m), must be a whole number from 2, got 1"],
    [[2, 0], RangeError, "choices of element 1, brake, must be a whole number from 2, got 0"],
    [2.5, TypeError, "got 2.5"],
    ["3", TypeError, 'got "3"'],
    [[3], RangeError, "choices must be of length 2, got Array of length 1"],
    [40_000, RangeError, "choices must be at most 65536 together, got 80000"],
  ];
  for (const [choices, kind, text] of bad) {
    const error = assertThrows(
      () => Reflect.construct(MultiDiscreteActions, [scripted(), choices]),
      kind,
      text,
    );
    assertEquals(error.message.startsWith("Cannot make the actions of Scripted-v0 discrete: "), true);
  }
  assertThrows(
    () => new MultiDiscreteActions(scripted(new Box(0, Infinity, { shape: [1] })), 2),
    RangeError,
    "bounds of element 0 must be finite, got 0 and Infinity",
  );
  const discrete = new ScriptedEnv(new Discrete(2), new Discrete(2), [0]);
  assertThrows(
    () => Reflect.construct(MultiDiscreteActions, [discrete, 2]),
    TypeError,
    "actionSpace must be a Box, got Discrete(2)",
  );
});

Deno.test("checkEnv passes an environment with MultiDiscrete actions", () => {
  checkEnv(new MultiDiscreteActions(new LunarLanderContinuous(), [3, 2]));
});

Deno.test("checkEnv wants MultiDiscrete actions checked", () => {
  const env = new MultiDiscreteActions(makeEnv("Pendulum-v1"), 3);
  const careless = Object.create(env, {
    step: { value: (action: Int32Array) => env.step(Int32Array.of(Math.max(0, Math.min(2, action[0]!)))) },
    reset: { value: (options?: { seed?: number }) => env.reset(options) },
  });
  assertThrows(() => checkEnv(careless), Error, "step() must throw for an impossible action");
});

Deno.test("VectorEnv steps copies with MultiDiscrete actions, one row each", () => {
  const make = () => new MultiDiscreteActions(new LunarLanderContinuous(), 3);
  const envs = new VectorEnv(make, 2);
  const single = make();
  envs.reset({ seed: 4 });
  single.reset({ seed: 5 });
  const rows = Int32Array.of(0, 0, 2, 1);
  for (let i = 0; i < 20; i++) {
    envs.step(rows);
    const { observation, reward } = single.step(Int32Array.of(2, 1));
    assertEquals(envs.observations.subarray(8), observation);
    assertEquals(envs.rewards[1], reward);
  }
  assertThrows(() => envs.step([0, 0, 0]), RangeError, "actions must be of length 4, got Array of length 3");
  assertThrows(
    () => envs.step([0, 0, 3, 0]),
    RangeError,
    "action element 2 must be a whole number from 0 to 2",
  );
  assertThrows(() => envs.step([0, 0, 0.5, 0]), TypeError, "action element 2 must be a whole number");
});
