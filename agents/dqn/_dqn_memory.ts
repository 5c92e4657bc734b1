import type { DiscreteAction } from "../../envs/env.ts";
import type { BoxArray } from "../../envs/spaces/box_dtype.ts";
import type { ActionRows } from "../action_rows.ts";
import type { DqnLearner } from "./_dqn_learner.ts";
import type { Transition } from "../agent.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";
import type { DqnSnapshot } from "./dqn_snapshot.ts";
import { bytesOf, type ObservationLayout } from "./observation_layout.ts";
import { NStep, type NStepTransition } from "../replay/n_step.ts";
import { Pcg32 } from "../pcg32.ts";
import { PrioritizedSampler, type PrioritizedSamplerOptions } from "../replay/prioritized_sampler.ts";
import { randomStream } from "../random_stream.ts";
import { ReplayBuffer } from "../replay/replay_buffer.ts";

/** The memory's part of a snapshot. */
export type DqnMemorySnapshot = Pick<
  DqnSnapshot,
  "replayBuffer" | "nStep" | "otherNSteps" | "priorities" | "replay"
>;

/** The memory of a Dqn: it turns steps into transitions of n steps, stores them and draws mini-batches. */
export class DqnMemory {
  readonly replayBuffer: ReplayBuffer;
  readonly #options: ResolvedDqnOptions;
  readonly #actions: ActionRows<DiscreteAction>;
  /** One for each environment, since a return never spans two. */
  readonly #nSteps: readonly NStep[];
  readonly #slots: Int32Array;
  #sampler: PrioritizedSampler | undefined;
  #stream: Pcg32;

  constructor(
    options: ResolvedDqnOptions,
    layout: ObservationLayout,
    actions: ActionRows<DiscreteAction>,
    copies: number,
  ) {
    const { seed, bufferSize: capacity, batchSize, nStep: n, gamma, prioritized, actionMask } = options;
    const maskLength = actionMask === true ? actions.size : 0;
    const actionParts = actions.isVector ? actions.width : 0;
    const { observationLength } = layout;
    const bytes = bytesOf(layout);
    this.#options = options;
    this.#actions = actions;
    this.replayBuffer = new ReplayBuffer({ capacity, observationLength, maskLength, actionParts, bytes });
    this.#nSteps = Array.from(
      { length: copies },
      () => new NStep({ n, gamma, observationLength, maskLength, actionParts, bytes }),
    );
    this.#sampler = prioritized ? new PrioritizedSampler(this.#samplerOptions()) : undefined;
    this.#slots = new Int32Array(batchSize);
    this.#stream = randomStream(seed, "replay");
  }

  #samplerOptions(): PrioritizedSamplerOptions {
    const { bufferSize: capacity, priorityAlpha: alpha, priorityEpsilon: epsilon } = this.#options;
    return { capacity, alpha, epsilon };
  }

  /** Adds one step of one environment. */
  add(step: Transition<BoxArray, DiscreteAction>, copy: number): void {
    const nStep = this.#nSteps[copy]!;
    if (nStep.n === 1) this.#store(step);
    else nStep.add(step, this.#store);
  }

  readonly #store = (transition: Transition<BoxArray, DiscreteAction> | NStepTransition): void => {
    const slot = this.replayBuffer.add(transition);
    this.#sampler?.add(slot);
  };

  /** Fills a learner's mini-batch and the weights of its rows, with β at the given step. */
  sampleInto({ batch, weights, kernels }: DqnLearner, step: number): void {
    if (this.#sampler === undefined) return this.replayBuffer.sampleInto(batch, this.#stream, kernels);
    const beta = this.#options.priorityBeta(step);
    this.#sampler.sample(this.replayBuffer.size, this.#slots, weights, beta, this.#stream);
    this.replayBuffer.gatherInto(batch, this.#slots, kernels);
  }

  /** Updates priorities by the size of each row's error in the last mini-batch. */
  update(surprises: Float32Array): void {
    this.#sampler?.update(this.#slots, surprises);
  }

  /** The whole state, with or without the transitions, which are copies or views. */
  snapshot(options: { replay?: boolean; views?: boolean }): DqnMemorySnapshot {
    const { replay: withTransitions = true } = options;
    const { capacity, observationLength, maskLength, actionParts, bytes, size } = this.replayBuffer;
    const [first, ...others] = this.#nSteps.map((nStep) => nStep.snapshot());
    const empty = { capacity: 1, observationLength, maskLength, actionParts, bytes };
    return {
      replayBuffer: withTransitions
        ? this.replayBuffer.snapshot(options)
        : { ...new ReplayBuffer(empty).snapshot(), capacity },
      nStep: first!,
      ...(others.length === 0 ? {} : { otherNSteps: others }),
      priorities: this.#sampler?.snapshot(withTransitions ? size : 0),
      replay: this.#stream.snapshot(),
    };
  }

  /** Restores a snapshot; throws a TypeError or RangeError if it does not fit the agent. */
  restore({ replayBuffer, nStep, otherNSteps, priorities, replay }: DqnMemorySnapshot): void {
    const nSteps = [nStep, ...otherNSteps ?? []];
    if (nSteps.length !== this.#nSteps.length) {
      throw new TypeError(
        `Cannot restore a Dqn: it must act in ${this.#nSteps.length} environments, got ${nSteps.length}`,
      );
    }
    for (const actions of [replayBuffer.columns.actions, ...nSteps.map((part) => part.actions)]) {
      const odd = this.#actions.firstOdd(actions);
      if (odd === undefined) continue;
      throw new RangeError(`Cannot restore a Dqn: every action must be in ${this.#actions}, got ${odd}`);
    }
    this.replayBuffer.restore(replayBuffer);
    const expected = this.#sampler === undefined ? undefined : this.replayBuffer.size;
    const got = priorities?.priorities.length;
    if (got !== expected) {
      throw new TypeError(
        `Cannot restore a Dqn: it must have ${expected ?? "no"} priorities, got ${got ?? "none"}`,
      );
    }
    nSteps.forEach((part, i) => this.#nSteps[i]!.restore(part));
    if (priorities !== undefined) {
      this.#sampler = PrioritizedSampler.from(this.#samplerOptions(), priorities);
    }
    this.#stream = Pcg32.from(replay);
  }
}
