/**
 * The policies included in the page.
 *
 * @module
 */

/** The environments on MuJoCo, whose engine is 10 MB and loaded when one of them is chosen. */
const JOINTS: readonly string[] = ["Hopper-v5", "HalfCheetah-v5", "Walker2d-v5"];

/** The environments with a policy `policies/ID.onnx`, as written by `deno task train --env ID`, with `--agent dqn` if the preset uses a table. */
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
  "MiniGrid-DoorKey-5x5-v0",
  "InvertedPendulum-v5",
  "InvertedDoublePendulum-v5",
  "Hopper-v5",
  "HalfCheetah-v5",
];

/** The environments of the page: those with a policy, and others to train in. */
export const ENVIRONMENTS: readonly string[] = [...new Set([...POLICIES, ...JOINTS])];
