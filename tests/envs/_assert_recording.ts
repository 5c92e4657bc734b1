import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { type Action, type Env, envSpec, type Info, makeEnv, type Observation } from "../../envs/mod.ts";
import { type InternalStates, readGolden, type Recording } from "./_recordings.ts";

function assertObservation(actual: Observation, expected: number | readonly number[], where: string): void {
  if (typeof expected === "number" || typeof actual === "number") {
    return assertStrictEquals(actual, expected, where);
  }
  assertEquals(actual.length, expected.length, where);
  expected.forEach((value, i) => assertStrictEquals(actual[i], value, `${where}, element ${i}`));
}

/** `prob` and `actionMask` are there exactly when they were recorded. */
function assertInfo({ prob, actionMask, ...rest }: Info, p?: number, mask?: string, where?: string): void {
  assertStrictEquals(prob, p, where);
  assertEquals(actionMask, mask === undefined ? undefined : Uint8Array.from(mask, Number), where);
  assertEquals(rest, {}, where);
}

const toAction = ({ action_type }: Recording, action: number): Action =>
  action_type === "int" ? action : Float32Array.of(action);

/**
 * Replays everything recorded of an environment and compares every number exactly.
 *
 * @param name The file, without `.json`.
 * @param make Makes the environment as it was recorded.
 */
export function assertRecording(name: string, make: () => Env): void {
  const recording = readGolden<Recording>(name);
  const { id, maxEpisodeSteps, observationSpace } = make();
  assertEquals(recording.env, id);
  assertEquals(maxEpisodeSteps ?? null, recording.max_episode_steps);
  assertEquals(envSpec(id).rewardThreshold ?? null, recording.reward_threshold);
  let steps = 0;
  for (const { seed, policy, episodes } of recording.runs) {
    const env = make();
    episodes.forEach((episode, e) => {
      const where = `${name}, seed ${seed}, ${policy}, episode ${e}`;
      const { observation, info } = env.reset(e === 0 ? { seed } : {});
      assertObservation(observation, episode.reset_obs, `${where}, reset`);
      assertInfo(info, episode.reset_prob, episode.reset_action_mask, `${where}, reset`);
      episode.actions.forEach((action, t) => {
        const result = env.step(toAction(recording, action));
        const here = `${where}, step ${t}`;
        assertObservation(result.observation, episode.obs[t]!, here);
        assert(observationSpace.contains(result.observation), here);
        assertStrictEquals(result.reward, episode.rewards[t]!, here);
        assertStrictEquals(result.terminated, episode.terminated[t] === 1, here);
        assertStrictEquals(result.truncated, episode.truncated[t] === 1, here);
        assertInfo(result.info, episode.prob?.[t], episode.action_mask?.[t], here);
        steps++;
      });
    });
  }
  assertEquals(steps, recording.steps);
}

/** How to compare internal states. */
interface InternalStatesOptions {
  /** The file of the recording, without `.json`; by default the id. */
  name?: string;
  /** The largest difference; by default none at all. */
  tolerance?: number;
}

/** Replays the beginning of the first runs and compares the float64 states; an environment may keep more than them. */
export function assertInternalStates(id: string, options: InternalStatesOptions = {}): void {
  const { name = id, tolerance = 0 } = options;
  const recording = readGolden<Recording>(name);
  const runs = readGolden<InternalStates>("internal_state")[id]!;
  assertEquals(runs.length, 6);
  runs.forEach(({ seed, policy, state }, r) => {
    const run = recording.runs[r]!;
    assertEquals([run.seed, run.policy], [seed, policy]);
    const env = makeEnv(id, { maxEpisodeSteps: Infinity });
    env.reset({ seed });
    state.forEach((expected, t) => {
      if (t > 0) env.step(toAction(recording, run.episodes[0]!.actions[t - 1]!));
      const kept = env.snapshot()["state"];
      assert(Array.isArray(kept));
      expected.forEach((value, i) => {
        const where = `${id}, seed ${seed}, step ${t}, element ${i}: ${kept[i]}, recorded ${value}`;
        assert(Math.abs(kept[i] - value) <= tolerance, where);
      });
    });
  });
}
