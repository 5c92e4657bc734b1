/**
 * The leg of Hopper and Walker2d as MJCF, from the numbers of Gymnasium's compiled models to their last bit.
 *
 * @module
 */

/** Half the length of the torso's capsule, and the distance of the hip below its centre. */
export const HALF_TORSO = "0.19999999999999996";
/** A quarter turn backwards about y, which lays a foot flat. */
const FLAT = "0.70710678118654757 0 -0.70710678118654746 0";

/** The differences between legs. */
interface Leg {
  /** The suffix of the names of its joints. */
  readonly side: string;
  /** The forward offset of the foot, the distance of its centre behind that, and half its length, in metres. */
  readonly foot: readonly [reach: string, middle: string, half: string];
  /** Friction of the foot. */
  readonly friction: string;
}

/** The three joints by which a torso moves in the plane, its height counted from the ground. */
export const PLANE_JOINTS = `
      <joint class="free" type="slide" axis="1 0 0" pos="0 0 -1.25"/>
      <joint class="free" type="slide" axis="0 0 1" pos="0 0 -1.25" ref="1.25"/>
      <joint class="free" axis="0 1 0"/>`;

/** Thigh, leg and foot, from the hip down. */
export function planeLeg({ side, foot: [reach, middle, half], friction }: Leg): string {
  return `
      <body pos="0 0 -${HALF_TORSO}">
        <joint name="thigh${side}" axis="0 -1 0" range="-150 0"/>
        <geom size="0.05 0.22500000000000003" pos="0 0 -0.22500000000000009"/>
        <body pos="0 0 -0.70000000000000007">
          <joint name="leg${side}" axis="0 -1 0" pos="0 0 0.25" range="-150 0"/>
          <geom size="0.04 0.25"/>
          <body pos="${reach} 0 -0.35">
            <joint name="foot${side}" axis="0 -1 0" pos="-${reach} 0 0.1" range="-45 45"/>
            <geom size="0.06 ${half}" pos="-${middle} 0 0.1" quat="${FLAT}" friction="${friction}"/>
          </body>
        </body>
      </body>`;
}
