import { assert, assertEquals, assertThrows } from "@std/assert";
import { checkEnv, type EnvSnapshot, makeEnv, MINIGRID_IDS, VectorEnv } from "../../../envs/mod.ts";
import { MiniGridEnv } from "../../../envs/minigrid/mod.ts";

Deno.test("checkEnv accepts every MiniGrid environment, with and without its limit", () => {
  for (const id of MINIGRID_IDS) {
    checkEnv(new MiniGridEnv(id), { steps: 60 });
    checkEnv(makeEnv(id), { steps: 60 });
  }
});

Deno.test("MiniGridEnv names its actions", () => {
  const { actionSpace } = new MiniGridEnv("MiniGrid-DoorKey-5x5-v0");
  const names = ["turn left", "turn right", "move forward", "pick up", "drop", "toggle", "done"];
  assertEquals(actionSpace.meanings, names);
  assertEquals(new MiniGridEnv("MiniGrid-Dynamic-Obstacles-5x5-v0").actionSpace.meanings, names.slice(0, 3));
});

Deno.test("MiniGridEnv writes the same bytes into memory of the caller's", () => {
  const id = "MiniGrid-RedBlueDoors-6x6-v0";
  const [env, other] = [new MiniGridEnv(id), new MiniGridEnv(id)];
  const into = new Uint8Array(147).fill(99);
  let { observation } = env.reset({ seed: 3 });
  other.resetInto(into, { seed: 3 });
  env.actionSpace.seed(5);
  for (let t = 0; t < 2_000; t++) {
    assertEquals(into, observation);
    if (env.lastTerminated) {
      observation = env.reset().observation;
      other.resetInto(into);
      env.lastTerminated = false;
      continue;
    }
    const action = env.actionSpace.sample();
    const result = env.step(action);
    other.stepInto(action, into);
    observation = result.observation;
    assertEquals([other.lastReward, other.lastTerminated], [result.reward, result.terminated]);
  }
});

Deno.test("MiniGridEnv steps as well in many copies, as bytes", () => {
  const envs = new VectorEnv(() => makeEnv("MiniGrid-MultiRoom-N2-S4-v0"), 3);
  const singles = [7, 8, 9].map((seed) => {
    const env = makeEnv("MiniGrid-MultiRoom-N2-S4-v0");
    return { env, observation: env.reset({ seed }).observation };
  });
  envs.reset({ seed: 7 });
  let cuts = 0;
  for (let t = 0; t < 200; t++) {
    const row = (i: number) => envs.observations.slice(147 * i, 147 * (i + 1));
    singles.forEach(({ observation }, i) => assertEquals(row(i), observation));
    const actions = singles.map((_, i) => (5 * t + 3 * i) % 7);
    envs.step(actions);
    singles.forEach((single, i) => {
      const { observation, terminated, truncated } = single.env.step(actions[i]!);
      single.observation = terminated || truncated ? single.env.reset().observation : observation;
      if (truncated) cuts++;
    });
  }
  assert(cuts >= 9);
});

Deno.test("MiniGridEnv continues from a snapshot in every task", () => {
  for (const id of MINIGRID_IDS) {
    const env = makeEnv(id);
    env.actionSpace.seed(1);
    env.reset({ seed: 11 });
    let over = false;
    for (let t = 0; t < 40; t++) {
      if (over) env.reset();
      const { terminated, truncated } = env.step(env.actionSpace.sample());
      over = terminated || truncated;
    }
    const saved: EnvSnapshot = JSON.parse(JSON.stringify(env.snapshot()));
    const other = makeEnv(id);
    other.restore(saved);
    assertEquals(other.snapshot(), saved, id);
    assertEquals(other.render(), env.render(), id);
    for (let t = 0; t < 80; t++) {
      if (over) assertEquals(other.reset(), env.reset(), id);
      const action = env.actionSpace.sample();
      const result = env.step(action);
      assertEquals(other.step(action), result, id);
      over = result.terminated || result.truncated;
    }
  }
});

