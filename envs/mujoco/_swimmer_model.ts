/**
 * Swimmer's body, from the numbers of `gymnasium/envs/mujoco/swimmer_v5.py`'s compiled model.
 *
 * @module
 */

import { MEMORY, motors } from "./_mjcf.ts";

/** Three links in a viscous fluid. */
export const SWIMMER_MODEL: string = `<mujoco>
  ${MEMORY}
  <option integrator="RK4" timestep="0.01" density="4000" viscosity="0.1"/>
  <default>
    <joint armature="0.1"/>
    <geom type="capsule" size="0.1" condim="1" contype="0" conaffinity="0"/>
  </default>
  <worldbody>
    <geom type="plane" size="40 40 0.1" pos="0 0 -0.1" condim="3"/>
    <body>
      <joint type="slide" axis="1 0 0"/>
      <joint type="slide" axis="0 1 0"/>
      <joint axis="0 0 1"/>
      <geom fromto="1.5 0 0 0.5 0 0"/>
      <body pos="0.5 0 0">
        <joint name="first" axis="0 0 1" range="-100 100" limited="true"/>
        <geom fromto="0 0 0 -1 0 0"/>
        <body pos="-1 0 0">
          <joint name="second" axis="0 0 1" range="-100 100" limited="true"/>
          <geom fromto="0 0 0 -1 0 0"/>
        </body>
      </body>
    </body>
  </worldbody>
  ${motors(["first", "second"], 150)}
</mujoco>`;
