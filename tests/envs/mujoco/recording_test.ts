import { assert, assertEquals, assertLess } from "@std/assert";
import { type EnvSnapshot, envSpec, type Info, makeEnv } from "../../../envs/mod.ts";
import {
  Ant,
  HalfCheetah,
  Hopper,
  InvertedDoublePendulum,
  InvertedPendulum,
  loadMujoco,
  type MujocoEnv,
  Reacher,
  Swimmer,
  Walker2d,
} from "../../../envs/mujoco/mod.ts";
import { camelCase, distance, largestDistance, MUJOCO_IDS, readRecording } from "./_recording.ts";

await loadMujoco();

const MAKE: Record<typeof MUJOCO_IDS[number], () => MujocoEnv> = {
  "Ant-v5": () => new Ant(),
  "HalfCheetah-v5": () => new HalfCheetah(),
  "Hopper-v5": () => new Hopper(),
  "InvertedDoublePendulum-v5": () => new InvertedDoublePendulum(),
  "InvertedPendulum-v5": () => new InvertedPendulum(),
  "Reacher-v5": () => new Reacher(),
  "Swimmer-v5": () => new Swimmer(),
  "Walker2d-v5": () => new Walker2d(),
};

/** These are NumPy's to 1e-13 where they are normal, exactly where they are uniform. */
const NORMAL_STARTS: readonly string[] = ["Ant-v5", "HalfCheetah-v5", "InvertedDoublePendulum-v5"];
/** These observations and facts depend on the mathematics of the C library. */
const SINES: readonly string[] = ["InvertedDoublePendulum-v5", "Reacher-v5"];

function assertInfo(info: Info, expected: Record<string, number>, tolerance: number, where: string): void {
  assertEquals(Object.keys(info), Object.keys(expected).map(camelCase), where);
  for (const [name, value] of Object.entries(expected)) {
    assert(
      distance(info[camelCase(name)], value) <= tolerance,
      `${where}, ${name}: ${info[camelCase(name)]}`,
    );
  }
}

/** The state of a snapshot: the simulation's, and behind it what the next step needs besides. */
function stateOf(snapshot: EnvSnapshot): (number | string)[] {
  const { state } = snapshot;
  assert(Array.isArray(state));
  return state;
}

for (const id of MUJOCO_IDS) {
  const recording = readRecording(id);
  const make = MAKE[id];

  Deno.test(`${id} is registered with Gymnasium's limit, threshold and spaces`, () => {
    const { maxEpisodeSteps, rewardThreshold } = envSpec(id);
    assertEquals([maxEpisodeSteps, rewardThreshold ?? null], [
      recording.max_episode_steps,
      recording.reward_threshold,
    ]);
    const { actionSpace, observationSpace } = make();
    assertEquals([...actionSpace.low], recording.action_low);
    assertEquals([...actionSpace.high], recording.action_high);
    assertEquals(observationSpace.shape, recording.observation_shape);
    assertEquals(new Set(observationSpace.names).size, recording.observation_shape[0]);
    assertEquals(new Set(actionSpace.names).size, recording.action_low.length);
    assertEquals(make().snapshot()["settings"], {
      ...Object(make().snapshot()["settings"]),
      mujoco: recording.mujoco,
    });
    assertEquals(makeEnv(id).id, id);
  });

  Deno.test(`${id} starts as Gymnasium does`, () => {
    const tolerance = NORMAL_STARTS.includes(id) ? 1e-13 : 0;
    for (const { seed, reset } of recording.runs) {
      const env = make();
      const { observation, info } = env.reset({ seed });
      // Distances are roots of sums of squares, which NumPy may round once less.
      assertInfo(info, reset.info, Math.max(tolerance, 1e-15), `seed ${seed}`);
      const seen = SINES.includes(id) ? 1e-13 : tolerance;
      assert(largestDistance(env.lastObservation, reset.observation) <= seen, `seed ${seed}`);
      assertEquals(observation, Float32Array.from(env.lastObservation));
      const state = stateOf(env.snapshot()).slice(0, recording.state_size);
      assertEquals(state.length, recording.state_size);
      assert(largestDistance(state, reset.state) <= tolerance, `seed ${seed}`);
    }
  });

  Deno.test(`${id}: a step from each recorded state is Gymnasium's within 1e-9`, () => {
    let steps = 0;
    for (const { seed, steps: recorded } of recording.runs) {
      const inRow = make();
      const env = make();
      inRow.reset({ seed });
      let isRow = true;
      for (const { t, state, action, observation, reward, terminated, info } of recorded) {
        const where = `seed ${seed}, step ${t}`;
        const now = inRow.snapshot();
        const carried = stateOf(now).slice(recording.state_size);
        const padded = Array.from({ length: recording.state_size }, (_, i) => state[i] ?? 0);
        isRow &&= t < 30;
        // Positions before the step: they are in the state, except for Ant's, which lag behind it.
        const isKnown = id !== "Ant-v5" || isRow;
        const before = id === "InvertedDoublePendulum-v5" ? [1.2] : padded.slice(1, 1 + carried.length);
        env.restore({
          ...now,
          phase: "running",
          state: [...padded, ...(id === "Ant-v5" && isRow ? carried : before)],
        });
        const given = Float32Array.from(action);
        const result = env.step(given);
        assertLess(largestDistance(env.lastObservation, observation), 1e-9, where);
        assertEquals([result.terminated, result.truncated], [terminated, false], where);
        steps++;
        if (isKnown) {
          assertInfo(result.info, info, 1e-9, where);
          assertLess(distance(result.reward, reward), 1e-9, where);
        } else {
          // What is left of the reward without the velocity.
          const own = result.reward - Number(result.info["rewardForward"]);
          assertLess(distance(own, reward - info["reward_forward"]!), 1e-9, where);
        }
        if (!isRow) continue;
        const free = inRow.step(given);
        assertLess(largestDistance(inRow.lastObservation, observation), 1e-6, where);
        assertLess(distance(free.reward, reward), 1e-6, where);
        assertEquals(free.terminated, terminated, where);
        isRow = !terminated;
      }
    }
    assert(steps >= 19, `${steps} steps`);
  });
}
