/**
 * Many copies of an environment at once.
 *
 * @module
 */

import { refusal } from "./values/describe.ts";
import { requireObject } from "./env_core.ts";
import {
  bytesFromJson,
  countFromJson,
  float32sFromJson,
  numbersFromJson,
  numbersToJson,
} from "./values/json_numbers.ts";
import { requireBox } from "./spaces/require_space.ts";
import { newMatrix, rowLength, writeRow } from "./_observation_row.ts";
import { isIntoEnv, makeCopies, withoutLimit } from "./_vector_copies.ts";
import { VectorMasks } from "./_vector_masks.ts";
import { requireChoices, requireSeeds, takeParts, takeVectors } from "./_vector_inputs.ts";
import { choiceCount } from "./spaces/choice_count.ts";
import { Discrete } from "./spaces/discrete.ts";
import { MultiDiscrete } from "./spaces/multi_discrete.ts";
import type { Action, Env, EnvSnapshot, Observation, ResetOptions } from "./env.ts";
import type { BoxArray } from "./spaces/box_dtype.ts";
import type { IntoEnv } from "./into_env.ts";
import type { ObservationMatrix } from "./observation_matrix.ts";
import type { Space } from "./spaces/space.ts";

/** Reused at every reset. */
const NO_OPTIONS: ResetOptions = Object.freeze({});

/**
 * Copies of an environment, stepped one after another into shared matrices, for throughput
 * (`gymnasium/vector/vector_env.py`, autoreset mode `SAME_STEP`). A copy whose episode ends is reset in the same step:
 * its row of {@linkcode observations} then holds the first observation of its next episode, and its row of
 * {@linkcode finalObservations} the last observation of the ended one.
 *
 * Copy i is, bit for bit, a single environment whose first reset had the seed `seed + i` and whose later resets had
 * none. Around an {@linkcode IntoEnv}, with or without a {@linkcode TimeLimit}, a step allocates nothing; any other
 * environment uses its ordinary `step`. A Discrete observation is a row of one number, a Tuple's a row of as many. The matrices
 * are Float32Arrays, or Uint8Arrays if the observations are a Box of uint8.
 * Infos are dropped, except for action masks.
 *
 * @typeParam O The type of an observation of one copy.
 * @typeParam A The type of an action of one copy.
 *
 * @example Usage
 * ```ts
 * import { makeEnv, VectorEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const envs = new VectorEnv(() => makeEnv("CartPole-v1"), 8);
 * envs.reset({ seed: 42 });
 * assertEquals(envs.observations.subarray(4, 8), makeEnv("CartPole-v1").reset({ seed: 43 }).observation);
 *
 * let steps = 0;
 * const actions = new Uint8Array(8);
 * while (!envs.terminated.includes(1)) {
 *   for (let i = 0; i < 8; i++) actions[i] = envs.observations[4 * i + 2]! > 0 ? 1 : 0;
 *   envs.step(actions);
 *   steps++;
 * }
 * const over = envs.terminated.indexOf(1);
 * assertEquals([steps, over], [34, 4]);
 * assertEquals(Math.abs(envs.finalObservations[4 * over + 2]!) > 0.2094, true); // the pole had fallen
 * assertEquals(Math.abs(envs.observations[4 * over + 2]!) < 0.05, true); // and stands again
 * ```
 */
