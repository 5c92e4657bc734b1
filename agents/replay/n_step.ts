/**
 * Returns over several steps.
 *
 * @module
 */

import type { DiscreteAction } from "../../envs/env.ts";
import { type BoxArray, type BoxDtype, isBoxArray, newBoxArray } from "../../envs/spaces/box_dtype.ts";
import type { ByteObservationsOptions } from "./byte_observations.ts";
import { checkAction, checkStored, checkTransition, type TransitionLengths } from "./_check_transition.ts";
import { requireWhole } from "../require_whole.ts";
import type { Transition } from "../agent.ts";

/** A transition that spans one or more environment steps. */
export interface NStepTransition extends Transition<BoxArray, DiscreteAction> {
  /** Environment steps that it spans, from 1. */
  steps: number;
}

/** The state of an {@linkcode NStep}: the pending steps, oldest first. */
export interface NStepSnapshot {
  /** Their observations, one after the other. */
  observations: BoxArray;
  /** Their actions, or the parts of all actions, one after the other. */
  actions: number[];
  /** Their rewards. */
  rewards: number[];
  /** Their action masks, one after the other; empty without masks. */
  actionMasks: Uint8Array;
}

/**
 * Turns single steps into transitions of n steps (Sutton 1988; Hessel et al. 2018, "Multi-step learning"): the reward is
 * Σ γᵏ r over k < n, the next observation the one n steps later. When an episode ends, in either way, the pending steps are released, each
 * spanning the steps that remained.
 *
 * @example Usage
 * ```ts
 * import { NStep } from "@bellman/dqn/agents";
 * import { assertEquals } from "@std/assert";
 *
 * const nStep = new NStep({ n: 2, gamma: 0.5, observationLength: 1 });
 * const rewards: number[] = [];
 * const step = { action: 0, reward: 1, truncated: false };
 * for (let k = 0; k < 3; k++) {
 *   const [observation, nextObservation] = [new Float32Array([k]), new Float32Array([k + 1])];
 *   const transition = { ...step, observation, nextObservation, terminated: k === 2 };
 *   nStep.add(transition, (ready) => rewards.push(ready.reward));
 * }
 * assertEquals(rewards, [1.5, 1.5, 1]); // two transitions of two steps, the last of one
 * ```
 */
export class NStep {
  /** The largest number of steps that a transition spans. */
  readonly n: number;
  readonly #gamma: number;
  readonly #lengths: TransitionLengths;
  /** The type of observations. */
  readonly #dtype: BoxDtype;
  readonly #observations: BoxArray[];
  readonly #masks: Uint8Array[];
  /** One element per pending step, or one row of parts. */
  readonly #actions: Int32Array;
  /** Each pending step's row of parts; none for actions that are numbers. */
  readonly #parts: readonly Int32Array[];
  readonly #rewards: Float64Array;
  readonly #ready: NStepTransition;
  /** The index of the oldest pending step, and their number. */
  #first = 0;
  #count = 0;

