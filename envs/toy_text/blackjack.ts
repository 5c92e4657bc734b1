/**
 * Blackjack: get closer to 21 than the dealer.
 *
 * @module
 */

import { drawBlackjack } from "./_blackjack_scene.ts";
import { EnvCore, NO_INFO, type StateRange } from "../env_core.ts";
import { booleanOption } from "../values/options.ts";
import { Discrete } from "../spaces/discrete.ts";
import type { Env, EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../env.ts";
import type { Scene } from "../scenes/scene.ts";
import { Tuple } from "../spaces/tuple.ts";

/** The values of an endless deck: an ace counts as 1 here, and jack, queen and king as 10. */
const DECK = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10] as const;

/** Most cards of a hand: twenty-two aces are over 21. */
const MAX_CARDS = 22;

/** Positions in the state: whether the player has stuck, suit and face of the dealer's first card, and the hands. */
const STUCK = 0;
const SUIT = 1;
const FACE = 2;
const PLAYER = 3;
const DEALER = PLAYER + MAX_CARDS;

/** Two cards, and possibly more, which are 0 if absent. */
const HAND: readonly StateRange[] = Array.from({ length: MAX_CARDS }, (_, i) => [i < 2 ? 1 : 0, 10, "whole"]);
const RANGES: readonly StateRange[] = [[0, 1, "whole"], [0, 3, "whole"], [0, 2, "whole"], ...HAND, ...HAND];

/** Options of {@linkcode Blackjack}. */
export interface BlackjackOptions {
  /**
   * The registered name of the environment.
   *
   * @default {"Blackjack-v1"}
   */
  id?: string;
  /**
   * Whether a win with an ace and a ten as first cards pays 1.5; only without `sab`.
   *
   * @default {false}
   */
  natural?: boolean;
  /**
   * Whether the rules are those of Sutton and Barto: an ace and a ten as first cards win, unless the dealer has them too.
   *
   * @default {true}
   */
  sab?: boolean;
}

/**
 * A card game against a dealer (R. S. Sutton and A. G. Barto, "Reinforcement Learning: An Introduction", example 5.1).
 * Same seed and actions, same numbers as Gymnasium (`gymnasium/envs/toy_text/blackjack.py`). It has no time limit there
 * either.
 *
 * The observation is an array: the player's sum (4 to 31), the dealer's open card (1, an ace, to 10), and 1 if the player
 * has an ace that counts 11, else 0. Actions: 0 sticks, 1 hits. A player with more than 21 loses; once the player sticks, the
 * dealer draws up to 17 or more. Reward: 1 for winning, -1 for losing, 0 for a draw and while the game continues.
 *
 * @example Usage
 * ```ts
 * import { Blackjack } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new Blackjack();
 * assertEquals(env.reset({ seed: 0 }).observation, [11, 10, 0]);
 * assertEquals(env.step(1).observation, [12, 10, 0]);
 * const { reward, terminated } = env.step(0);
 * assertEquals([reward, terminated], [-1, true]);
 * ```
 */
export class Blackjack implements Env<readonly number[], number> {
  /** The registered name. */
  readonly id: string;
  /** The player's sum, the dealer's open card, and whether the player has an ace that counts 11. */
  readonly observationSpace: Tuple;
  /** 0 sticks, 1 hits. */
  readonly actionSpace: Discrete;
  readonly #natural: boolean;
  readonly #sab: boolean;
  readonly #core: EnvCore;
  readonly #state: Float64Array = new Float64Array(RANGES.length);
  /** Views of the state: cards, then zeros. */
  readonly #player: Float64Array = this.#state.subarray(PLAYER, PLAYER + MAX_CARDS);
  readonly #dealer: Float64Array = this.#state.subarray(DEALER, DEALER + MAX_CARDS);

