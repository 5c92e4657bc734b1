import { assert, assertEquals, assertLess } from "@std/assert";
import { heuristicAction } from "./_heuristic.ts";
import { type Player, RECORDING, replayAll } from "./_lander_recording.ts";

/** Of each player: the steps before a leg touches, all seeds together, and the seeds that end on another step. */
const EXPECTED: Record<Player, [stepsInAir: number, otherEnds: number[]]> = {
  noop: [1139, []],
  rand: [1518, []],
  heur: [2301, [4]],
  wind: [2044, [11]],
  crand: [1793, []],
};

for (const player of ["noop", "rand", "heur", "wind", "crand"] as const) {
  const [stepsInAir, otherEnds] = EXPECTED[player];
  const replays = replayAll(player);

  Deno.test(`LunarLander is Gymnasium's within 1e-4 until a leg touches (${player})`, () => {
    assertEquals(replays.length, 16);
    assertEquals(replays.reduce((sum, replay) => sum + replay.stepsInAir, 0), stepsInAir);
    for (const { seed, inAir, rewardInAir, touch, recordedTouch } of replays) {
      assertLess(inAir, 1e-4, `seed ${seed}`);
      // The reward has differences of positions and velocities a hundredfold.
      assertLess(rewardInAir, 5e-3, `seed ${seed}`);
      assertEquals(touch, recordedTouch, `seed ${seed}`);
    }
  });

  Deno.test(`LunarLander ends when Gymnasium's does (${player}, but for seeds [${otherEnds}])`, () => {
    assertEquals(
      replays.filter(({ end, recordedEnd }) => end !== recordedEnd).map(({ seed }) => seed),
      otherEnds,
    );
    for (const { seed, total, recordedTotal } of replays.filter(({ seed }) => !otherEnds.includes(seed))) {
      // Once more or less on both legs is 10 points.
      const tolerance = player === "heur" && seed === 12 ? 10.1 : 0.2;
      assert(
        Math.abs(total - recordedTotal) < tolerance,
        `seed ${seed}: ${total}, recorded ${recordedTotal}`,
      );
    }
  });
}

Deno.test("Gymnasium's controller is the one that was recorded", () => {
  for (const player of ["heur", "wind"] as const) {
    for (const { actions, observations } of RECORDING.policies[player].runs) {
      const chosen = actions.map((_, i) => heuristicAction(Float32Array.from(observations[i]!)));
      assertEquals(chosen, actions);
    }
  }
});
