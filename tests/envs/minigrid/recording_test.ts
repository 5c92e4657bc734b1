import { assert, assertEquals } from "@std/assert";
import { envIds, envSpec, makeEnv, TimeLimit } from "../../../envs/mod.ts";
import { MiniGridEnv } from "../../../envs/minigrid/mod.ts";
import { crc32, type Episode, RECORDINGS } from "./_recordings.ts";

Deno.test("there is a recording of every environment of the room", () => {
  const ids = envIds().filter((id) => id.startsWith("MiniGrid-"));
  assertEquals(ids.toSorted(), RECORDINGS.map(({ env }) => env));
  assertEquals(ids.length, 46);
});

for (const { env: id, max_steps, actions, runs } of RECORDINGS) {
  Deno.test(`${id}: every recorded step is Minigrid's, to the last bit`, () => {
    assertEquals(envSpec(id).maxEpisodeSteps, max_steps);
    for (const { seed, episodes } of runs) {
      const env = makeEnv(id);
      assert(env instanceof TimeLimit && env.env instanceof MiniGridEnv);
      assertEquals([env.env.maxSteps, env.env.actionSpace.n], [max_steps, actions]);
      for (const [i, episode] of episodes.entries()) {
        const where = `seed ${seed}, episode ${i}`;
        const { observation, info } = env.reset(i === 0 ? { seed } : {});
        assertStart(env.env, observation, episode, where);
        assertEquals(info, { direction: episode.agent[2], mission: episode.mission }, where);
        assertSteps(env, env.env, episode, where);
      }
    }
  });
}

function assertStart(env: MiniGridEnv, image: Uint8Array, episode: Episode, where: string): void {
  const [width, height, cells] = episode.grid;
  assertEquals([env.width, env.height], [width, height], where);
  assertEquals([...env.encodeGrid()], cells, where);
  assertEquals([...env.agentPos, env.agentDir], episode.agent, where);
  assertEquals([env.mission, env.stepCount], [episode.mission, 0], where);
  assertEquals([...image], episode.image, where);
}

function assertSteps(
  env: TimeLimit<Uint8Array, number>,
  inner: MiniGridEnv,
  { actions, crc, direction, rewards, ends, carrying, mission, final_image }: Episode,
  where: string,
): void {
  let last = new Uint8Array();
  for (const [t, action] of actions.entries()) {
    const { observation, reward, terminated, truncated, info } = env.step(action);
    last = observation.slice();
    assertEquals(
      [crc32(observation), info["direction"], reward, Number(terminated) + 2 * Number(truncated)],
      [crc[t], direction[t], rewards[t], ends[t]],
      `${where}, step ${t}`,
    );
    assertEquals([...(inner.carrying ?? [])], carrying[t], `${where}, step ${t}`);
    assertEquals(info["mission"], mission);
  }
  assertEquals([...last], final_image, where);
}
