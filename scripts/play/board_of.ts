import { Blackjack, CliffWalking, type Env, FrozenLake, Taxi } from "../../envs/mod.ts";
import { MiniGridEnv } from "../../envs/minigrid/minigrid_env.ts";
import { blackjackBoard } from "./blackjack_board.ts";
import type { Board } from "./board.ts";
import { cliffWalkingBoard } from "./cliff_walking_board.ts";
import { frozenLakeBoard } from "./frozen_lake_board.ts";
import { minigridBoard } from "./minigrid_board.ts";
import type { Paint } from "./paint.ts";
import { taxiBoard } from "./taxi_board.ts";

/**
 * The board of an environment.
 *
 * @param env The environment, without wrappers.
 * @param paint Styles text.
 * @returns The board; undefined if text cannot show the environment.
 */
export function boardOf(env: Env, paint: Paint): Board | undefined {
  if (env instanceof FrozenLake) return frozenLakeBoard(env, paint);
  if (env instanceof CliffWalking) return cliffWalkingBoard(paint);
  if (env instanceof Taxi) return taxiBoard(paint);
  if (env instanceof Blackjack) return blackjackBoard(env, paint);
  if (env instanceof MiniGridEnv) return minigridBoard(env, paint);
  return undefined;
}
