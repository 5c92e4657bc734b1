import { assert, assertEquals, assertThrows } from "@std/assert";
import { CartPole, type Env, envIds, makeEnv, TimeLimit } from "../../envs/mod.ts";

Deno.test("makeEnv() applies the registered limit", () => {
  const limits = ["CartPole-v0", "CartPole-v1", "MountainCar-v0"].map((id) => makeEnv(id).maxEpisodeSteps);
  assertEquals(limits, [200, 500, 200]);
  for (const id of envIds()) assertEquals(makeEnv(id).id, id);
});

Deno.test("makeEnv() takes another limit, or none", () => {
  assertEquals(makeEnv("CartPole-v1", { maxEpisodeSteps: 7 }).maxEpisodeSteps, 7);
  const free = makeEnv("CartPole-v1", { maxEpisodeSteps: Infinity });
  assertEquals(free.maxEpisodeSteps, undefined);
  assert(free instanceof CartPole);
  assert(makeEnv("CartPole-v1") instanceof TimeLimit);
});

Deno.test("makeEnv() knows the types of its own environments", () => {
  const known: Env<Float32Array, number> = makeEnv("CartPole-v1");
  const id: string = "CartPole-v1";
  const unknown: Env = makeEnv(id, { suttonBartoReward: false });
  // @ts-expect-error a known environment's options are checked
  assertThrows(() => makeEnv("CartPole-v1", { suttonBartoRewards: true }), TypeError);
  assertEquals(known.reset({ seed: 3 }), unknown.reset({ seed: 3 }));
  const pendulum = makeEnv("Pendulum-v1", { g: 9.81 });
  pendulum.reset();
  // @ts-expect-error a torque is a vector
  assertThrows(() => pendulum.step(1), TypeError, "action must be a Float32Array of length 1, got 1");
  const sum: number | undefined = makeEnv("Blackjack-v1").reset().observation[0];
  assertEquals(typeof sum, "number");
});

Deno.test("makeEnv() passes the environment's own options on", () => {
  const env = makeEnv("CartPole-v1", { suttonBartoReward: true });
  env.reset();
  assertEquals(env.step(0).reward, 0);
  assertThrows(
    () => makeEnv("MountainCar-v0", { goalVelocity: Infinity }),
    RangeError,
    "goalVelocity must be finite",
  );
});

Deno.test("makeEnv() makes independent environments", () => {
  const [a, b] = [makeEnv("CartPole-v1"), makeEnv("CartPole-v1")];
  const first = a.reset({ seed: 5 }).observation;
  b.reset({ seed: 6 });
  b.step(0);
  assertEquals(
    a.step(1),
    (() => {
      const c = makeEnv("CartPole-v1");
      assertEquals(c.reset({ seed: 5 }).observation, first);
      return c.step(1);
    })(),
  );
});

Deno.test("makeEnv() names the nearest id", () => {
  const guesses = [
    ["CartPole", "CartPole-v0"],
    ["cartpole-v1", "CartPole-v1"],
    ["MountainCar-v1", "MountainCar-v0"],
    ["Taxi-v3", "Taxi-v4"],
    ["FrozenLake-v0", "FrozenLake-v1"],
    ["CliffWalking-v0", "CliffWalking-v1"],
    ["Acrobat-v1", "Acrobot-v1"],
  ] as const;
  for (const [id, nearest] of guesses) {
    assertThrows(
      () => makeEnv(id),
      RangeError,
      `Cannot make an environment: id must be one of ${
        envIds().join(", ")
      }, got "${id}" (did you mean ${nearest}?)`,
    );
  }
  for (const id of [undefined, 1, null]) {
    assertThrows(
      () => Reflect.apply(makeEnv, undefined, [id]),
      TypeError,
      "Cannot make an environment: id must be text",
    );
  }
});

Deno.test("makeEnv() refuses unknown options and bad limits", () => {
  assertThrows(
    () => makeEnv(String("CartPole-v1"), { suttonBartoRewards: true }),
    TypeError,
    "Cannot make CartPole-v1: options must be among suttonBartoReward, maxEpisodeSteps, " +
      'got "suttonBartoRewards" (did you mean suttonBartoReward?)',
  );
  assertThrows(() => makeEnv(String("MountainCar-v0"), { id: "x" }), TypeError, 'got "id"');
  for (const maxEpisodeSteps of [0, -1, 1.5, NaN]) {
    assertThrows(() => makeEnv("CartPole-v1", { maxEpisodeSteps }), RangeError, "maxEpisodeSteps must be");
  }
  assertThrows(
    () => Reflect.apply(makeEnv, undefined, ["CartPole-v1", { maxEpisodeSteps: "5" }]),
    TypeError,
    'Cannot make CartPole-v1: maxEpisodeSteps must be a whole number from 1, or Infinity, got "5"',
  );
});
