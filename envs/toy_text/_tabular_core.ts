/**
 * Parts shared by tabular environments: the table, and steps in it.
 *
 * @module
 */

import { refusal } from "../values/describe.ts";
import { EnvCore, type StateRange } from "../env_core.ts";
import type { Discrete } from "../spaces/discrete.ts";
import type { EnvSnapshot, ResetOptions } from "../env.ts";
import type { Generator } from "../random/generator.ts";
import type { Outcome } from "./tabular_env.ts";

/** The definition of a tabular environment. */
export interface TabularParts {
  id: string;
  settings: Readonly<Record<string, number | boolean | string>>;
  observationSpace: Discrete;
  actionSpace: Discrete;
  /** The probability of each first state. */
  initialDistribution: Float64Array;
  /** The outcomes of an action in a state. */
  outcomes: (state: number, action: number) => readonly Outcome[];
  /** Whether an episode ends in a state. */
  isTerminal: (state: number) => boolean;
  /** Additional numbers of the state, one range each; they start at their lower bounds. */
  extras?: readonly StateRange[];
}

/** The outcomes of an action in a state. */
interface Cell {
  outcomes: readonly Outcome[];
  probabilities: Float64Array;
}

/** A part of a tabular environment, by composition. */
export class TabularCore {
  /** The additional numbers, as defined by `extras`. */
  readonly extras: Float64Array;
  readonly #parts: TabularParts;
  readonly #core: EnvCore;
  /** Filled on demand: an episode visits a small part of a large table. */
  readonly #table: (Cell | undefined)[];
  readonly #ranges: readonly StateRange[];
  /** The state, the last action (-1 after a reset), and the extras. */
  readonly #state: Float64Array;

  constructor(parts: TabularParts) {
    const { id, settings, observationSpace, actionSpace, initialDistribution, extras = [] } = parts;
    this.#parts = parts;
    this.#core = new EnvCore(id, settings, observationSpace, actionSpace);
    this.#table = Array(observationSpace.n * actionSpace.n).fill(undefined);
    this.#ranges = [[0, observationSpace.n - 1, "whole"], [-1, actionSpace.n - 1, "whole"], ...extras];
    this.#state = Float64Array.from(this.#ranges, ([low]) => low);
    this.#state[0] = initialDistribution.findIndex((probability) => probability > 0);
    this.extras = this.#state.subarray(2);
  }

  /** The current state; before the first reset, the first possible start. */
  get state(): number {
    return this.#state[0]!;
  }

  set state(state: number) {
    this.#state[0] = state;
  }

  /** The last action of the episode; -1 when there was none. */
  get lastAction(): number {
    return this.#state[1]!;
  }

  /** The environment's stream. */
  get generator(): Generator {
    return this.#core.generator;
  }

  /** Starts an episode. */
  reset(options: ResetOptions): void {
    this.#core.begin(options);
    this.#state[0] = this.#core.generator.categoricalSample(this.#parts.initialDistribution);
    this.#state[1] = -1;
  }

  /** Takes one action; draws one number even if there is only one outcome, as Gymnasium does. */
  step(action: number): Outcome {
    this.#core.requireRunning();
    this.#core.requireAction(this.#parts.actionSpace, action);
    const { outcomes, probabilities } = this.#cell(this.#state[0]!, action);
    const outcome = outcomes[this.#core.generator.categoricalSample(probabilities)]!;
    this.#state[0] = outcome[1];
    this.#state[1] = action;
    if (outcome[3]) this.#core.phase = "ended";
    return outcome;
  }

  /** The outcomes of an action in a state. */
  transitions(state: number, action: number): readonly Outcome[] {
    const { id, observationSpace, actionSpace } = this.#parts;
    for (
      const [name, space, value] of [["state", observationSpace, state], [
        "action",
        actionSpace,
        action,
      ]] as const
    ) {
      if (!space.contains(value)) {
        const expected = `${name} must be a whole number from 0 to ${space.n - 1}`;
        throw refusal(RangeError, `list transitions of ${id}`, expected, value);
      }
    }
    return this.#cell(state, action).outcomes;
  }

  /** The whole state. */
  snapshot(): EnvSnapshot {
    return this.#core.snapshot(this.#state);
  }

  /** Restores a snapshot; changes nothing if it throws. */
  restore(snapshot: EnvSnapshot): void {
    this.#core.restore(snapshot, this.#state, this.#ranges, ([state]) => this.#parts.isTerminal(state!));
  }

  /** The outcomes of an action in a state, created at the first use. */
  #cell(state: number, action: number): Cell {
    const at = state * this.#parts.actionSpace.n + action;
    const known = this.#table[at];
    if (known !== undefined) return known;
    const outcomes = this.#parts.outcomes(state, action);
    const cell = { outcomes, probabilities: Float64Array.from(outcomes, ([probability]) => probability) };
    this.#table[at] = cell;
    return cell;
  }
}
