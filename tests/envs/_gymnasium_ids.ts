/** The environments that come from Gymnasium, under their names there. */
export const GYMNASIUM_IDS = [
  "CartPole-v0",
  "CartPole-v1",
  "MountainCar-v0",
  "MountainCarContinuous-v0",
  "Acrobot-v1",
  "Pendulum-v1",
  "FrozenLake-v1",
  "FrozenLake8x8-v1",
  "CliffWalking-v1",
  "CliffWalkingSlippery-v1",
  "Taxi-v4",
  "Blackjack-v1",
] as const;
