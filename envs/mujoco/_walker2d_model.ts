/**
 * Walker2d's body, from the numbers of `gymnasium/envs/mujoco/walker2d_v5.py`'s compiled model.
 *
 * @module
 */

import { MEMORY, motors } from "./_mjcf.ts";
import { HALF_TORSO, PLANE_JOINTS, planeLeg } from "./_plane_leg.ts";

const SIDES = ["", "_left"];

/** A torso on two legs, side by side in one plane. */
export const WALKER2D_MODEL: string = `<mujoco>
  ${MEMORY}
  <option integrator="RK4" timestep="0.002"/>
  <default>
    <joint armature="0.01" damping="0.1" limited="true"/>
    <geom type="capsule" conaffinity="0" friction="0.9 0.1 0.1"/>
    <default class="free"><joint armature="0" damping="0" limited="false"/></default>
  </default>
  <worldbody>
    <geom type="plane" size="40 40 40" conaffinity="1" friction="0.7 0.1 0.1"/>
    <body pos="0 0 1.25">${PLANE_JOINTS}
      <geom size="0.05 ${HALF_TORSO}"/>${
  SIDES.map((side) => planeLeg({ side, foot: ["0.2", "0.1", "0.1"], friction: "1.9 0.1 0.1" })).join("")
}
    </body>
  </worldbody>
  ${motors(SIDES.flatMap((side) => ["thigh", "leg", "foot"].map((joint) => joint + side)), 100)}
</mujoco>`;
