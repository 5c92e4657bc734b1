import { assertEquals, assertThrows } from "@std/assert";
import { Box, Discrete, Discretize, type DiscretizeOptions, makeEnv } from "../../../envs/mod.ts";
import { scriptedBoxEnv, ScriptedEnv } from "../_toy_envs.ts";
import { assertContinues, assertPassesThrough, assertRefusesSnapshots } from "./_wrapper_checks.ts";

const cartPole = () =>
  new Discretize(makeEnv("CartPole-v1"), {
    bins: [3, 4, 6, 5],
    low: [undefined, -2, -0.21, -3],
    high: [undefined, 2, 0.21, 3],
  });

Deno.test("Discretize: the first element is the highest digit, and values outside count into the outer bins", () => {
  const env = new Discretize(scriptedBoxEnv([[0, 0]]), { bins: [2, 4], low: -2, high: [2, 6] });
  const cases: [observation: [number, number], index: number][] = [
    [[-2, -2], 0],
    [[-2, -0.0001], 0],
    [[-2, 0], 1],
    [[-2, 2], 2],
    [[-2, 4], 3],
    [[-0.001, 5.999], 3],
    [[0, -2], 4],
    [[-0, 0], 5],
    [[1.999, 3], 6],
    [[2, 6], 7],
    [[99, 99], 7],
    [[Infinity, -Infinity], 4],
    [[-99, 99], 3],
  ];
  for (const [observation, index] of cases) {
    assertEquals(env.index(Float32Array.from(observation)), index, `${observation}`);
  }
  assertEquals(`${env.observationSpace}`, "Discrete(8)");
});

Deno.test("Discretize takes the space's bounds, and leaves elements with one bin out of account", () => {
  const env = new Discretize(makeEnv("MountainCar-v0"), { bins: [18, 1] });
  assertEquals(`${env.observationSpace}`, "Discrete(18)");
  assertEquals([-1.2, -1.15, -1.05, 0.55].map((x) => env.index(Float32Array.of(x, 9))), [0, 0, 1, 17]);
});

Deno.test("Discretize passes numbers on at reset and step", () => {
  const scripted = scriptedBoxEnv([[-1], [0.5], [1]], { length: 2, rewards: [3, 4], info: { extra: 1 } });
  const env = new Discretize(scripted, { bins: 2, low: -1, high: 1 });
  assertEquals(env.reset({ seed: 5 }), { observation: 0, info: { first: true } });
  assertEquals(env.step(1), {
    observation: 1,
    reward: 3,
    terminated: false,
    truncated: false,
    info: { extra: 1 },
  });
  assertEquals(env.step(0).terminated, true);
  assertEquals([scripted.seeds, scripted.actions], [[5], [1, 0]]);
  assertPassesThrough(env);
});

Deno.test("Discretize always shows an element of its space", () => {
  const env = cartPole();
  env.reset({ seed: 1 });
  for (let step = 0; step < 500; step++) {
    const { observation, terminated } = env.step(env.actionSpace.sample());
    assertEquals(env.observationSpace.contains(observation), true);
    if (terminated) env.reset();
  }
});

Deno.test("Discretize continues from a snapshot, and refuses others", () => {
  assertContinues(cartPole);
  const env = cartPole();
  env.reset({ seed: 0 });
  assertRefusesSnapshots(env, [
    [{ settings: { bins: [3, 4, 6, 5] } }, RangeError, "low must be [-4.8"],
    [{ observationSpace: undefined }, TypeError, "observationSpace must be an object, got undefined"],
    [{ observationSpace: { state: "1", increment: "1", buffered: null } }, TypeError, "hexadecimal digits"],
    [{ settings: {} }, RangeError, "bins must be [3,4,6,5], got undefined"],
  ]);
});

Deno.test("Discretize refuses bad options by name", () => {
  const env = makeEnv("CartPole-v1");
  const bad: [options: Record<string, unknown>, kind: typeof TypeError | typeof RangeError, text: string][] =
    [
      [{}, TypeError, "bins of element 0, cart position (m), must be a whole number from 1, got undefined"],
      [{ bins: 0 }, RangeError, "bins of element 0, cart position (m), must be a whole number from 1, got 0"],
      [{ bins: [1, 2, -1, 2], low: -1, high: 1 }, RangeError, "bins of element 2, pole angle (rad), must be"],
      [{ bins: [1, 2, 2.5, 2], low: -1, high: 1 }, TypeError, "got 2.5"],
      [{ bins: "3" }, TypeError, 'got "3"'],
      [{ bins: [1, 2, 3] }, RangeError, "bins must be of length 4, got Array of length 3"],
      [
        { bins: 2 },
        RangeError,
        "low of element 1, cart velocity (m/s), must be finite (give it in the options)",
      ],
      [{ bins: 2, low: -1 }, RangeError, "high of element 1, cart velocity (m/s), must be finite"],
      [{ bins: 2, low: [-1, -1], high: 1 }, RangeError, "low must be of length 4"],
      [{ bins: 2, low: "0", high: 1 }, TypeError, 'must be a number, got "0"'],
      [
        { bins: 2, low: [0, 0, null, 0], high: 1 },
        TypeError,
        "low of element 2, pole angle (rad), must be a number",
      ],
      [{ bins: 2, low: NaN, high: 1 }, RangeError, "must be finite"],
      [
        { bins: 2, low: 1, high: 1 },
        RangeError,
        "low of element 0, cart position (m), must be below high, got 1 and 1",
      ],
      [{ bins: 2, low: 2, high: 1 }, RangeError, "must be below high, got 2 and 1"],
      [{ bins: 2, low: -1e308, high: 1e308 }, RangeError, "must be below high"],
      [
        { bins: 2 ** 9, low: -1, high: 1 },
        RangeError,
        "bins must make at most 2^32 - 1 combinations, got 68719476736",
      ],
    ];
  for (const [options, kind, text] of bad) {
    const make = () => Reflect.construct(Discretize, [env, options]);
    const error = assertThrows(make, kind, text);
    assertEquals(error.message.startsWith("Cannot discretize CartPole-v1: "), true, error.message);
  }
});

Deno.test("Discretize refuses an environment without a Box, and invalid observations", () => {
  const numbers = new ScriptedEnv(new Discrete(3), new Discrete(2), [0]);
  const options: DiscretizeOptions = { bins: 2 };
  assertThrows(
    () => Reflect.construct(Discretize, [numbers, options]),
    TypeError,
    "Cannot discretize Scripted-v0: observationSpace must be a Box, got Discrete(3)",
  );
  const unnamed = new ScriptedEnv(new Box([0, 0], [1, Infinity]), new Discrete(2), [new Float32Array(2)]);
  assertThrows(() => new Discretize(unnamed, options), RangeError, "high of element 1 must be finite");
  const env = cartPole();
  assertThrows(() => env.index(new Float32Array(3)), RangeError, "observation must be of length 4");
  assertThrows(
    () => env.index(Float32Array.of(0, NaN, 0, 0)),
    RangeError,
    "observation 1 must be a number, got NaN",
  );
});