export class VectorEnv<O extends Observation = Observation, A extends Action = Action> {
  /** The id of the environment. */
  readonly id: string;
  /** Number of copies. */
  readonly count: number;
  /** The observations of one copy. */
  readonly observationSpace: Space<O>;
  /** Number of elements in the observation of one copy, the length of a row. */
  readonly observationLength: number;
  /** The actions of one copy. */
  readonly actionSpace: Space<A>;
  /** The current observations, one row per copy; overwritten by each step. */
  readonly observations: ObservationMatrix<O>;
  /** The last observations of episodes: the rows of copies that the last step ended; overwritten by later steps. */
  readonly finalObservations: ObservationMatrix<O>;
  /** The rewards of the last step, one per copy; overwritten by each step. */
  readonly rewards: Float64Array;
  /** 1 for copies whose task the last step ended, else 0; overwritten by each step. */
  readonly terminated: Uint8Array;
  /** 1 for copies whose episode the last step cut off from outside, else 0; overwritten by each step. */
  readonly truncated: Uint8Array;
  /** Whether the environments offer action masks. */
  readonly offersActionMask: boolean;
  /** Which actions are allowed now, one row per copy; overwritten by each step. Empty without action masks. */
  readonly actionMasks: Uint8Array;
  /**
   * The action masks of {@linkcode VectorEnv.finalObservations}: the rows of copies whose episode the last step ended; overwritten by
   * later steps. Empty without action masks.
   */
  readonly finalActionMasks: Uint8Array;
  /** The copies, time limits and other wrappers included; to be looked at, not to be stepped alone. */
  readonly envs: readonly Env<O, A>[];
  readonly #copies: readonly Env[];
  /** The copies, if they can write into rows. */
  readonly #intoCopies: readonly IntoEnv<Action, BoxArray>[] | undefined;
  readonly #masks: VectorMasks | undefined;
  readonly #rows: readonly BoxArray[];
  readonly #finalRows: readonly BoxArray[];
  /** Steps of the current episodes, and their limit; counted here only for copies that write into rows. */
  readonly #elapsed: Float64Array;
  readonly #limit: number;
  /** For Discrete actions: the first and the last. */
  readonly #discrete: { readonly first: number; readonly last: number };
  /** For MultiDiscrete actions: their space, and one vector per copy to hand over. */
  readonly #parts: { readonly space: MultiDiscrete; readonly vectors: readonly Int32Array[] } | undefined;
  /** For Box actions: one vector per copy to hand over. */
  readonly #box: readonly Float32Array[] | undefined;
  /** For actions that are vectors: those of either kind. */
  readonly #vectors: readonly (Int32Array | Float32Array)[] | undefined;
  #running = false;

  /**
   * Makes the copies.
   *
   * @param make Makes a new environment each time; all of them with the same spaces and the same time limit.
   * @param count Number of copies, a whole number from 1.
   * @throws {TypeError} When `count` is not a whole number, the observations are neither Box, Discrete nor a Tuple, the
   * actions neither Discrete, MultiDiscrete nor Box, `make` is not a function, or it returns anything but new environments,
   * wrapped or not.
   * @throws {RangeError} When `count` is below 1, the environments differ, or Discrete observations go beyond 2²⁴, up to
   * which whole numbers are exact in float32.
   */
  constructor(make: () => Env<O, A>, count: number) {
    const action = "make a VectorEnv";
    const whole = makeCopies(action, make, count);
    const [first] = whole;
    this.envs = whole;
    this.id = first!.id;
    this.observationSpace = first!.observationSpace;
    this.observationLength = rowLength(action, this.observationSpace);
    this.actionSpace = first!.actionSpace;

    const parts = whole.map(withoutLimit);
    const intoCopies = parts.flatMap(({ env }) => isIntoEnv(env) ? [env] : []);
    this.offersActionMask = first!.offersActionMask ?? false;
    // Only an ordinary step gives an info.
    const into = intoCopies.length === count && !this.offersActionMask;
    this.#intoCopies = into ? intoCopies : undefined;
    this.#copies = into ? intoCopies : whole;
    this.#limit = into ? parts[0]!.limit : Infinity;

    const length = this.observationLength;
    this.count = count;
    this.observations = newMatrix(this.observationSpace, count * length);
    this.finalObservations = newMatrix(this.observationSpace, count * length);
    this.rewards = new Float64Array(count);
    this.terminated = new Uint8Array(count);
    this.truncated = new Uint8Array(count);
    this.#rows = whole.map((_, i) => this.observations.subarray(i * length, (i + 1) * length));
    this.#finalRows = whole.map((_, i) => this.finalObservations.subarray(i * length, (i + 1) * length));
    this.#elapsed = new Float64Array(count);
    const { actionSpace } = this;
    this.#masks = this.offersActionMask
      ? new VectorMasks(`step ${count} copies of ${this.id}`, count, choiceCount(actionSpace))
      : undefined;
    this.actionMasks = this.#masks?.current ?? new Uint8Array(0);
    this.finalActionMasks = this.#masks?.final ?? new Uint8Array(0);
    const discrete = actionSpace instanceof Discrete ? actionSpace : undefined;
    this.#discrete = { first: discrete?.start ?? 0, last: (discrete?.start ?? 0) + (discrete?.n ?? 0) - 1 };
    this.#parts = actionSpace instanceof MultiDiscrete
      ? { space: actionSpace, vectors: whole.map(() => new Int32Array(actionSpace.nvec.length)) }
      : undefined;
    const isBox = discrete === undefined && this.#parts === undefined;
    const width = isBox ? requireBox(action, "actionSpace", actionSpace).low.length : 0;
    this.#box = isBox ? whole.map(() => new Float32Array(width)) : undefined;
    this.#vectors = this.#parts?.vectors ?? this.#box;
  }

