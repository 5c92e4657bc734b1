import type { Figure } from "./figure.ts";

/** The figures by name, each loaded when a chapter shows it. */
export const FIGURES: Readonly<Record<string, () => Promise<Figure>>> = {
  dqn: () => import("./dqn.ts"),
  double_dqn: () => import("./double_dqn.ts"),
  dueling: () => import("./dueling.ts"),
  environments: () => import("./environments.ts"),
  experience_replay: () => import("./experience_replay.ts"),
  target_network: () => import("./target_network.ts"),
  hyperparameters: () => import("./hyperparameters.ts"),
  mountain_car: () => import("./mountain_car.ts"),
  prioritized_replay: () => import("./prioritized_replay.ts"),
  frozen_lake: () => import("./frozen_lake.ts"),
};
