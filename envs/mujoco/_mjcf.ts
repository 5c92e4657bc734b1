/**
 * Parts shared by all models, as MJCF.
 *
 * @module
 */

/** The solver's scratch memory: at most 17 KiB are used, while the default is megabytes. */
export const MEMORY = '<size memory="300K"/>';

/** Motors of equal strength, from -1 to 1, in the order of their joints. */
export function motors(joints: readonly string[], gear: number): string {
  const all = joints.map((joint) => `\n    <motor joint="${joint}" gear="${gear}" ctrlrange="-1 1"/>`);
  return `<actuator>${all.join("")}\n  </actuator>`;
}

/** A rail, and a cart on it, both capsules along x; the cart's body is left open. */
export const CART = `
    <geom size="0.02 1" quat="0.707 0 0.707 0"/>
    <body>
      <joint name="cart" type="slide" axis="1 0 0" range="-1 1" limited="true"/>
      <geom size="0.1 0.1" quat="0.707 0 0.707 0"/>`;
