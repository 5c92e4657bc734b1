/**
 * The policies that come with the page.
 *
 * @module
 */

/** The environments that have one, `policies/ID.onnx`, as `deno task train --env ID` leaves it. */
export const POLICIES: readonly string[] = [
  "CartPole-v1",
  "MountainCar-v0",
  "Acrobot-v1",
  "Pendulum-v1",
  "LunarLander-v3",
  "FrozenLake-v1",
  "CliffWalking-v1",
  "Taxi-v4",
];
