/**
 * The contract of an environment.
 *
 * @module
 */

import type { Scene } from "./scenes/scene.ts";
import type { Space } from "./spaces/space.ts";

/**
 * An observation: the number of a Discrete space, the numbers of a Tuple, or the array of a Box, a Uint8Array if its dtype is
 * `"uint8"`.
 */
export type Observation = number | readonly number[] | Float32Array | Uint8Array;

/** An action to choose: the number of a Discrete space, or the numbers of a MultiDiscrete. */
export type DiscreteAction = number | Int32Array;

/** An action: the number of a Discrete space, the numbers of a MultiDiscrete, or the vector of a Box. */
export type Action = DiscreteAction | Float32Array;

/**
 * Additional facts about a step, by Gymnasium's names in camelCase: diagnostics, `prob`, `actionMask`. An `actionMask` is a
 * Uint8Array with one element per action of a Discrete space, 1 if the action is allowed in the state just returned; owned by the caller.
 * For a MultiDiscrete space it has one element per value of each part, part after part.
 */
export type Info = Readonly<Record<string, unknown>>;

/** The state of an environment as plain JSON values, enough to continue from it bit for bit. */
export type EnvSnapshot = Readonly<Record<string, unknown>>;

/** Options of {@linkcode Env.reset}. */
export interface ResetOptions {
  /**
   * Seeds the environment's own random stream; a whole number from 0, or a bigint for seeds beyond 2⁵³. Without it the
   * stream continues; a stream that was never seeded starts as after seed 0.
   *
   * @default {undefined}
   */
  seed?: number | bigint | undefined;
}

/** The result of {@linkcode Env.reset}. */
export interface ResetResult<O extends Observation = Observation> {
  /** The first observation of the episode; owned by the caller. */
  observation: O;
  /** Additional facts about the first state. */
  info: Info;
}

/** The result of {@linkcode Env.step}. */
export interface StepResult<O extends Observation = Observation> {
  /** The observation after the step; owned by the caller. */
  observation: O;
  /** The reward of the step. */
  reward: number;
  /** Whether the task itself ended (goal, failure): no rewards follow, so the value of the next state is zero. */
  terminated: boolean;
  /** Whether the episode was cut off from outside (a time limit): the next state still has a value. */
  truncated: boolean;
  /** Additional facts about the step. */
  info: Info;
}

/**
 * A seeded environment with Gymnasium's interface (`gymnasium/core.py`, class `Env`).
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 */
export interface Env<O extends Observation = Observation, A extends Action = Action> {
  /** The registered name with its version, such as `CartPole-v1`. */
  readonly id: string;
  /** Every observation lies in this space. */
  readonly observationSpace: Space<O>;
  /** Every action must lie in this space. */
  readonly actionSpace: Space<A>;
  /** The largest number of steps in an episode; undefined without a time limit. */
  readonly maxEpisodeSteps?: number | undefined;
  /** Whether the info of every reset and step has an `actionMask`; absent means false. */
  readonly offersActionMask?: boolean | undefined;

  /** Starts an episode. */
  reset(options?: ResetOptions): ResetResult<O>;

  /** Takes one action. Throws before the first `reset` and after the end of an episode. */
  step(action: A): StepResult<O>;

  /** The picture of the current state, as shapes. */
  render(): Scene;

  /** The whole state, including the random stream. */
  snapshot(): EnvSnapshot;

  /** Restores a snapshot of an environment with the same id. */
  restore(snapshot: EnvSnapshot): void;
}
