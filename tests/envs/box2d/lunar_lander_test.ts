import { assert, assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { LunarLander, LunarLanderContinuous } from "../../../envs/box2d/mod.ts";
import {
  type Action,
  checkEnv,
  type Env,
  type EnvSnapshot,
  envSpec,
  Generator,
  makeEnv,
  TimeLimit,
} from "../../../envs/mod.ts";
import { heuristicAction, heuristicThrottles } from "./_heuristic.ts";

const throughJson = (snapshot: EnvSnapshot): EnvSnapshot => JSON.parse(JSON.stringify(snapshot));

function returnsOf<A extends Action>(
  env: Env<Float32Array, A>,
  policy: (state: Float32Array) => A,
  seeds: number,
): number[] {
  const limited = new TimeLimit(env, 1_000);
  return Array.from({ length: seeds }, (_, seed) => {
    let { observation } = limited.reset({ seed });
    for (let sum = 0;;) {
      const result = limited.step(policy(observation));
      observation = result.observation;
      sum += result.reward;
      if (result.terminated || result.truncated) return sum;
    }
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

Deno.test("Gymnasium's controller lands LunarLander", () => {
  const returns = returnsOf(new LunarLander(), heuristicAction, 40);
  assertGreater(mean(returns), 240);
  assertGreater(returns.filter((value) => value > 200).length, 34);
});

Deno.test("Gymnasium's controller lands LunarLanderContinuous, and LunarLander in the wind more often than not", () => {
  assertGreater(mean(returnsOf(new LunarLanderContinuous(), heuristicThrottles, 20)), 200);
  const windy = returnsOf(new LunarLander({ enableWind: true }), heuristicAction, 20);
  assertGreater(windy.filter((value) => value > 150).length, 10);
});

Deno.test("LunarLander: doing nothing crashes, for a return far below zero", () => {
  const returns = returnsOf(new LunarLander(), () => 0, 20);
  assert(returns.filter((value) => value < -80).length > 16 && mean(returns) < -100, `${returns}`);
});

Deno.test("LunarLander passes checkEnv, with wind and with throttles too", () => {
  checkEnv(new LunarLander());
  checkEnv(new LunarLander({ enableWind: true }), { steps: 300 });
  checkEnv(new LunarLanderContinuous(), { steps: 300 });
  checkEnv(makeEnv<string>("LunarLander-v3", { maxEpisodeSteps: 40 }), { steps: 300 });
});

Deno.test("LunarLander starts at the top, above the middle, pushed by the seed", () => {
  const env = new LunarLander();
  const pushes = [0, 1, 2].map((seed) => {
    const { observation } = env.reset({ seed });
    assertEquals(observation.length, 8);
    assertAlmostEquals(observation[0]!, 0, 0.02);
    assertAlmostEquals(observation[1]!, 1.41, 0.02);
    assertEquals([observation[6], observation[7]], [0, 0]);
    return observation[2]!;
  });
  assertEquals(new Set(pushes).size, 3);
});

Deno.test("LunarLander's push is Gymnasium's: same generator, same draws", () => {
  // Twelve heights, then the force on 0.02 s of the lander's mass: velocity = force · 0.02 / mass.
  const generator = new Generator(42);
  for (let i = 0; i < 12; i++) generator.random();
  const [forceX, forceY] = [generator.uniform(-1000, 1000), generator.uniform(-1000, 1000)];
  const { observation } = new LunarLander().reset({ seed: 42 });
  const velocityX = observation[2]! * 5;
  const velocityY = observation[3]! * 7.5 + 10 * 0.02;
  // The hull has 5 kg/m² on 0.8667 m² and its legs hang on it, and give way a little.
  assertAlmostEquals(forceX * 0.02 / velocityX, 4.82, 0.3);
  assertAlmostEquals(forceY * 0.02 / velocityY, 4.82, 0.3);
});

Deno.test("LunarLander's engines cost 0.3 and 0.03, and push where they should", () => {
  const velocities = [0, 1, 2, 3].map((action) => {
    const env = new LunarLander();
    env.reset({ seed: 3 });
    const before = env.reset({ seed: 3 }).observation;
    const { observation } = env.step(action);
    return { spin: observation[5]! - before[5]!, lift: observation[3]! - before[3]! };
  });
  const [idle, left, main, right] = velocities;
  assert(main!.lift > idle!.lift + 0.01);
  assert(left!.spin > idle!.spin + 0.005 && right!.spin < idle!.spin - 0.005, JSON.stringify(velocities));
});

Deno.test("LunarLander's reward is the gain in shaping less the fuel", () => {
  const shaping = ([x, y, velocityX, velocityY, angle, , right, left]: Float32Array) =>
    -100 * Math.hypot(x!, y!) - 100 * Math.hypot(velocityX!, velocityY!) - 100 * Math.abs(angle!) +
    10 * right! +
    10 * left!;
  const fuel = [0, 0.03, 0.3, 0.03];
  const env = new LunarLander();
  let { observation } = env.reset({ seed: 5 });
  for (let i = 0; i < 60; i++) {
    const action = i % 4;
    const result = env.step(action);
    assertAlmostEquals(
      result.reward,
      shaping(result.observation) - shaping(observation) - fuel[action]!,
      1e-4,
    );
    observation = result.observation;
  }
});

Deno.test("LunarLander ends with -100 for leaving the view", () => {
  const env = new LunarLander({ gravity: -0.01 });
  for (let seed = 0;; seed++) {
    env.reset({ seed });
    let result = env.step(0);
    while (!result.terminated) result = env.step(0);
    assertEquals(result.reward, -100);
    if (Math.abs(result.observation[0]!) >= 1) break;
    assert(seed < 20);
  }
});

Deno.test("LunarLanderContinuous: throttles are clipped, and off in their middle", () => {
  const after = (main: number, side: number) => {
    const env = new LunarLanderContinuous();
    env.reset({ seed: 1 });
    return env.step(Float32Array.of(main, side));
  };
  const discrete = (action: number) => {
    const env = new LunarLander();
    env.reset({ seed: 1 });
    return env.step(action);
  };
  assertEquals(after(0, 0.5), discrete(0));
  assertEquals(after(-1, -0.5), discrete(0));
  assertEquals(after(9, 0), discrete(2));
  assertEquals(after(0, -7), discrete(1));
  assertEquals(after(0, 1), discrete(3));
  assert(after(0.01, 0).observation[3]! < after(1, 0).observation[3]!);
  assert(after(0.01, 0).observation[3]! > after(0, 0).observation[3]!);
});

Deno.test("LunarLander continues from a snapshot bit for bit, wherever it was taken", () => {
  for (const enableWind of [false, true]) {
    for (const steps of [0, 1, 40, 120, 300]) {
      const play = (env: LunarLander, from: number, count: number) =>
        Array.from({ length: count }, (_, i) => {
          try {
            return env.step((from + i) % 3);
          } catch {
            return env.reset();
          }
        });
      const env = new LunarLander({ enableWind });
      env.reset({ seed: steps });
      play(env, 0, steps);
      const other = new LunarLander({ enableWind });
      other.restore(throughJson(env.snapshot()));
      assertEquals(other.snapshot(), env.snapshot());
      assertEquals(other.render(), env.render());
      assertEquals(play(other, steps, 200), play(env, steps, 200));
    }
  }
  const fresh = new LunarLander();
  const other = new LunarLander();
  other.reset({ seed: 4 });
  other.restore(throughJson(fresh.snapshot()));
  assertThrows(() => other.step(0), Error, "Cannot step LunarLander-v3: reset must be called first");
  assertEquals(other.render(), fresh.render());
});

Deno.test("LunarLander refuses bad snapshots and stays as it was", () => {
  const env = new LunarLander();
  env.reset({ seed: 0 });
  env.step(2);
  env.step(1);
  const good = env.snapshot();
  const other = new Generator(1).snapshot();
  const bad: [change: Record<string, unknown>, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [{ id: "CartPole-v1" }, RangeError, 'id must be "LunarLander-v3", got "CartPole-v1"'],
    [{ settings: {} }, RangeError, "gravity must be -10, got undefined"],
    [{ start: null }, TypeError, "start must be an object, got null"],
    [{ start: other }, RangeError, "generator must be where the moves lead it"],
    [{ generator: other }, RangeError, "generator must be where the moves lead it"],
    [{ moves: 3 }, TypeError, "moves must be an array of pairs, got 3"],
    [{ moves: [1] }, TypeError, "moves must be an array of pairs, got Array of length 1"],
    [{ moves: [1, "0"] }, TypeError, 'moves must be of numbers, got "0"'],
    [{ moves: [-1, 0] }, RangeError, "moves must be 0 or from 0.5 to 1, got -1"],
    [{ moves: [0, 0.3] }, RangeError, "moves must be 0 or from 0.5 to 1, got 0.3"],
    [{ moves: new Array(4_000).fill(0) }, RangeError, "moves must end with the episode"],
    [{ phase: "ended" }, RangeError, 'phase must fit the state, got "ended"'],
    [{ actionSpace: null }, TypeError, "actionSpace must be an object, got null"],
  ];
  for (const [change, kind, text] of bad) {
    const error = assertThrows(() => env.restore({ ...good, ...change }), kind, text);
    assert(error.message.startsWith("Cannot restore LunarLander-v3: "));
    assertEquals(env.snapshot(), good);
  }
  assertThrows(
    () => new LunarLander({ enableWind: true }).restore(good),
    RangeError,
    "enableWind must be true",
  );
});

Deno.test("LunarLander refuses bad options and actions", () => {
  const bad: [options: Record<string, unknown>, kind: typeof TypeError | typeof RangeError, text: string][] =
    [
      [{ gravity: 0 }, RangeError, "gravity must be between -12 and 0, got 0"],
      [{ gravity: -12 }, RangeError, "gravity must be between -12 and 0, got -12"],
      [{ gravity: "-10" }, TypeError, 'gravity must be a number, got "-10"'],
      [{ enableWind: 1 }, TypeError, "enableWind must be true or false, got 1"],
      [{ windPower: NaN }, RangeError, "windPower must be finite, got NaN"],
      [{ turbulencePower: Infinity }, RangeError, "turbulencePower must be finite, got Infinity"],
      [{ wind: 3 }, TypeError, "options must be among gravity, enableWind, windPower, turbulencePower"],
    ];
  for (const [options, kind, text] of bad) {
    const error = assertThrows(() => makeEnv<string>("LunarLander-v3", options), kind, text);
    assert(error.message.startsWith("Cannot make LunarLander-v3: "));
  }
  const env = new LunarLander();
  assertThrows(() => env.step(0), Error, "Cannot step LunarLander-v3: reset must be called first");
  env.reset();
  assertThrows(() => env.step(4), RangeError, "action must be a whole number from 0 to 3, got 4");
  const throttled = new LunarLanderContinuous();
  throttled.reset();
  assertThrows(
    () => throttled.step(new Float32Array(1)),
    TypeError,
    "action must be a Float32Array of length 2",
  );
  assertThrows(() => throttled.step(Float32Array.of(NaN, 0)), RangeError, "action must be of finite numbers");
});

Deno.test("LunarLander is registered with its limit and threshold", () => {
  for (const id of ["LunarLander-v3", "LunarLanderContinuous-v3"]) {
    const { maxEpisodeSteps, rewardThreshold, renderFps } = envSpec(id);
    assertEquals([maxEpisodeSteps, rewardThreshold, renderFps], [1_000, 200, 50]);
    assertEquals(makeEnv(id).id, id);
  }
  const { observationSpace, actionSpace } = new LunarLander();
  assertEquals(observationSpace.high[4], Math.fround(2 * Math.PI));
  assertEquals(actionSpace.meanings?.[2], "fire main engine");
});

Deno.test("LunarLander draws its engines and legs", () => {
  const env = new LunarLander();
  assertEquals(env.render().description, "The surface of the moon");
  env.reset({ seed: 4 });
  assertEquals(env.render().shapes.length, 8);
  env.step(2);
  assertEquals(
    env.render().description,
    "A lunar lander 9.5 m above the pad, 0.0 m to the left, firing the main engine",
  );
  assertEquals(env.render().shapes.length, 9);
  env.step(1);
  assert(env.render().description.endsWith("firing the left engine"));
});
