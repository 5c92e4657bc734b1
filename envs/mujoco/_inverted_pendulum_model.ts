/**
 * InvertedPendulum's body, from the numbers of `gymnasium/envs/mujoco/inverted_pendulum_v5.py`'s compiled model.
 *
 * @module
 */

import { CART, MEMORY } from "./_mjcf.ts";

/** A pole on a cart. */
export const INVERTED_PENDULUM_MODEL: string = `<mujoco>
  ${MEMORY}
  <option integrator="RK4" timestep="0.02"/>
  <default>
    <joint damping="1"/>
    <geom type="capsule" contype="0" friction="1 0.1 0.1"/>
  </default>
  <worldbody>${CART}
      <body>
        <joint axis="0 1 0" range="-90 90" limited="true"/>
        <geom size="0.049" fromto="0 0 0 0.001 0 0.6"/>
      </body>
    </body>
  </worldbody>
  <actuator>
    <motor joint="cart" gear="100" ctrlrange="-3 3"/>
  </actuator>
</mujoco>`;
