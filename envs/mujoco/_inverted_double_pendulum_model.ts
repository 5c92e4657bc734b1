/**
 * InvertedDoublePendulum's body, from the numbers of `gymnasium/envs/mujoco/inverted_double_pendulum_v5.py`'s compiled model.
 *
 * @module
 */

import { CART, MEMORY, motors } from "./_mjcf.ts";

/** A pole on a pole on a cart. */
export const INVERTED_DOUBLE_PENDULUM_MODEL: string = `<mujoco>
  ${MEMORY}
  <option integrator="RK4" timestep="0.01" gravity="1e-5 0 -9.81"/>
  <default>
    <joint damping="0.05"/>
    <geom type="capsule" contype="0" friction="1 0.1 0.1"/>
  </default>
  <worldbody>
    <geom type="plane" size="40 40 40" pos="0 0 -3"/>${CART}
      <body>
        <joint axis="0 1 0"/>
        <geom size="0.045" fromto="0 0 0 0 0 0.6"/>
        <body pos="0 0 0.6">
          <joint axis="0 1 0"/>
          <geom size="0.045" fromto="0 0 0 0 0 0.6"/>
          <site pos="0 0 0.6"/>
        </body>
      </body>
    </body>
  </worldbody>
  ${motors(["cart"], 500)}
</mujoco>`;
