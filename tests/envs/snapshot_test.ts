import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type Env, type EnvSnapshot, Generator, makeEnv } from "../../envs/mod.ts";
import { GYMNASIUM_IDS } from "./_gymnasium_ids.ts";

/** Acts by the action space's own stream for some steps, across episodes, and lists everything that came out. */
function play(
  env: Env,
  steps: number,
  over: boolean,
): { log: unknown[]; over: boolean } {
  const log: unknown[] = [];
  for (let i = 0; i < steps; i++) {
    if (over) log.push(env.reset());
    const action = env.actionSpace.sample();
    const result = env.step(action);
    log.push(action, result);
    over = result.terminated || result.truncated;
  }
  log.push(env.observationSpace.sample());
  return { log, over };
}

const throughJson = (snapshot: EnvSnapshot): EnvSnapshot => JSON.parse(JSON.stringify(snapshot));

for (const id of GYMNASIUM_IDS) {
  Deno.test(`${id} continues from a snapshot bit for bit, across episodes`, () => {
    const generator = new Generator(20);
    for (let trial = 0; trial < 40; trial++) {
      const options = { maxEpisodeSteps: generator.choice([5, 30, 200]) };
      const env: Env = makeEnv(id, options);
      env.actionSpace.seed(trial);
      env.reset({ seed: trial });
      const { over } = play(env, generator.integers(1, 120), false);
      const saved = throughJson(env.snapshot());
      const other: Env = makeEnv(id, options);
      if (trial % 2 === 0) other.reset({ seed: 99 });
      other.restore(saved);
      assertEquals(other.snapshot(), env.snapshot());
      assertEquals(play(other, 150, over), play(env, 150, over));
      assertEquals(other.snapshot(), env.snapshot());
    }
  });

  Deno.test(`${id} may be saved before its first reset and after the end`, () => {
    const fresh: Env = makeEnv(id);
    const other: Env = makeEnv(id);
    other.reset({ seed: 4 });
    other.restore(throughJson(fresh.snapshot()));
    const step = () => other.step(other.actionSpace.sample());
    assertThrows(step, Error, `Cannot step ${id}: reset must be called first`);
    assertEquals(other.reset(), fresh.reset());
    while (true) {
      const { terminated, truncated } = fresh.step(fresh.actionSpace.sample());
      if (terminated || truncated) break;
    }
    other.restore(throughJson(fresh.snapshot()));
    assertThrows(step, Error, `Cannot step ${id}: the episode is over, reset must be called`);
    assertEquals(other.reset(), fresh.reset());
  });
}

Deno.test("a snapshot is a copy", () => {
  const env = makeEnv("CartPole-v1");
  env.reset({ seed: 0 });
  const saved = env.snapshot();
  const text = JSON.stringify(saved);
  env.step(1);
  assertEquals(JSON.stringify(saved), text);
});

Deno.test("negative zero survives a snapshot", () => {
  const env = makeEnv("MountainCar-v0", { maxEpisodeSteps: Infinity });
  env.reset({ seed: 0 });
  env.restore({ ...env.snapshot(), state: [-0.5, -0] });
  const saved = throughJson(env.snapshot());
  assertEquals(saved["state"], [-0.5, "-0"]);
  env.restore(saved);
  assertEquals(env.snapshot()["state"], [-0.5, "-0"]);
});

/** A change to a good snapshot, and the error it must give. */
type Bad = [change: Record<string, unknown>, kind: typeof TypeError | typeof RangeError, text: string];

Deno.test("environments refuse bad snapshots and stay unchanged", () => {
  for (const id of GYMNASIUM_IDS) {
    const env: Env = makeEnv(id, { maxEpisodeSteps: Infinity });
    env.reset({ seed: 0 });
    env.step(env.actionSpace.sample());
    const good = env.snapshot();
    const numbers: unknown[] = JSON.parse(JSON.stringify(good["state"]));
    const bad: Bad[] = [
      [{ id: "Other-v0" }, RangeError, `id must be "${id}", got "Other-v0"`],
      [{ settings: undefined }, TypeError, "settings must be an object, got undefined"],
      ...(id === "Acrobot-v1" ? [] : [[{ settings: {} }, RangeError, "must be"] satisfies Bad]),
      [{ phase: "paused" }, TypeError, "phase must be"],
      [{ phase: "ended" }, RangeError, 'phase must fit the state, got "ended"'],
      [{ phase: "created" }, TypeError, "state must be an array of length 0"],
      [{ state: numbers.slice(1) }, TypeError, `state must be an array of length ${numbers.length}`],
      [{ state: numbers.map(String) }, TypeError, "state must be of numbers"],
      [{ state: numbers.map(() => null) }, TypeError, "state must be of numbers, got null"],
      [{ state: numbers.map(() => NaN) }, RangeError, "state 0 must be from"],
      [{ state: numbers.map(() => 1e6) }, RangeError, "state 0 must be from"],
      [{ generator: null }, TypeError, "generator must be an object, got null"],
      [{ generator: { state: "0" } }, TypeError, "generator must have state and increment as text"],
      [{ actionSpace: undefined }, TypeError, "actionSpace must be an object"],
      [{ observationSpace: [] }, TypeError, "observationSpace must be an"],
    ];
    for (const [change, kind, text] of bad) {
      const error = assertThrows(() => env.restore({ ...good, ...change }), kind, text);
      assertStrictEquals(/^Cannot restore [\w-]+: .*[^.]$/.test(error.message), true, error.message);
      assertEquals(env.snapshot(), good);
    }
    assertThrows(
      () => Reflect.apply(env.restore, env, [null]),
      TypeError,
      "snapshot must be an object, got null",
    );
    const short = JSON.parse(JSON.stringify(good));
    short.generator.state = "12";
    assertThrows(() => env.restore(short), TypeError, "state must be 32 hexadecimal digits");
    short.generator = good["generator"];
    short.actionSpace.buffered = -1;
    assertThrows(() => env.restore(short), TypeError, "buffered must be null or a whole number");
    assertEquals(env.snapshot(), good);
  }
});

Deno.test("a snapshot fits only the same settings", () => {
  const saved = makeEnv("CartPole-v1", { suttonBartoReward: true }).snapshot();
  assertThrows(
    () => makeEnv("CartPole-v1").restore(saved),
    RangeError,
    "suttonBartoReward must be false, got true",
  );
});