Deno.test("MiniGridEnv restores what was not started, and forgets what was", () => {
  const created = new MiniGridEnv("MiniGrid-Unlock-v0").snapshot();
  const env = new MiniGridEnv("MiniGrid-Unlock-v0");
  env.reset({ seed: 1 });
  env.step(0);
  env.restore(created);
  assertEquals(env.snapshot(), created);
  assertEquals([env.mission, env.stepCount, env.carrying], ["", 0, undefined]);
  assertThrows(() => env.step(0), Error, "reset must be called first");
});

/** Positions in the state of a snapshot. */
const [COLUMN, DIRECTION, CARRYING, STEPS, OVER, MARK] = [0, 2, 3, 4, 5, 6] as const;

Deno.test("MiniGridEnv refuses snapshots of impossible states and stays as it was", () => {
  const env = new MiniGridEnv("MiniGrid-UnlockPickup-v0");
  env.reset({ seed: 1 });
  const good = env.snapshot();
  const state: number[] = JSON.parse(JSON.stringify(good["state"]));
  const wall = state[state.length - 1]!;
  const bad: [index: number, value: unknown, kind: typeof TypeError | typeof RangeError, text: string][] = [
    [COLUMN, 11, RangeError, "state 0 must be from 0 to 10, got 11"],
    [DIRECTION, 4, RangeError, "state 2 must be from 0 to 3, got 4"],
    [DIRECTION, 0.5, TypeError, "state 2 must be a whole number, got 0.5"],
    [CARRYING, 10, RangeError, "state must be of objects that can lie in a field, got 10"],
    [STEPS, -1, RangeError, "state 4 must be from 0"],
    [OVER, 1, RangeError, 'phase must fit the state, got "running"'],
    [MARK, 3, RangeError, "state must be of objects that can lie in a field, got 3"],
    [20, 0, RangeError, "state must be of objects that can lie in a field, got 0"],
    [20, wall | 128, RangeError, "state must be of objects that can lie in a field"],
    [20, "1", TypeError, "state must be of numbers"],
  ];
  for (const [index, value, kind, text] of bad) {
    assertThrows(
      () => env.restore({ ...good, state: state.with(index, Object(value).valueOf()) }),
      kind,
      text,
    );
    assertEquals(env.snapshot(), good);
  }
  assertThrows(
    () => env.restore({ ...good, state: state.slice(1) }),
    TypeError,
    "state must be an array of length",
  );
  assertThrows(() => env.restore({ ...good, id: "MiniGrid-Unlock-v0" }), RangeError, "id must be");
});

Deno.test("MiniGridEnv refuses names, actions and memory that it does not know", () => {
  for (const id of ["MiniGrid-Empty-7x7-v0", "toString", 3]) {
    assertThrows(
      () => Reflect.construct(MiniGridEnv, [id]),
      RangeError,
      "Cannot make a MiniGridEnv: id must be one of MiniGrid-BlockedUnlockPickup-v0, ",
    );
  }
  const env = new MiniGridEnv("MiniGrid-Dynamic-Obstacles-5x5-v0");
  env.reset({ seed: 0 });
  assertThrows(() => env.step(3), RangeError, "action must be a whole number from 0 to 2, got 3");
  const floats: unknown = new Float32Array(147);
  const message = "into must be a Uint8Array of length 147, got";
  assertThrows(() => Reflect.apply(env.stepInto, env, [0, floats]), TypeError, message);
  assertThrows(() => env.stepInto(0, new Uint8Array(146)), TypeError, message);
  assertThrows(() => Reflect.apply(env.resetInto, env, [floats]), TypeError, message);
  assertEquals(env.stepCount, 0);
});

Deno.test("MiniGridEnv draws an empty grid before the first reset, then the player", () => {
  const env = new MiniGridEnv("MiniGrid-DoorKey-5x5-v0");
  assertEquals(env.render().description, "A grid of 5 × 5 fields");
  env.reset({ seed: 0 });
  assertEquals(
    env.render().description,
    "A player in column 1, row 3 of a grid of 5 × 5 fields, looking left; mission: use the key to open the door and then get to the goal",
  );
  env.step(1);
  env.step(3);
  assertEquals(env.carrying, [5, 4, 0]);
  assert(env.render().description.includes("looking up, carrying a yellow key"));
});
