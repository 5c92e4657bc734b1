/** The environment of the lecture's lab 1. */
export const REPLAY_ENV = "CartPole-v0";

/** Length of its observations. */
export const VARIABLES = 4;

/** What to fill, and how to draw from it. */
export interface ReplayRequest {
  /** The seed of the episodes, the random agent and the draws. */
  readonly seed: number;
  /** Episodes of the random agent. */
  readonly episodes: number;
  /** Transitions that fit into the buffer. */
  readonly capacity: number;
  /** Transitions of a mini-batch. */
  readonly batchSize: number;
}

/** What the figure on experience replay asks its worker for. */
export interface ReplayMessage extends ReplayRequest {
  /** Whether to show the buffer while it fills, or only at the end. */
  readonly isPaced: boolean;
}
