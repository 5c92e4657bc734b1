/**
 * The policies that come with the page.
 *
 * @module
 */

/** The environments that have one, `policies/ID.onnx`, as `deno task train --env ID` leaves it, with `--agent dqn` where the preset's agent fills a table. */
export const POLICIES: readonly string[] = [
  "CartPole-v1",
  "CartPole-v0",
  "MountainCar-v0",
  "MountainCarContinuous-v0",
  "Acrobot-v1",
  "Pendulum-v1",
  "LunarLander-v3",
  "LunarLanderContinuous-v3",
  "FrozenLake-v1",
  "FrozenLake8x8-v1",
  "CliffWalking-v1",
  "CliffWalkingSlippery-v1",
  "Taxi-v4",
  "Blackjack-v1",
];
