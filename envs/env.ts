/**
 * The contract of an environment.
 *
 * @module
 */

import type { Scene } from "./scenes/scene.ts";
import type { Space } from "./spaces/space.ts";

/** What an environment shows: a Discrete space's number, a Tuple's numbers, a Box's vector. */
export type Observation = number | readonly number[] | Float32Array;

/** What an environment takes: a Discrete space's number or a Box's vector. */
export type Action = number | Float32Array;

/**
 * Further facts about a step, by name, Gymnasium's in camelCase: diagnostics, `prob`, `actionMask`. An `actionMask` is a
 * Uint8Array with one element per action of a Discrete space, 1 where the action makes sense in the state just shown; the caller's to keep.
 */
export type Info = Readonly<Record<string, unknown>>;

/** The state of an environment as plain JSON values, enough to continue from it bit for bit. */
export type EnvSnapshot = Readonly<Record<string, unknown>>;

/** Options of {@linkcode Env.reset}. */
export interface ResetOptions {
  /**
   * Seeds the environment's own random stream; a whole number from 0, or a bigint for seeds beyond 2⁵³. Without it the
   * stream continues; one that was never seeded begins as after seed 0.
   *
   * @default {undefined}
   */
  seed?: number | bigint | undefined;
}

/** What {@linkcode Env.reset} returns. */
export interface ResetResult<O extends Observation = Observation> {
  /** The first observation of the episode; the caller's to keep. */
  observation: O;
  /** Further facts about the first state. */
  info: Info;
}

/** What {@linkcode Env.step} returns. */
export interface StepResult<O extends Observation = Observation> {
  /** The observation after the step; the caller's to keep. */
  observation: O;
  /** The reward of the step. */
  reward: number;
  /** Whether the task itself ended (goal, failure): nothing follows, so its value is zero. */
  terminated: boolean;
  /** Whether the episode was cut from outside (a time limit): the state would have had a future. */
  truncated: boolean;
  /** Further facts about the step. */
  info: Info;
}

/**
 * A seeded environment with Gymnasium's interface (`gymnasium/core.py`, class `Env`).
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 */
export interface Env<O extends Observation = Observation, A extends Action = Action> {
  /** The registered name with its version, as in `CartPole-v1`. */
  readonly id: string;
  /** Every observation lies in this space. */
  readonly observationSpace: Space<O>;
  /** Every action must lie in this space. */
  readonly actionSpace: Space<A>;
  /** The largest number of steps in an episode; undefined without a time limit. */
  readonly maxEpisodeSteps?: number | undefined;
  /** Whether the info of every reset and step has an `actionMask`; absent means no. */
  readonly offersActionMask?: boolean | undefined;

  /** Starts an episode. */
  reset(options?: ResetOptions): ResetResult<O>;

  /** Takes one action. Throws before the first `reset` and after the end of an episode. */
  step(action: A): StepResult<O>;

  /** The picture of the present state, as shapes. */
  render(): Scene;

  /** The whole state, random stream included. */
  snapshot(): EnvSnapshot;

  /** Continues from a snapshot of an environment of the same id. */
  restore(snapshot: EnvSnapshot): void;
}
