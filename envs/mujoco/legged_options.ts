/**
 * Options of the walkers that can fall.
 *
 * @module
 */

/** Options of {@linkcode Hopper} and {@linkcode Walker2d}, Gymnasium's keyword arguments. */
export interface LeggedOptions {
  /**
   * The registered name of the environment.
   *
   * @default {the name of the class with its version}
   */
  id?: string;
  /**
   * The reward per metre per second forward.
   *
   * @default {1}
   */
  forwardRewardWeight?: number;
  /**
   * The cost factor of the sum of the action's squares.
   *
   * @default {0.001}
   */
  ctrlCostWeight?: number;
  /**
   * The reward of a step in a healthy state.
   *
   * @default {1}
   */
  healthyReward?: number;
  /**
   * Whether the episode ends in an unhealthy state.
   *
   * @default {true}
   */
  terminateWhenUnhealthy?: boolean;
  /**
   * The largest distance of the first positions and velocities from the model's, at least 0.
   *
   * @default {0.005}
   */
  resetNoiseScale?: number;
}
