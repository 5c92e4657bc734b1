/**
 * FrozenLake: cross the ice without falling into a hole.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { mapByName, requireMap } from "./_frozen_lake_map.ts";
import { slips, tileAfter } from "./_grid_moves.ts";
import { drawFrozenLake } from "./_frozen_lake_scene.ts";
import { booleanOption, probabilityOption } from "../values/options.ts";
import { TabularCore } from "./_tabular_core.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Scene } from "../scenes/scene.ts";
import type { Outcome, TabularEnv } from "./tabular_env.ts";

/** Left, down, right, up, as changes of row and column. */
const MOVES = [[0, -1], [1, 0], [0, 1], [-1, 0]] as const;

/** Options of {@linkcode FrozenLake}. */
export interface FrozenLakeOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"FrozenLake-v1"}
   */
  id?: string;
  /**
   * The name of a map.
   *
   * @default {"4x4"}
   */
  mapName?: "4x4" | "8x8";
  /**
   * Your own map in place of a named one: rows of equal length, of the letters S (start), F (frozen), H (hole) and
   * G (goal). Several starts are equally likely.
   *
   * @default {undefined}
   */
  desc?: readonly string[] | undefined;
  /**
   * Whether the ice is slippery: a step then goes in its direction with probability `successRate`, otherwise to either side.
   *
   * @default {true}
   */
  isSlippery?: boolean;
  /**
   * The probability that a step on slippery ice goes in its direction, from 0 to 1.
   *
   * @default {1 / 3}
   */
  successRate?: number;
  /**
   * The rewards for reaching the goal, a hole, and any other tile.
   *
   * @default {[1, 0, 0]}
   */
  rewardSchedule?: readonly [goal: number, hole: number, frozen: number];
}

/**
 * A frozen lake with holes, to cross from the start to the goal; the ice is slippery unless `isSlippery` is
 * false. Same seed and actions, same numbers as Gymnasium (`gymnasium/envs/toy_text/frozen_lake.py`). It has no
 * time limit; {@linkcode makeEnv} adds one.
 *
 * The observation is the number of the tile, row by row from the upper left. Actions: 0 goes left, 1 down, 2 right, 3 up;
 * a step over the edge of the lake stays on the tile. An episode ends in a hole or at the goal. Reward: 1 at the goal, else 0. The info has `prob`,
 * the probability of the step.
 *
 * @example Usage
 * ```ts
 * import { FrozenLake } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new FrozenLake({ isSlippery: false });
 * env.reset({ seed: 0 });
 * const rewards = [1, 1, 2, 1, 2, 2].map((action) => env.step(action).reward);
 * assertEquals(rewards, [0, 0, 0, 0, 0, 1]);
 * assertEquals(env.transitions(14, 2), [[1, 15, 1, true]]);
 * ```
 */
