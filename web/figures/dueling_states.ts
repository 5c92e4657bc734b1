/**
 * The states of CartPole whose values the figure on dueling shows.
 *
 * @module
 */

/** Angles of the pole, in degrees. */
export const ANGLES: readonly number[] = [-11, -8, -5, -2, 0, 2, 5, 8, 11];

/** Angular velocities of the pole, in radians per second. */
export const VELOCITIES: readonly number[] = [-3, -2, -1, 0, 1, 2, 3];

/** A state: the cart in the middle, the pole at an angle, turning as after pushes of the resting cart. */
export interface PoleState {
  /** In degrees. */
  readonly angle: number;
  /** In radians per second. */
  readonly velocity: number;
}

/** All states, angle after angle. */
export const POLE_STATES: readonly PoleState[] = ANGLES.flatMap((angle) =>
  VELOCITIES.map((velocity) => ({ angle, velocity }))
);

/** The place of a state in the list. */
export function stateIndex({ angle, velocity }: PoleState): number {
  return ANGLES.indexOf(angle) * VELOCITIES.length + VELOCITIES.indexOf(velocity);
}

/** What a push adds to the velocity of the cart for each rad/s that it adds to the pole's, about. */
const CART_PER_POLE = -2 / 3;

/** What the environment shows in a state. */
export function observationOf({ angle, velocity }: PoleState): Float32Array {
  return Float32Array.of(0, CART_PER_POLE * velocity, angle * Math.PI / 180, velocity);
}

/** Where an episode ends, in degrees. */
const LARGEST_ANGLE = 12;
/** Seconds of a step. */
const STEP_SECONDS = 0.02;

/** Whether the next step ends the episode whatever the action: it moves the pole by its old velocity. */
export function fallsAtOnce({ angle, velocity }: PoleState): boolean {
  return Math.abs(angle + velocity * STEP_SECONDS * 180 / Math.PI) > LARGEST_ANGLE;
}
