/**
 * CliffWalking: walk along a cliff without stepping over its edge.
 *
 * @module
 */

import { drawCliffWalking } from "./_cliff_walking_scene.ts";
import { booleanOption } from "../values/options.ts";
import { slips, tileAfter } from "./_grid_moves.ts";
import { TabularCore } from "./_tabular_core.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Scene } from "../scenes/scene.ts";
import type { Outcome, TabularEnv } from "./tabular_env.ts";

/** The grid of `gymnasium/envs/toy_text/cliffwalking.py`; the cliff lies between start and goal. */
const ROWS = 4;
const COLUMNS = 12;
const STATES = ROWS * COLUMNS;
const START = STATES - COLUMNS;
const GOAL = STATES - 1;

/** Up, right, down, left, as changes of row and column. */
const MOVES = [[-1, 0], [0, 1], [1, 0], [0, -1]] as const;

/** Options of {@linkcode CliffWalking}. */
export interface CliffWalkingOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"CliffWalking-v1"}
   */
  id?: string;
  /**
   * Whether the ground is slippery: a step then goes in its direction or to either side, each with probability 1/3.
   *
   * @default {false}
   */
  isSlippery?: boolean;
}

/**
 * Four rows of twelve fields, with a cliff along the lower edge between start and goal (R. S. Sutton and A. G. Barto,
 * "Reinforcement Learning: An Introduction", example 6.6). Same seed and actions, same numbers as Gymnasium
 * (`gymnasium/envs/toy_text/cliffwalking.py`). It has no time limit there either.
 *
 * The observation is the number of the field, row by row from the upper left: the start is 36, the goal 47. Actions: 0
 * goes up, 1 right, 2 down, 3 left; a step over the edge of the grid stays on the field. Reward: -1 for every step, but -100 for one over the cliff,
 * which leads back to the start. An episode ends at the goal. The info has `prob`, the probability of the step.
 *
 * @example Usage
 * ```ts
 * import { CliffWalking } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new CliffWalking();
 * assertEquals(env.reset({ seed: 0 }).observation, 36);
 * const { observation, reward, terminated } = env.step(1);
 * assertEquals([observation, reward, terminated], [36, -100, false]);
 * ```
 */
export class CliffWalking implements TabularEnv {
  /** The registered name. */
  readonly id: string;
  /** The fields, row by row from the upper left. */
  readonly observationSpace: Discrete;
  /** 0 goes up, 1 right, 2 down, 3 left. */
  readonly actionSpace: Discrete;
  /** The probability of each first field: always 36; read-only. */
  readonly initialDistribution: Float64Array;
  readonly #table: TabularCore;

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, and whether it is slippery.
   * @throws {TypeError} When an option has the wrong type.
   */
  constructor(options: CliffWalkingOptions = {}) {
    this.id = options.id ?? "CliffWalking-v1";
    const isSlippery = booleanOption(this.id, "isSlippery", options.isSlippery, false);
    this.observationSpace = new Discrete(STATES);
    this.actionSpace = new Discrete(4, { meanings: ["up", "right", "down", "left"] });
    this.initialDistribution = new Float64Array(STATES);
    this.initialDistribution[START] = 1;
    this.#table = new TabularCore({
      id: this.id,
      settings: { isSlippery },
      observationSpace: this.observationSpace,
      actionSpace: this.actionSpace,
      initialDistribution: this.initialDistribution,
      isTerminal: (state) => state === GOAL,
      outcomes: (state, action) =>
        isSlippery
          ? slips(action).map((direction) => arrival(state, direction, 1 / 3))
          : [arrival(state, action, 1)],
    });
  }

  /**
   * Starts an episode at the lower left.
   *
   * @param options The seed; without it the random stream continues.
   * @returns The field, 36, and in the info `prob`, which is 1.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<number> {
    this.#table.reset(options);
    return { observation: this.#table.state, info: { prob: 1 } };
  }

  /**
   * Goes to a neighbouring field.
   *
   * @param action 0 for up, 1 for right, 2 for down, 3 for left.
   * @returns The field, the reward, whether it is the goal, and in the info `prob`, the probability of that step;
   * `truncated` is always false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When the action is not 0, 1, 2 or 3.
   */
  step(action: number): StepResult<number> {
    const [prob, observation, reward, terminated] = this.#table.step(action);
    return { observation, reward, terminated, truncated: false, info: { prob } };
  }

  /**
   * The outcomes of a step on a field; fields from which no episode continues have outcomes, too, as in Gymnasium.
   *
   * @param state The number of the field.
   * @param action 0 for up, 1 for right, 2 for down, 3 for left.
   * @returns The outcomes; read-only.
   * @throws {RangeError} When the field or the action does not exist.
   */
  transitions(state: number, action: number): readonly Outcome[] {
    return this.#table.transitions(state, action);
  }

  /**
   * The picture of the hillside, one unit per field: the cliff, the start, the goal, and the walker.
   *
   * @returns The scene; before the first reset, at the start.
   */
  render(): Scene {
    return drawCliffWalking(ROWS, COLUMNS, this.#table.state, this.#table.lastAction);
  }

  /**
   * The whole state: field, phase, settings, and the streams of the environment and its spaces.
   *
   * @returns Plain JSON values.
   */
  snapshot(): EnvSnapshot {
    return this.#table.snapshot();
  }

  /**
   * Continues from a snapshot. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of a CliffWalking with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#table.restore(snapshot);
  }
}

/** The field after a step. */
function arrival(state: number, direction: number, probability: number): Outcome {
  const next = tileAfter(state, MOVES[direction]!, ROWS, COLUMNS);
  if (next > START && next < GOAL) return [probability, START, -100, false];
  return [probability, next, -1, next === GOAL];
}
