/**
 * Options of the walkers that can fall.
 *
 * @module
 */

/** Options of {@linkcode Hopper} and {@linkcode Walker2d}, Gymnasium's keyword arguments. */
export interface LeggedOptions {
  /**
   * The registered name that the environment goes by.
   *
   * @default {the name of the class with its version}
   */
  id?: string;
  /**
   * What a metre per second forward is worth.
   *
   * @default {1}
   */
  forwardRewardWeight?: number;
  /**
   * The price of the sum of the action's squares.
   *
   * @default {0.001}
   */
  ctrlCostWeight?: number;
  /**
   * What a step in a healthy state is worth.
   *
   * @default {1}
   */
  healthyReward?: number;
  /**
   * Whether the episode ends in a state that is not healthy.
   *
   * @default {true}
   */
  terminateWhenUnhealthy?: boolean;
  /**
   * How far the first positions and velocities may lie from those of the model, at least 0.
   *
   * @default {0.005}
   */
  resetNoiseScale?: number;
}