  /**
   * Makes the environment; its stream starts as after `reset({ seed: 0 })` until it is seeded.
   *
   * @param options The id and the rules.
   * @throws {TypeError} When an option has the wrong type.
   */
  constructor(options: BlackjackOptions = {}) {
    this.id = options.id ?? "Blackjack-v1";
    this.#natural = booleanOption(this.id, "natural", options.natural, false);
    this.#sab = booleanOption(this.id, "sab", options.sab, true);
    this.observationSpace = new Tuple([new Discrete(32), new Discrete(11), new Discrete(2)]);
    this.actionSpace = new Discrete(2, { meanings: ["stick", "hit"] });
    const settings = { natural: this.#natural, sab: this.#sab };
    this.#core = new EnvCore(this.id, settings, this.observationSpace, this.actionSpace);
  }

  /**
   * Deals two cards to the dealer and two to the player.
   *
   * @param options The seed; without it the random stream continues.
   * @returns The first observation, three numbers.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative, fractional, or a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): ResetResult<readonly number[]> {
    this.#core.begin(options);
    this.#state.fill(0);
    for (const hand of [this.#dealer, this.#player]) {
      for (let i = 0; i < 2; i++) this.#deal(hand);
    }
    // Gymnasium draws these for its picture, from the same stream.
    this.#state[SUIT] = this.#core.generator.integers(0, 4);
    if (this.#dealer[0] === 10) this.#state[FACE] = this.#core.generator.integers(0, 3);
    return { observation: this.#observation(), info: NO_INFO };
  }

  /**
   * Sticks or hits.
   *
   * @param action 0 to stick, 1 to hit.
   * @returns The observation of three numbers, the reward, and whether the game is over; `truncated` is always false.
   * @throws {Error} Before the first reset and after the end of an episode.
   * @throws {TypeError} When the action is not a whole number.
   * @throws {RangeError} When the action is neither 0 nor 1.
   */
  step(action: number): StepResult<readonly number[]> {
    this.#core.requireRunning();
    this.#core.requireAction(this.actionSpace, action);
    let reward = 0;
    if (action === 1) {
      this.#deal(this.#player);
      if (sumOf(this.#player) > 21) reward = -1;
    } else {
      this.#state[STUCK] = 1;
      while (sumOf(this.#dealer) < 17) this.#deal(this.#dealer);
      reward = this.#outcome();
    }
    const terminated = isTerminal(this.#state);
    if (terminated) this.#core.phase = "ended";
    return { observation: this.#observation(), reward, terminated, truncated: false, info: NO_INFO };
  }

  /**
   * The visible cards, an ace as 1 and a face card as 10.
   *
   * @returns The player's, and the dealer's: only the first one until the player sticks; owned by the caller. Before the
   * first reset there are none.
   */
  hands(): { player: number[]; dealer: number[] } {
    const cards = (hand: Float64Array) => Array.from(hand).filter((card) => card > 0);
    const dealer = cards(this.#dealer);
    return {
      player: cards(this.#player),
      dealer: this.#state[STUCK] === 1 ? dealer : dealer.slice(0, 1),
    };
  }

  /**
   * The picture of the table: the dealer's cards, one of them hidden until the player sticks, and the player's.
   *
   * @returns The scene; before the first reset, an empty table.
   */
  render(): Scene {
    const cards = (hand: Float64Array) => Array.from(hand).filter((card) => card > 0);
    return drawBlackjack({
      player: cards(this.#player),
      dealer: cards(this.#dealer),
      playerSum: sumOf(this.#player),
      dealerSum: sumOf(this.#dealer),
      suit: this.#state[SUIT]!,
      face: this.#state[FACE]!,
      isOpen: this.#state[STUCK] === 1,
    });
  }

  /**
   * The whole state: hands, phase, settings, and the streams of the environment and its spaces.
   *
   * @returns Plain JSON values.
   */
  snapshot(): EnvSnapshot {
    return this.#core.snapshot(this.#state);
  }

  /**
   * Continues from a snapshot. If it throws, nothing has changed.
   *
   * @param snapshot The snapshot of a Blackjack with the same id and options.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or of an impossible state.
   */
  restore(snapshot: EnvSnapshot): void {
    this.#core.restore(snapshot, this.#state, RANGES, isTerminal);
  }

  /** Adds a card at the first free position. */
  #deal(hand: Float64Array): void {
    hand[hand.indexOf(0)] = this.#core.generator.choice(DECK);
  }

  #observation(): readonly number[] {
    return [sumOf(this.#player), this.#dealer[0]!, hasUsableAce(this.#player) ? 1 : 0];
  }

  /** The reward of a player who has stuck. */
  #outcome(): number {
    const isNatural = isBlackjack(this.#player);
    if (this.#sab && isNatural && !isBlackjack(this.#dealer)) return 1;
    const [ours, theirs] = [sumOf(this.#player), sumOf(this.#dealer)];
    if (theirs > 21 || ours > theirs) return !this.#sab && this.#natural && isNatural ? 1.5 : 1;
    return ours < theirs ? -1 : 0;
  }
}

/** The sum of a hand with every ace as 1. */
function hardSumOf(hand: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < MAX_CARDS; i++) sum += hand[i]!;
  return sum;
}

/** Whether a hand has an ace that can count as 11. */
function hasUsableAce(hand: Float64Array): boolean {
  return hardSumOf(hand) + 10 <= 21 && hand.includes(1);
}

/** The sum of a hand, with an ace counted as 11 if the sum stays at most 21. */
function sumOf(hand: Float64Array): number {
  const sum = hardSumOf(hand);
  return sum + 10 <= 21 && hand.includes(1) ? sum + 10 : sum;
}

/** Whether a hand is an ace and a ten. */
function isBlackjack(hand: Float64Array): boolean {
  return hand[2] === 0 && hand.includes(1) && hand.includes(10);
}

function isTerminal(state: Float64Array): boolean {
  return state[STUCK] === 1 || sumOf(state.subarray(PLAYER, PLAYER + MAX_CARDS)) > 21;
}
