/**
 * Taxi: fetch a passenger and bring them to their destination.
 *
 * @module
 */

import { booleanOption, probabilityOption } from "../values/options.ts";
import { TabularCore } from "./_tabular_core.ts";
import { ABOARD, decode, encode, isFree, moved, SIDES, standAt, STANDS, STATES } from "./_taxi_map.ts";
import { drawTaxi } from "./_taxi_scene.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Scene } from "../scenes/scene.ts";
import type { Outcome, TabularEnv } from "./tabular_env.ts";

/** The actions besides the four directions. */
const PICK_UP = 4;
const ACTIONS = 6;

/** Positions in the state of what observations lack: the direction of the last move, and whether a change of mind is due. */
const HEADING = 0;
const FICKLE = 1;

/** Options of {@linkcode Taxi}. */
export interface TaxiOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"Taxi-v4"}
   */
  id?: string;
  /**
   * Whether it rains: a move then goes in its direction with probability `rainyProbability`, otherwise to either side.
   *
   * @default {false}
   */
  isRainy?: boolean;
  /**
   * The probability that a move in the rain goes in its direction, from 0 to 1.
   *
   * @default {0.8}
   */
  rainyProbability?: number;
  /**
   * Whether the passenger may change their mind about the destination, once, after the first move on board.
   *
   * @default {false}
   */
  ficklePassenger?: boolean;
  /**
   * The probability that a fickle passenger changes their mind in an episode, from 0 to 1.
   *
   * @default {0.3}
   */
  fickleProbability?: number;
}

/**
 * A town of five by five tiles with some walls and four stands: red, green, yellow and blue. A passenger waits at one and
 * wants to get to another (T. G. Dietterich, "Hierarchical Reinforcement Learning with the MAXQ Value Function
 * Decomposition", 2000). Same seed and actions, same numbers as Gymnasium (`gymnasium/envs/toy_text/taxi.py`). It has
 * no time limit; {@linkcode makeEnv} adds one.
 *
 * The observation is ((row · 5 + column) · 5 + passenger) · 4 + destination, with passenger 0 to 3 at a stand (red, green,
 * yellow, blue) and 4 in the taxi. Actions: 0 drives south, 1 north, 2 east, 3 west, 4 picks the passenger up, 5 drops
 * them off, at any stand. Reward: 20 for a drop at the destination, which ends the episode; -10 for picking up or
 * dropping off where that is not possible; else -1. The info has `actionMask`, a Uint8Array with a 1 for every action
 * that changes the state, and `prob`, the probability of the step.
 *
 * @example Usage
 * ```ts
 * import { Taxi } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new Taxi();
 * const { observation, info } = env.reset({ seed: 0 });
 * assertEquals(observation, 314); // row 3, column 0, passenger at blue, to yellow
 * assertEquals(info, { prob: 1, actionMask: Uint8Array.of(1, 1, 0, 0, 0, 0) });
 * assertEquals(env.step(4).reward, -10);
 * ```
 */