  /**
   * Allocates room for the pending steps.
   *
   * @param options `n`, a whole number from 1; γ, in [0, 1]; the length of an observation; the number of actions if the
   * steps have masks, the number of parts of actions that are Int32Arrays, and `bytes` for observations that are Uint8Arrays.
   * @throws {RangeError} If `n` or a length is not a whole number, or γ is out of range.
   */
  constructor(
    options: {
      n: number;
      gamma: number;
      observationLength: number;
      maskLength?: number;
      actionParts?: number;
      bytes?: ByteObservationsOptions | undefined;
    },
  ) {
    const { n, gamma, observationLength, maskLength = 0, actionParts = 0, bytes } = options;
    requireWhole("create an NStep", "n", n, 1);
    requireWhole("create an NStep", "observationLength", observationLength, 1);
    requireWhole("create an NStep", "maskLength", maskLength, 0);
    requireWhole("create an NStep", "actionParts", actionParts, 0);
    if (!(gamma >= 0 && gamma <= 1)) {
      throw new RangeError(`Cannot create an NStep: gamma must be in [0, 1], got ${gamma}`);
    }
    this.n = n;
    this.#gamma = gamma;
    this.#lengths = { observationLength, maskLength, actionParts, bytes };
    this.#dtype = bytes === undefined ? "float32" : "uint8";
    this.#observations = Array.from({ length: n }, () => newBoxArray(this.#dtype, observationLength));
    this.#masks = Array.from({ length: n }, () => new Uint8Array(maskLength));
    const actions = this.#actions = new Int32Array(n * Math.max(1, actionParts));
    this.#parts = Array.from(
      { length: actionParts > 0 ? n : 0 },
      (_, k) => actions.subarray(k * actionParts, (k + 1) * actionParts),
    );
    this.#rewards = new Float64Array(n);
    this.#ready = {
      observation: this.#observations[0]!,
      action: 0,
      reward: 0,
      nextObservation: this.#observations[0]!,
      terminated: false,
      truncated: false,
      actionMask: undefined,
      nextActionMask: undefined,
      steps: 1,
    };
  }

  /**
   * Adds one step.
   *
   * @param step Copied, except for its next observation and mask, which completed transitions refer to.
   * @param take Called for each completed transition, oldest first; the object is reused for the next.
   * @throws {TypeError} If an observation or a mask has the wrong length, a mask is missing, or the action is not a whole number;
   * nothing is changed then.
   * @throws {RangeError} If the action is beyond int32, or the reward or an observation is not finite in float32; nothing is
   * changed then.
   */
  add(step: Transition<BoxArray, DiscreteAction>, take: (transition: NStepTransition) => void): void {
    checkTransition(step, this.#lengths);
    const slot = (this.#first + this.#count) % this.n;
    this.#observations[slot]!.set(step.observation);
    if (this.#lengths.maskLength > 0 && step.actionMask !== undefined) {
      this.#masks[slot]!.set(step.actionMask);
    }
    const { action } = step;
    if (typeof action === "number") this.#actions[slot] = action;
    else this.#parts[slot]!.set(action);
    this.#rewards[slot] = step.reward;
    this.#count++;
    const ended = step.terminated || step.truncated;
    if (!ended && this.#count < this.n) return;
    do this.#release(step, take); while (ended && this.#count > 0);
  }

  /** Releases the oldest step. */
  #release(
    step: Transition<BoxArray, DiscreteAction>,
    take: (transition: NStepTransition) => void,
  ): void {
    let reward = 0;
    let discount = 1;
    for (let k = 0; k < this.#count; k++) {
      reward += discount * this.#rewards[(this.#first + k) % this.n]!;
      discount *= this.#gamma;
    }
    const ready = this.#ready;
    ready.observation = this.#observations[this.#first]!;
    ready.action = this.#lengths.actionParts > 0 ? this.#parts[this.#first]! : this.#actions[this.#first]!;
    ready.reward = reward;
    ready.nextObservation = step.nextObservation;
    ready.terminated = step.terminated;
    ready.truncated = step.truncated;
    ready.actionMask = this.#lengths.maskLength > 0 ? this.#masks[this.#first]! : undefined;
    ready.nextActionMask = step.nextActionMask;
    ready.steps = this.#count;
    this.#first = (this.#first + 1) % this.n;
    this.#count--;
    take(ready);
  }

  /**
   * The pending steps.
   *
   * @returns Copies.
   */
  snapshot(): NStepSnapshot {
    const slots = Array.from({ length: this.#count }, (_, k) => (this.#first + k) % this.n);
    const { observationLength } = this.#lengths;
    const observations = newBoxArray<BoxDtype>(this.#dtype, slots.length * observationLength);
    slots.forEach((slot, k) => observations.set(this.#observations[slot]!, k * observationLength));
    return {
      observations,
      actions: this.#lengths.actionParts > 0
        ? slots.flatMap((slot) => [...this.#parts[slot]!])
        : slots.map((slot) => this.#actions[slot]!),
      rewards: slots.map((slot) => this.#rewards[slot]!),
      actionMasks: Uint8Array.from(slots.flatMap((slot) => [...this.#masks[slot]!])),
    };
  }

  /**
   * Restores a snapshot.
   *
   * @param snapshot From {@linkcode NStep.snapshot} of one with the same options.
   * @throws {TypeError} If its columns do not fit together, or it has n or more pending steps.
   * @throws {RangeError} If it holds a value that {@linkcode NStep.add} refuses.
   */
  restore(snapshot: NStepSnapshot): void {
    const { observations, actions, rewards, actionMasks } = snapshot;
    const count = rewards.length;
    const width = Math.max(1, this.#lengths.actionParts);
    if (
      count >= this.n || actions.length !== count * width ||
      observations.length !== count * this.#lengths.observationLength ||
      actionMasks.length !== count * this.#lengths.maskLength
    ) {
      throw new TypeError(
        `Cannot restore an NStep: fewer than ${this.n} steps of ${this.#lengths.observationLength} numbers must wait, got ${count} actions, ${rewards.length} rewards and ${observations.length} numbers`,
      );
    }
    if (!isBoxArray(this.#dtype, observations)) {
      throw new TypeError(
        `Cannot restore an NStep: observations must be of ${this.#dtype}, got another type`,
      );
    }
    for (let k = 0; k < count; k++) {
      const observation = observations.subarray(
        k * this.#lengths.observationLength,
        (k + 1) * this.#lengths.observationLength,
      );
      checkStored(observation, rewards[k]!);
    }
    for (const action of actions) checkAction(action, 0);
    this.#first = 0;
    this.#count = count;
    this.#actions.set(actions);
    for (let k = 0; k < count; k++) {
      this.#observations[k]!.set(
        observations.subarray(k * this.#lengths.observationLength, (k + 1) * this.#lengths.observationLength),
      );
      this.#masks[k]!.set(
        actionMasks.subarray(k * this.#lengths.maskLength, (k + 1) * this.#lengths.maskLength),
      );
      this.#rewards[k] = rewards[k]!;
    }
  }
}
