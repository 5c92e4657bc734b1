import type { DiscreteObservation } from "../../agents/mod.ts";

/** The keys and the display of an environment in a terminal. */
export interface Board {
  /** The letter of each action. */
  readonly letters: readonly string[];
  /** The arrow key of each action that has one. */
  readonly arrows: readonly Arrow[];
  /** The lines that show an observation. */
  draw(observation: DiscreteObservation): string[];
}

/** A key with an arrow on it. */
export type Arrow = "left" | "down" | "right" | "up";
