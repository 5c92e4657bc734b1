/**
 * Reacher's body, from the numbers of `gymnasium/envs/mujoco/reacher_v5.py`'s compiled model.
 *
 * @module
 */

import { MEMORY, motors } from "./_mjcf.ts";

/** The four walls of Reacher's table, each from end to end. */
const WALLS = [
  [-0.3, -0.3, 0.3, -0.3],
  [0.3, -0.3, 0.3, 0.3],
  [-0.3, 0.3, 0.3, 0.3],
  [-0.3, -0.3, -0.3, 0.3],
] as const;

/** An arm of two links on a table, and a fixed target. */
export const REACHER_MODEL: string = `<mujoco>
  ${MEMORY}
  <compiler angle="radian"/>
  <option integrator="RK4" timestep="0.01"/>
  <default>
    <joint armature="1" damping="1"/>
    <geom type="capsule" contype="0" friction="1 0.1 0.1"/>
    <default class="target"><joint armature="0" damping="0" limited="true" range="-0.27 0.27"/></default>
  </default>
  <worldbody>
    <geom type="plane" size="1 1 10"/>${
  WALLS.map(([x, y, toX, toY]) => `
    <geom size="0.02" fromto="${x} ${y} 0.01 ${toX} ${toY} 0.01"/>`).join("")
}
    <geom size="0.011" fromto="0 0 0 0 0 0.02"/>
    <body pos="0 0 0.01">
      <joint name="shoulder" axis="0 0 1"/>
      <geom size="0.01" fromto="0 0 0 0.1 0 0"/>
      <body pos="0.1 0 0">
        <joint name="elbow" axis="0 0 1" range="-3 3" limited="true"/>
        <geom size="0.01" fromto="0 0 0 0.1 0 0"/>
        <body pos="0.11 0 0">
          <geom type="sphere" size="0.01"/>
        </body>
      </body>
    </body>
    <body pos="0.1 -0.1 0.01">
      <joint class="target" type="slide" axis="1 0 0" ref="0.1"/>
      <joint class="target" type="slide" axis="0 1 0" ref="-0.1"/>
      <geom type="sphere" size="0.009"/>
    </body>
  </worldbody>
  ${motors(["shoulder", "elbow"], 200)}
</mujoco>`;
