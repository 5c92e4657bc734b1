/**
 * HalfCheetah's body, from the numbers of `gymnasium/envs/mujoco/half_cheetah_v5.py`'s compiled model.
 *
 * @module
 */

import { MEMORY } from "./_mjcf.ts";

/** One link of HalfCheetah: its position, its hinge, and its capsule. */
type Link = readonly [
  name: string,
  place: string,
  damping: number,
  stiffness: number,
  range: string,
  turn: number,
  centre: string,
  half: number,
];

const BACK: readonly Link[] = [
  ["back_thigh", "-0.5 0 0", 6, 240, "-0.52 1.05", -3.8, "0.1 0 -0.13", 0.145],
  ["back_shin", "0.16 0 -0.25", 4.5, 180, "-0.785 0.785", -2.03, "-0.14 0 -0.07", 0.15],
  ["back_foot", "-0.28 0 -0.14", 3, 120, "-0.4 0.785", -0.27, "0.03 0 -0.097", 0.094],
];
const FRONT: readonly Link[] = [
  ["front_thigh", "0.5 0 0", 4.5, 180, "-1 0.7", 0.52, "-0.07 0 -0.12", 0.133],
  ["front_shin", "-0.14 0 -0.24", 3, 120, "-1.2 0.87", -0.6, "0.065 0 -0.09", 0.106],
  ["front_foot", "0.13 0 -0.18", 1.5, 60, "-0.5 0.5", -0.6, "0.045 0 -0.07", 0.07],
];

/** A chain of links, each attached to the previous one. */
function chain([first, ...rest]: readonly Link[]): string {
  if (first === undefined) return "";
  const [name, place, damping, stiffness, range, turn, centre, half] = first;
  return `
      <body pos="${place}">
        <joint name="${name}" axis="0 1 0" damping="${damping}" stiffness="${stiffness}" range="${range}"/>
        <geom size="0.046 ${half}" pos="${centre}" axisangle="0 1 0 ${turn}"/>${chain(rest)}
      </body>`;
}

const CHEETAH_GEARS = [120, 90, 60, 120, 60, 30];

/** A long body with a head, a back leg and a front leg. */
export const HALF_CHEETAH_MODEL: string = `<mujoco>
  ${MEMORY}
  <compiler angle="radian" settotalmass="14"/>
  <option timestep="0.01"/>
  <default>
    <joint armature="0.1" stiffness="8" damping="0.01" limited="true" solimplimit="0 0.8 0.03"/>
    <geom type="capsule" condim="3" conaffinity="0" friction="0.4 0.1 0.1" solimp="0 0.8 0.01"/>
    <default class="free"><joint armature="0" stiffness="0" damping="0" limited="false"/></default>
  </default>
  <worldbody>
    <geom type="plane" size="40 40 40" conaffinity="1"/>
    <body pos="0 0 0.7">
      <joint class="free" type="slide" axis="1 0 0"/>
      <joint class="free" type="slide" axis="0 0 1"/>
      <joint class="free" axis="0 1 0"/>
      <geom size="0.046" fromto="-0.5 0 0 0.5 0 0"/>
      <geom size="0.046 0.15" pos="0.6 0 0.1" axisangle="0 1 0 0.87"/>${chain(BACK)}${chain(FRONT)}
    </body>
  </worldbody>
  <actuator>${
  [...BACK, ...FRONT].map(([name], i) =>
    `\n    <motor joint="${name}" gear="${CHEETAH_GEARS[i]}" ctrlrange="-1 1"/>`
  ).join("")
}
  </actuator>
</mujoco>`;
