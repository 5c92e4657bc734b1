import { assertEquals, assertStrictEquals } from "@std/assert";
import { type Env, envSpec, makeEnv } from "../../envs/mod.ts";
import { type InternalStates, readGolden, type Recording } from "./_recordings.ts";

function assertObservation(actual: Float32Array, expected: readonly number[], where: string): void {
  assertEquals(actual.length, expected.length, where);
  expected.forEach((value, i) => assertStrictEquals(actual[i], value, `${where}, element ${i}`));
}

/** Replays everything recorded of an environment and compares every number exactly. */
export function assertRecording(id: string, make: () => Env<Float32Array, number>): void {
  const recording = readGolden<Recording>(id);
  assertEquals(recording.env, id);
  assertEquals(make().maxEpisodeSteps, recording.max_episode_steps);
  assertEquals(envSpec(id).rewardThreshold, recording.reward_threshold);
  let steps = 0;
  for (const { seed, policy, episodes } of recording.runs) {
    const env = make();
    episodes.forEach((episode, e) => {
      const where = `${id}, seed ${seed}, ${policy}, episode ${e}`;
      const { observation } = env.reset(e === 0 ? { seed } : {});
      assertObservation(observation, episode.reset_obs, `${where}, reset`);
      episode.actions.forEach((action, t) => {
        const result = env.step(action);
        const here = `${where}, step ${t}`;
        assertObservation(result.observation, episode.obs[t]!, here);
        assertStrictEquals(result.reward, episode.rewards[t]!, here);
        assertStrictEquals(result.terminated, episode.terminated[t] === 1, here);
        assertStrictEquals(result.truncated, episode.truncated[t] === 1, here);
        steps++;
      });
    });
  }
  assertEquals(steps, recording.steps);
}

/** Replays the beginning of the first runs and compares the float64 states. */
export function assertInternalStates(id: string): void {
  const recording = readGolden<Recording>(id);
  const runs = readGolden<InternalStates>("internal_state")[id]!;
  assertEquals(runs.length, 6);
  runs.forEach(({ seed, policy, state }, r) => {
    const run = recording.runs[r]!;
    assertEquals([run.seed, run.policy], [seed, policy]);
    const env = makeEnv(id, { maxEpisodeSteps: Infinity });
    env.reset({ seed });
    state.forEach((expected, t) => {
      if (t > 0) env.step(run.episodes[0]!.actions[t - 1]!);
      assertEquals(env.snapshot()["state"], expected, `${id}, seed ${seed}, step ${t}`);
    });
  });
}
