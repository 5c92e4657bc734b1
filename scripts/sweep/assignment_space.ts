/** The search space of `deno task assignment`: each setting varies around the preset's value for MountainCar. */
export const ASSIGNMENT_SPACE: readonly string[] = [
  "learning-rate=log:5e-4:4e-3",
  "gamma=0.98|0.99|0.995",
  "n-step=3|4|5|6",
  "hidden=64,64|128,128",
  "target-update-interval=250|500|1000",
];
