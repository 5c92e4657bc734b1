import { assertEquals, assertThrows } from "@std/assert";
import type { Action, Env, EnvSnapshot, Observation } from "../../../envs/mod.ts";

const throughJson = (snapshot: EnvSnapshot): EnvSnapshot => JSON.parse(JSON.stringify(snapshot));

/** Acts by the action space's own stream, across episodes, and lists everything that came out. */
function play<O extends Observation, A extends Action>(env: Env<O, A>, steps: number, over: boolean) {
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

/** That a wrapped environment goes on from a snapshot bit for bit, wherever it was taken. */
export function assertContinues<O extends Observation, A extends Action>(make: () => Env<O, A>): void {
  for (const steps of [0, 1, 2, 7, 31, 64]) {
    const env = make();
    env.actionSpace.seed(steps);
    env.reset({ seed: steps });
    const { over } = play(env, steps, false);
    const saved = throughJson(env.snapshot());
    const other = make();
    if (steps % 2 === 1) other.reset({ seed: 99 });
    other.restore(saved);
    assertEquals(other.snapshot(), env.snapshot());
    assertEquals(play(other, 80, over), play(env, 80, over));
    assertEquals(other.snapshot(), env.snapshot());
  }
}

/** That a wrapped environment refuses what is no snapshot of its own, and stays as it was. */
export function assertRefusesSnapshots<O extends Observation, A extends Action>(
  env: Env<O, A>,
  bad: readonly (readonly [
    change: Readonly<Record<string, unknown>>,
    kind: typeof TypeError | typeof RangeError,
    text: string,
  ])[],
): void {
  const good = env.snapshot();
  const shared = [
    [{ id: "Other-v0" }, RangeError, `id must be "${env.id}", got "Other-v0"`],
    [{ wrapper: "Other" }, RangeError, 'wrapper must be "'],
    [{ settings: null }, TypeError, "settings must be an object, got null"],
    [{ state: 3 }, TypeError, "state must be an object, got 3"],
    [{ env: undefined }, TypeError, "env must be an object, got undefined"],
    [{ env: {} }, Error, "must be"],
  ] as const;
  for (const [change, kind, text] of [...shared, ...bad]) {
    const error = assertThrows(() => env.restore({ ...good, ...change }), kind, text);
    assertEquals(error.message.startsWith("Cannot restore "), true, error.message);
    assertEquals(env.snapshot(), good);
  }
}

/** That a wrapped environment passes through what wrappers leave alone. */
export function assertPassesThrough<O extends Observation, A extends Action>(
  env: Env<O, A> & { readonly env: Env },
): void {
  assertEquals(env.id, env.env.id);
  assertEquals(env.maxEpisodeSteps, env.env.maxEpisodeSteps);
  assertEquals(env.offersActionMask, env.env.offersActionMask ?? false);
  assertEquals(env.render(), env.env.render());
}