export class FrozenLake implements TabularEnv {
  /** The registered name. */
  readonly id: string;
  /** The tiles, row by row from the upper left. */
  readonly observationSpace: Discrete;
  /** 0 goes left, 1 down, 2 right, 3 up. */
  readonly actionSpace: Discrete;
  /** The probability of each first tile; read-only. */
  readonly initialDistribution: Float64Array;
  /** The map: rows of the letters S, F, H and G. */
  readonly desc: readonly string[];
  readonly #table: TabularCore;

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The map, the ice and the rewards.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When the map's name is unknown, rows differ in length, a letter is unknown, start or goal is
   * missing, `successRate` is not a probability, or a reward is not finite.
   */
  constructor(options: FrozenLakeOptions = {}) {
    const id = this.id = options.id ?? "FrozenLake-v1";
    const desc = options.desc === undefined
      ? mapByName(id, options.mapName ?? "4x4")
      : requireMap(id, options.desc);
    const isSlippery = booleanOption(id, "isSlippery", options.isSlippery, true);
    const successRate = probabilityOption(id, "successRate", options.successRate, 1 / 3);
    const rewards = requireRewards(id, options.rewardSchedule ?? [1, 0, 0]);
    const letters = desc.join("");
    this.desc = desc;
    this.observationSpace = new Discrete(letters.length);
    this.actionSpace = new Discrete(4, { meanings: ["left", "down", "right", "up"] });
    const starts = letters.split("S").length - 1;
    this.initialDistribution = Float64Array.from(letters, (letter) => letter === "S" ? 1 / starts : 0);

    const [rows, columns] = [desc.length, desc[0]!.length];
    const arrival = (state: number, direction: number, probability: number): Outcome => {
      const next = tileAfter(state, MOVES[direction]!, rows, columns);
      const letter = letters[next]!;
      const reward = rewards[letter === "G" ? 0 : letter === "H" ? 1 : 2];
      return [probability, next, reward, isEnd(letter)];
    };
    const failRate = (1 - successRate) / 2;
    this.#table = new TabularCore({
      id,
      settings: { desc: desc.join("/"), isSlippery, successRate, rewardSchedule: rewards.join(", ") },
      observationSpace: this.observationSpace,
      actionSpace: this.actionSpace,
      initialDistribution: this.initialDistribution,
      isTerminal: (state) => isEnd(letters[state]!),
      outcomes: (state, action) => {
        if (isEnd(letters[state]!)) return [[1, state, 0, true]];
        if (!isSlippery) return [arrival(state, action, 1)];
        return slips(action).map((direction) =>
          arrival(state, direction, direction === action ? successRate : failRate)
        );
      },
    });
  }

  /**
   * Starts an episode at a start.
   *
   * @param options The seed; without it the random stream continues.
   * @returns The tile, and in the info `prob`, which is 1.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<number> {
    this.#table.reset(options);
    return { observation: this.#table.state, info: { prob: 1 } };
  }

  /**
   * Takes a step on the ice.
   *
   * @param action 0 for left, 1 for down, 2 for right, 3 for up.
   * @returns The tile, the reward, whether it is a hole or the goal, and in the info `prob`, the probability of that step;
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
   * The outcomes of a step on a tile; in holes and at the goal it stays there, with reward 0.
   *
   * @param state The number of the tile.
   * @param action 0 for left, 1 for down, 2 for right, 3 for up.
   * @returns The outcomes; read-only.
   * @throws {RangeError} When the tile or the action does not exist.
   */
  transitions(state: number, action: number): readonly Outcome[] {
    return this.#table.transitions(state, action);
  }

  /**
   * The picture of the lake, one unit per tile: ice, holes, start, goal, and the walker.
   *
   * @returns The scene; before the first reset, at the first start.
   */
  render(): Scene {
    return drawFrozenLake(this.desc, this.#table.state, this.#table.lastAction);
  }

  /**
   * The whole state: tile, phase, settings, and the streams of the environment and its spaces.
   *
   * @returns Plain JSON values.
   */
  snapshot(): EnvSnapshot {
    return this.#table.snapshot();
  }

  /**
   * Continues from a snapshot. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of a FrozenLake with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#table.restore(snapshot);
  }
}

/** Whether an episode ends on a tile. */
function isEnd(letter: string): boolean {
  return letter === "G" || letter === "H";
}

function requireRewards(id: string, value: unknown): readonly [goal: number, hole: number, frozen: number] {
  const action = `make ${id}`;
  const expected = "rewardSchedule must be three numbers, for goal, hole and frozen";
  if (!Array.isArray(value) || value.length !== 3) throw refusal(TypeError, action, expected, value);
  const rewards = value.map((reward: unknown) => {
    if (typeof reward !== "number") throw refusal(TypeError, action, expected, reward);
    if (reward - reward !== 0) throw refusal(RangeError, action, "rewardSchedule must be finite", reward);
    return reward;
  });
  return [rewards[0]!, rewards[1]!, rewards[2]!];
}
