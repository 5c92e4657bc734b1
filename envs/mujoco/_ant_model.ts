/**
 * Ant's body, from the numbers of `gymnasium/envs/mujoco/ant_v5.py`'s compiled model.
 *
 * @module
 */

import { MEMORY, motors } from "./_mjcf.ts";

/** Ant's legs: the direction of each, the axis of its ankle, and the ankle's range. */
const ANT_LEGS = [
  ["1", 1, 1, "-1 1 0", "30 70"],
  ["2", -1, 1, "1 1 0", "-70 -30"],
  ["3", -1, -1, "-1 1 0", "-70 -30"],
  ["4", 1, -1, "1 1 0", "30 70"],
] as const;

/** A ball with four legs around it. */
export const ANT_MODEL: string = `<mujoco>
  ${MEMORY}
  <option integrator="RK4" timestep="0.01"/>
  <default>
    <joint armature="1" damping="1" limited="true"/>
    <geom type="capsule" size="0.08" conaffinity="0" density="5" friction="1 0.5 0.5" margin="0.01"/>
  </default>
  <worldbody>
    <geom type="plane" size="40 40 40" conaffinity="1"/>
    <body pos="0 0 0.75">
      <freejoint/>
      <geom type="sphere" size="0.25"/>${
  ANT_LEGS.map(([name, x, y, axis, range]) => `
      <body>
        <geom fromto="0 0 0 ${0.2 * x} ${0.2 * y} 0"/>
        <body pos="${0.2 * x} ${0.2 * y} 0">
          <joint name="hip_${name}" axis="0 0 1" range="-30 30"/>
          <geom fromto="0 0 0 ${0.2 * x} ${0.2 * y} 0"/>
          <body pos="${0.2 * x} ${0.2 * y} 0">
            <joint name="ankle_${name}" axis="${axis}" range="${range}"/>
            <geom fromto="0 0 0 ${0.4 * x} ${0.4 * y} 0"/>
          </body>
        </body>
      </body>`).join("")
}
    </body>
  </worldbody>
  ${motors(["4", "1", "2", "3"].flatMap((name) => [`hip_${name}`, `ankle_${name}`]), 150)}
</mujoco>`;
