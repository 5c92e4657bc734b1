import { assertEquals } from "@std/assert";
import { LunarLanderContinuous } from "../../../envs/box2d/mod.ts";
import { type Env, MultiDiscrete, MultiDiscreteActions } from "../../../envs/mod.ts";
import { drawMoment } from "../../../scripts/recording/frame_svg.ts";

/** The texts below the scene. */
function stripOf(env: Env, action: Int32Array): string[] {
  const { observation } = env.reset({ seed: 0 });
  const facts = { episode: 1, step: 3, return: 2, isLast: false, ended: undefined };
  const moment = { ...facts, observation, scene: env.render(), qValues: new Float32Array(6), action };
  const { elements } = drawMoment(moment, env, false);
  return elements.join("").match(/(?<=>)[^<>]+(?=<\/text>)/g) ?? [];
}

Deno.test("a recording names the choice of each part of an action, without the words that all names begin with", () => {
  const lander = new MultiDiscreteActions(new LunarLanderContinuous(), 3);
  assertEquals(stripOf(lander, Int32Array.of(2, 0)), [
    ...["step", "3", "return", "2"],
    ...["main engine", "1", "side engines", "-1"],
  ]);
  const space = new MultiDiscrete([2, 3], {
    names: ["torque of the hip", "torque of the knee"],
    meanings: [["low", "high"], ["-1", "0", "1"]],
  });
  const joints = Object.assign(lander, { actionSpace: space });
  assertEquals(stripOf(joints, Int32Array.of(1, 1)).slice(4), ["hip", "high", "knee", "0"]);
  const plain = Object.assign(lander, { actionSpace: new MultiDiscrete([2, 3], { start: [0, 4] }) });
  assertEquals(stripOf(plain, Int32Array.of(1, 6)).slice(4), ["part 0", "1", "part 1", "6"]);
});