  /**
   * Starts an episode in every copy.
   *
   * @param options With a seed, copy i starts as after `seed + i`; without one the streams of the copies continue, and the
   * first time they start as after seed 0.
   * @throws {TypeError} When the seed is neither a number nor a bigint.
   * @throws {RangeError} When the seed is negative or fractional, or the last copy's is a number beyond 2⁵³ − 1.
   */
  reset(options: ResetOptions = {}): void {
    const seed = options.seed ?? (this.#running ? undefined : 0);
    if (seed !== undefined) requireSeeds(this, seed);
    for (let i = 0; i < this.count; i++) {
      const copySeed = typeof seed === "bigint"
        ? seed + BigInt(i)
        : seed === undefined
        ? undefined
        : seed + i;
      this.#resetCopy(i, copySeed === undefined ? NO_OPTIONS : { seed: copySeed });
    }
    this.rewards.fill(0);
    this.terminated.fill(0);
    this.truncated.fill(0);
    this.#running = true;
  }

  /**
   * Takes one action in every copy, and resets those whose episode has ended.
   *
   * @param actions One whole number per copy for Discrete actions; one row per copy for MultiDiscrete and Box actions.
   * @throws {Error} Before the first reset.
   * @throws {TypeError} When a Discrete action or a part of a MultiDiscrete action is not a whole number.
   * @throws {RangeError} When there are not as many actions as copies, a Discrete or MultiDiscrete action is outside its space,
   * or an element of a Box action is not finite. In that case no copy has moved.
   * @throws {TypeError} When an environment offers action masks, and an info has none or one of another length.
   */
  step(actions: ArrayLike<number>): void {
    if (!this.#running) {
      throw new Error(`Cannot step ${this.count} copies of ${this.id}: reset must be called first`);
    }
    const parts = this.#parts;
    const box = this.#box;
    if (parts !== undefined) takeParts(this, actions, parts.space, parts.vectors);
    else if (box !== undefined) takeVectors(this, actions, box);
    else requireChoices(this, actions, this.#discrete);
    const copies = this.#intoCopies;
    if (copies === undefined) this.#stepOrdinary(actions);
    else this.#stepInto(copies, actions);
  }

  /**
   * The state of all copies, and the current observations.
   *
   * @returns Plain JSON values.
   */
  snapshot(): EnvSnapshot {
    return {
      id: this.id,
      running: this.#running,
      observations: numbersToJson(this.observations),
      ...(this.offersActionMask ? { actionMasks: numbersToJson(this.actionMasks) } : {}),
      elapsedSteps: [...this.#elapsed],
      copies: this.#copies.map((copy) => copy.snapshot()),
    };
  }

  /**
   * Continues from a snapshot, bit for bit. Rewards and flags are 0 until the next step. When it throws, nothing has
   * changed.
   *
   * @param snapshot The snapshot of as many copies of the same environment.
   * @throws {TypeError} When a part of the snapshot has the wrong type.
   * @throws {RangeError} When the snapshot is of another environment, or a number in it is out of range.
   */
  restore(snapshot: EnvSnapshot): void {
    const action = `restore ${this.count} copies of ${this.id}`;
    const values = requireObject(action, "snapshot", snapshot);
    const { id, running, elapsedSteps, copies } = values;
    if (id !== this.id) throw refusal(RangeError, action, `id must be "${this.id}"`, id);
    if (typeof running !== "boolean") {
      throw refusal(TypeError, action, "running must be true or false", running);
    }
    const numbersOf = this.observations instanceof Uint8Array ? bytesFromJson : float32sFromJson;
    const observations = numbersOf(
      action,
      "observations",
      values["observations"],
      this.observations.length,
    );
    const masks = this.offersActionMask
      ? bytesFromJson(action, "actionMasks", values["actionMasks"], this.actionMasks.length)
      : this.actionMasks;
    const elapsed = numbersFromJson(action, "elapsedSteps", elapsedSteps, this.count);
    elapsed.forEach((steps, i) => {
      countFromJson(action, `elapsedSteps ${i}`, steps);
      if (steps < this.#limit) return;
      throw refusal(RangeError, action, `elapsedSteps ${i} must be below the limit of ${this.#limit}`, steps);
    });
    if (!Array.isArray(copies) || copies.length !== this.count) {
      throw refusal(TypeError, action, `copies must be an array of length ${this.count}`, copies);
    }
    const parts = copies.map((copy: unknown, i) => requireObject(action, `copies ${i}`, copy));
    const before = this.#copies.map((copy) => copy.snapshot());
    try {
      parts.forEach((part, i) => this.#copies[i]!.restore(part));
    } catch (error) {
      before.forEach((part, i) => this.#copies[i]!.restore(part));
      throw error;
    }
    this.observations.set(observations);
    this.actionMasks.set(masks);
    this.#elapsed.set(elapsed);
    this.rewards.fill(0);
    this.terminated.fill(0);
    this.truncated.fill(0);
    this.#running = running;
  }

  #stepInto(copies: readonly IntoEnv<Action, BoxArray>[], actions: ArrayLike<number>): void {
    const { rewards, terminated, truncated } = this;
    const rows = this.#rows;
    const elapsed = this.#elapsed;
    const limit = this.#limit;
    const vectors = this.#vectors;
    for (let i = 0; i < copies.length; i++) {
      const copy = copies[i]!;
      const row = rows[i]!;
      copy.stepInto(vectors === undefined ? actions[i]! : vectors[i]!, row);
      const steps = elapsed[i]! + 1;
      const ended = copy.lastTerminated;
      const cut = steps >= limit;
      rewards[i] = copy.lastReward;
      terminated[i] = ended ? 1 : 0;
      truncated[i] = cut ? 1 : 0;
      if (ended || cut) {
        this.#keepFinal(i, row);
        copy.resetInto(row, NO_OPTIONS);
        elapsed[i] = 0;
      } else elapsed[i] = steps;
    }
  }

  #stepOrdinary(actions: ArrayLike<number>): void {
    for (let i = 0; i < this.count; i++) {
      const result = this.#copies[i]!.step(
        this.#vectors === undefined ? actions[i]! : this.#vectors[i]!.slice(),
      );
      this.rewards[i] = result.reward;
      this.terminated[i] = result.terminated ? 1 : 0;
      this.truncated[i] = result.truncated ? 1 : 0;
      if (result.terminated || result.truncated) {
        this.#keepFinal(i, result.observation);
        this.#masks?.takeFinal(i, result.info);
        this.#resetCopy(i, NO_OPTIONS);
      } else {
        writeRow(this.#rows[i]!, result.observation);
        this.#masks?.take(i, result.info);
      }
    }
  }

  #resetCopy(i: number, options: ResetOptions): void {
    const copy = this.#intoCopies?.[i];
    if (copy === undefined) {
      const { observation, info } = this.#copies[i]!.reset(options);
      writeRow(this.#rows[i]!, observation);
      this.#masks?.take(i, info);
    } else copy.resetInto(this.#rows[i]!, options);
    this.#elapsed[i] = 0;
  }

  #keepFinal(i: number, observation: Observation): void {
    writeRow(this.#finalRows[i]!, observation);
  }
}