export class Taxi implements TabularEnv {
  /** The registered name. */
  readonly id: string;
  /** The 500 combinations of row, column, passenger and destination. */
  readonly observationSpace: Discrete;
  /** South, north, east, west, pick up, drop off. */
  readonly actionSpace: Discrete;
  /** Every info has an `actionMask`. */
  readonly offersActionMask: boolean = true;
  /** The probability of each first state: 300 states, equally likely; read-only. */
  readonly initialDistribution: Float64Array;
  readonly #ficklePassenger: boolean;
  readonly #fickleProbability: number;
  readonly #table: TabularCore;

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id, the weather and the passenger.
   * @throws {TypeError} When an option has the wrong type.
   * @throws {RangeError} When a probability is not from 0 to 1.
   */
  constructor(options: TaxiOptions = {}) {
    const id = this.id = options.id ?? "Taxi-v4";
    const isRainy = booleanOption(id, "isRainy", options.isRainy, false);
    const rainyProbability = probabilityOption(id, "rainyProbability", options.rainyProbability, 0.8);
    this.#ficklePassenger = booleanOption(id, "ficklePassenger", options.ficklePassenger, false);
    this.#fickleProbability = probabilityOption(id, "fickleProbability", options.fickleProbability, 0.3);
    this.observationSpace = new Discrete(STATES);
    this.actionSpace = new Discrete(ACTIONS, {
      meanings: ["south", "north", "east", "west", "pick up", "drop off"],
    });
    const isStart = (state: number) => {
      const { passenger, destination } = decode(state);
      return passenger !== ABOARD && passenger !== destination;
    };
    this.initialDistribution = Float64Array.from(
      { length: STATES },
      (_, state) => isStart(state) ? 1 / 300 : 0,
    );
    const sideways = (1 - rainyProbability) / 2;
    this.#table = new TabularCore({
      id,
      settings: {
        isRainy,
        rainyProbability,
        ficklePassenger: this.#ficklePassenger,
        fickleProbability: this.#fickleProbability,
      },
      observationSpace: this.observationSpace,
      actionSpace: this.actionSpace,
      initialDistribution: this.initialDistribution,
      isTerminal: (state) => decode(state).passenger === decode(state).destination,
      extras: [[0, 3, "whole"], [0, 1, "whole"]],
      outcomes: (state, action) => {
        if (action >= PICK_UP) return [serve(state, action)];
        if (!isRainy) return [drive(state, action, 1)];
        // A taxi that cannot move in its direction does not slide either.
        const { row, column } = decode(state);
        const [left, right] = isFree(row, column, action) ? SIDES[action]! : [action, action];
        return [
          drive(state, action, rainyProbability),
          drive(state, left, sideways),
          drive(state, right, sideways),
        ];
      },
    });
  }

  /**
   * Starts an episode: taxi anywhere, passenger at a stand, destination at another.
   *
   * @param options The seed; without it the random stream continues.
   * @returns The state, and in the info `prob`, which is 1, and `actionMask`.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<number> {
    this.#table.reset(options);
    const isFickle = this.#ficklePassenger && this.#table.generator.random() < this.#fickleProbability;
    this.#table.extras[HEADING] = 0;
    this.#table.extras[FICKLE] = isFickle ? 1 : 0;
    return { observation: this.#table.state, info: this.#info(1) };
  }

  /**
   * Drives, picks up or drops off.
   *
   * @param action 0 for south, 1 for north, 2 for east, 3 for west, 4 to pick up, 5 to drop off.
   * @returns The state, the reward, whether the passenger has arrived, and in the info `prob` and `actionMask`;
   * `truncated` is always false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When the action is not from 0 to 5.
   */
  step(action: number): StepResult<number> {
    const table = this.#table;
    const before = table.state;
    const [prob, next, reward, terminated] = table.step(action);
    if (action < PICK_UP) table.extras[HEADING] = action;
    if (table.extras[FICKLE] === 1) this.#changeMind(before, next);
    return { observation: table.state, reward, terminated, truncated: false, info: this.#info(prob) };
  }

  /**
   * The outcomes of an action in a state, for a passenger who is not fickle.
   *
   * @param state The number of the state.
   * @param action 0 for south, 1 for north, 2 for east, 3 for west, 4 to pick up, 5 to drop off.
   * @returns The outcomes; read-only.
   * @throws {RangeError} When the state or the action does not exist.
   */
  transitions(state: number, action: number): readonly Outcome[] {
    return this.#table.transitions(state, action);
  }

  /**
   * The picture of the town, one unit per tile: walls, stands, passenger, destination and taxi.
   *
   * @returns The scene; before the first reset, of the first possible start.
   */
  render(): Scene {
    return drawTaxi(decode(this.#table.state), this.#table.extras[HEADING]!);
  }

  /**
   * The whole state: taxi, passenger, phase, settings, and the streams of the environment and its spaces.
   *
   * @returns Plain JSON values.
   */
  snapshot(): EnvSnapshot {
    return this.#table.snapshot();
  }

  /**
   * Continues from a snapshot. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of a Taxi with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#table.restore(snapshot);
  }

  /** The first move with the passenger aboard draws another destination. */
  #changeMind(before: number, after: number): void {
    const places = decode(after);
    const { row, column, passenger, destination } = decode(before);
    if (passenger !== ABOARD || row === places.row && column === places.column) return;
    const others = STANDS.map((_, stand) => stand).filter((stand) => stand !== destination);
    this.#table.state = encode({ ...places, destination: this.#table.generator.choice(others) });
    this.#table.extras[FICKLE] = 0;
  }

  /** The info about the current state. */
  #info(prob: number): { prob: number; actionMask: Uint8Array } {
    const { row, column, passenger } = decode(this.#table.state);
    const stand = standAt(row, column);
    const actionMask = new Uint8Array(ACTIONS);
    for (let direction = 0; direction < PICK_UP; direction++) {
      actionMask[direction] = isFree(row, column, direction) ? 1 : 0;
    }
    actionMask[PICK_UP] = stand !== -1 && stand === passenger ? 1 : 0;
    actionMask[PICK_UP + 1] = stand !== -1 && passenger === ABOARD ? 1 : 0;
    return { prob, actionMask };
  }
}

/** The outcome of driving in a direction. */
function drive(state: number, direction: number, probability: number): Outcome {
  return [probability, encode(moved(decode(state), direction)), -1, false];
}

/** The outcome of picking the passenger up or dropping them off. */
function serve(state: number, action: number): Outcome {
  const places = decode(state);
  const { row, column, passenger, destination } = places;
  const stand = standAt(row, column);
  if (action === PICK_UP) {
    return stand !== -1 && stand === passenger
      ? [1, encode({ ...places, passenger: ABOARD }), -1, false]
      : [1, state, -10, false];
  }
  if (stand === -1 || passenger !== ABOARD) return [1, state, -10, false];
  const hasArrived = stand === destination;
  return [1, encode({ ...places, passenger: stand }), hasArrived ? 20 : -1, hasArrived];
}
