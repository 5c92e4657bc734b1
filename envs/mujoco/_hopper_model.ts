/**
 * Hopper's body, from the numbers of `gymnasium/envs/mujoco/hopper_v5.py`'s compiled model.
 *
 * @module
 */

import { MEMORY, motors } from "./_mjcf.ts";
import { HALF_TORSO, PLANE_JOINTS, planeLeg } from "./_plane_leg.ts";

/** A torso on one leg. */
export const HOPPER_MODEL: string = `<mujoco>
  ${MEMORY}
  <option integrator="RK4" timestep="0.002"/>
  <default>
    <joint armature="1" damping="1" limited="true"/>
    <geom type="capsule" condim="1" conaffinity="0" margin="0.001" solimp="0.8 0.8 0.01" friction="0.9"/>
    <default class="free"><joint armature="0" damping="0" limited="false"/></default>
  </default>
  <worldbody>
    <geom type="plane" size="20 20 0.125" condim="3" conaffinity="1" friction="1"/>
    <body pos="0 0 1.25">${PLANE_JOINTS}
      <geom size="0.05 ${HALF_TORSO}"/>${
  planeLeg({ side: "", foot: ["0.13", "0.065", "0.195"], friction: "2" })
}
    </body>
  </worldbody>
  ${motors(["thigh", "leg", "foot"], 200)}
</mujoco>`;
