import type { DiscreteObservation } from "../../agents/mod.ts";
import { Blackjack, CliffWalking, type Env, FrozenLake, Taxi } from "../../envs/mod.ts";
import { blackjackBoard } from "./blackjack_board.ts";
import { cliffWalkingBoard } from "./cliff_walking_board.ts";
import { frozenLakeBoard } from "./frozen_lake_board.ts";
import type { Paint } from "./paint.ts";
import { taxiBoard } from "./taxi_board.ts";

/** How an environment is played in a terminal. */
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

/**
 * The board of an environment.
 *
 * @param env The environment, without wrappers.
 * @param paint How colours are written.
 * @returns The board; undefined where text cannot show what there is to see.
 */
export function boardOf(env: Env, paint: Paint): Board | undefined {
  if (env instanceof FrozenLake) return frozenLakeBoard(env, paint);
  if (env instanceof CliffWalking) return cliffWalkingBoard(paint);
  if (env instanceof Taxi) return taxiBoard(paint);
  if (env instanceof Blackjack) return blackjackBoard(env, paint);
  return undefined;
}
