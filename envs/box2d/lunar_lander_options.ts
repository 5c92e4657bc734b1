/**
 * Options of both kinds of LunarLander.
 *
 * @module
 */

/** Options of {@linkcode LunarLander} and {@linkcode LunarLanderContinuous}. */
export interface LunarLanderOptions {
  /**
   * The registered name of the environment.
   *
   * @default {the class's own}
   */
  id?: string;
  /**
   * Downward acceleration in m/s², between -12 and 0.
   *
   * @default {-10}
   */
  gravity?: number;
  /**
   * Whether wind blows while no leg touches the ground.
   *
   * @default {false}
   */
  enableWind?: boolean;
  /**
   * The largest force of the wind, in N; 0 to 20 is sensible.
   *
   * @default {15}
   */
  windPower?: number;
  /**
   * The largest torque of the wind, in N m; 0 to 2 is sensible.
   *
   * @default {1.5}
   */
  turbulencePower?: number;
}
