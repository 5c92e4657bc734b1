import type { Observation } from "../../envs/mod.ts";

/** The keys and the display of an environment in a terminal. */
export interface Board {
  /** The letter of each action. */
  readonly letters: readonly string[];
  /** The other key of each action that has one; undefined for an action without one. */
  readonly arrows: readonly (Arrow | undefined)[];
  /** The lines that show an observation. */
  draw(observation: Observation): string[];
}

/** A key with an arrow on it, or the space bar. */
export type Arrow = "left" | "down" | "right" | "up" | "space";
