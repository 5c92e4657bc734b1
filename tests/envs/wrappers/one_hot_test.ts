import { assertEquals, assertThrows } from "@std/assert";
import { Discrete, Discretize, makeEnv, OneHot, Tuple } from "../../../envs/mod.ts";
import { scriptedBoxEnv, ScriptedEnv } from "../_toy_envs.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

const numbers = (script: readonly number[]) =>
  new ScriptedEnv(
    new Discrete(3, { start: 5, meanings: ["left", "middle", "right"] }),
    new Discrete(2),
    script,
    { length: 2, rewards: [3], info: { extra: 1 } },
  );
const mountainCar = () => new OneHot(new Discretize(makeEnv("MountainCar-v0"), { bins: [6, 4] }));

Deno.test("OneHot puts a 1 at an observation's place, counted from the start of its space", () => {
  const env = new OneHot(numbers([5, 7, 6]));
  assertEquals(env.reset({ seed: 4 }), { observation: Float32Array.of(1, 0, 0), info: { first: true } });
  assertEquals(env.step(1), {
    observation: Float32Array.of(0, 0, 1),
    reward: 3,
    terminated: false,
    truncated: false,
    info: { extra: 1 },
  });
  assertEquals(env.step(0).observation, Float32Array.of(0, 1, 0));
  assertEquals(`${env.observationSpace}`, "Box(0.0, 1.0, (3,), float32)");
  assertEquals(env.observationSpace.names, ["left", "middle", "right"]);
  assertPassesThrough(env);
});

Deno.test("OneHot puts the vectors of a Tuple's numbers one after the other", () => {
  const space = new Tuple([new Discrete(2), new Discrete(3, { start: 4 })]);
  const env = new OneHot(new ScriptedEnv(space, new Discrete(2), [[1, 4], [0, 6]], { length: 1 }));
  assertEquals(env.reset().observation, Float32Array.of(0, 1, 1, 0, 0));
  assertEquals(env.step(0).observation, Float32Array.of(1, 0, 0, 0, 1));
  assertEquals(`${env.observationSpace}`, "Box(0.0, 1.0, (5,), float32)");
  const cards = new OneHot(makeEnv("Blackjack-v1"));
  const { observation } = cards.reset({ seed: 3 });
  assertEquals([observation.length, observation.reduce((sum, value) => sum + value)], [32 + 11 + 2, 3]);
  const outside = new OneHot(new ScriptedEnv(space, new Discrete(2), [[1, 7]], { length: 1 }));
  assertThrows(
    () => outside.reset(),
    RangeError,
    "observation must be in Tuple(Discrete(2), Discrete(3, start=4))",
  );
});

Deno.test("OneHot continues from a snapshot, and refuses others", () => {
  assertContinues(mountainCar);
  const env = mountainCar();
  env.reset();
  assertRefusesSnapshots(env, []);
});

Deno.test("OneHot refuses other spaces, and observations outside their space", () => {
  assertThrows(
    () => Reflect.construct(OneHot, [scriptedBoxEnv([[0]])]),
    TypeError,
    "Cannot make Scripted-v0 one-hot: observationSpace must be Discrete or a Tuple of Discrete, got Box(-100.0, 100.0, (1,), float32)",
  );
  assertThrows(
    () => new OneHot(numbers([4])).reset(),
    RangeError,
    "Cannot make Scripted-v0 one-hot: observation must be in Discrete(3, start=5), got 4",
  );
});

Deno.test("OneHot refuses vectors that no memory is for", () => {
  for (const sizes of [[2 ** 32 - 1], [2 ** 20 + 1], [2 ** 20, 1]]) {
    const space = new Tuple(sizes.map((n) => new Discrete(n)));
    const env = new ScriptedEnv(space, new Discrete(2), [sizes.map(() => 0)]);
    assertThrows(() => new OneHot(env), RangeError, "observationSpace must have at most 1048576 values, got");
  }
});
