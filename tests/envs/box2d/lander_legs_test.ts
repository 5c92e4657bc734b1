import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { LunarLander } from "../../../envs/box2d/mod.ts";
import { heuristicAction } from "./_heuristic.ts";

type Point = readonly [x: number, y: number];

/** The corners of the right leg, the left leg and the hull, as drawn. */
function outlinesOf(env: LunarLander): readonly [right: Point[], left: Point[], hull: Point[]] {
  const [right, left, hull] = env.render().shapes.slice(-3).map((shape) => {
    assert(shape.kind === "polygon");
    const { points } = shape;
    return Array.from({ length: points.length / 2 }, (_, i): Point => [points[2 * i]!, points[2 * i + 1]!]);
  });
  return [right!, left!, hull!];
}

const meanX = (corners: readonly Point[]) => corners.reduce((sum, [x]) => sum + x, 0) / corners.length;
const lowest = (corners: readonly Point[]) => Math.min(...corners.map(([, y]) => y));
const slope = ([x0, y0]: Point, [x1, y1]: Point) => Math.atan2(y1 - y0, x1 - x0);

Deno.test("LunarLander's legs hang in the air 0.35 rad off the hull, 0.05 of them from how they were made", () => {
  const env = new LunarLander();
  for (const seed of [0, 1, 2]) {
    env.reset({ seed });
    for (let i = 0; i < 40; i++) env.step(0);
    const [right, left, hull] = outlinesOf(env);
    const level = slope(hull[2]!, hull[3]!);
    assertAlmostEquals(slope(right[0]!, right[1]!) - level, 0.35, 0.01, `seed ${seed}`);
    assertAlmostEquals(slope(left[0]!, left[1]!) - level, -0.35, 0.01, `seed ${seed}`);
  }
});

Deno.test("LunarLander's observation 6 is the right leg, 7 the left one", () => {
  const env = new LunarLander();
  assertEquals(env.observationSpace.names?.slice(6), ["right leg touches", "left leg touches"]);
  const steps = [0, 0];
  for (let seed = 0; seed < 40; seed++) {
    let { observation } = env.reset({ seed });
    for (let i = 0, ended = false; i < 400 && !ended; i++) {
      const result = env.step(heuristicAction(observation));
      [observation, ended] = [result.observation, result.terminated];
      const [right, left] = outlinesOf(env);
      assertGreater(meanX(right), meanX(left));
      // Over the pad, which is level, a leg that touches alone is the lower one.
      if (observation[6] === observation[7] || meanX(left) < 9 || meanX(right) > 11) continue;
      const leg = observation[6] === 1 ? 0 : 1;
      assertEquals(lowest(right) < lowest(left), leg === 0, `seed ${seed}, step ${i}`);
      steps[leg]!++;
      break;
    }
  }
  assertGreater(Math.min(...steps), 3);
});
