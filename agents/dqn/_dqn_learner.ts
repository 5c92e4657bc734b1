import { Adam } from "../../nn/adam.ts";
import type { AdamSnapshot } from "../../nn/adam_options.ts";
import { clipGradientNorm } from "../../nn/clip_gradient_norm.ts";
import type { Kernels } from "../../nn/kernels/kernels.ts";
import { createMatrix } from "../../nn/matrix.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import { QNetwork, type QNetworkActivations, type QNetworkGradients } from "../../nn/q_network.ts";
import { CategoricalHead } from "./_categorical_head.ts";
import { DecoupledCategoricalHead } from "./_decoupled_categorical_head.ts";
import { DecoupledHead } from "./_decoupled_head.ts";
import type { Head, NextPolicy } from "./_head.ts";
import { QuantileHead } from "./_quantile_head.ts";
import { ValueHead } from "./_value_head.ts";
import { maskActions } from "../action_mask.ts";
import { bestOfParts } from "../best_of_parts.ts";
import type { LearningStatistics } from "../agent.ts";
import { type Batch, createBatch } from "../replay/batch.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";
import { GreedyPolicy } from "../greedy_policy.ts";
import { GreedyRows } from "../greedy_rows.ts";
import { requireSameNetwork } from "../require_same_network.ts";
import { munchausenRewards, softPolicy } from "./munchausen.ts";
import type { Pcg32 } from "../pcg32.ts";
import { bootstrapDiscounts } from "./td_targets.ts";

/** The state of a {@linkcode DqnLearner}. */
export interface DqnLearnerSnapshot {
  /** The architecture of both networks. */
  architecture: NetworkArchitecture;
  /** All parameters of the online network, padding included. */
  onlineParameters: Float32Array;
  /** All parameters of the target network, padding included. */
  targetParameters: Float32Array;
  /** The optimizer. */
  optimizer: AdamSnapshot;
}

/** The two networks of DQN and the gradient step; everything lies in the memory of one set of kernels. */
export class DqnLearner {
  readonly kernels: Kernels;
  readonly onlineNetwork: QNetwork;
  readonly targetNetwork: QNetwork;
  /** Acts without noise. */
  readonly policy: GreedyPolicy;
  /** Acts with the noise drawn last. */
  readonly noisyPolicy: GreedyPolicy;
  /** Acts in many environments at once; undefined with a single one. */
  readonly rows: GreedyRows | undefined;
  readonly optimizer: Adam;
  /** The mini-batch for {@linkcode DqnLearner.learn}; fill it first. */
  readonly batch: Batch;
  /** The weight of each row, 1 at first. */
  readonly weights: Float32Array;
  readonly #options: ResolvedDqnOptions;
  readonly #shifts: readonly number[];
  /** Number of values of each part of an action. */
  readonly #parts: readonly number[];
  readonly #head: Head;
  readonly #gradients: QNetworkGradients;
  readonly #activations: QNetworkActivations;
  readonly #nextActivations: QNetworkActivations;
  readonly #columns: Int32Array;
  readonly #rewards: Float32Array;
  readonly #discounts: Float32Array;
  readonly #largest: Float32Array;
  readonly #next: NextPolicy;

  constructor(
    kernels: Kernels,
    architecture: NetworkArchitecture,
    shifts: readonly number[],
    options: ResolvedDqnOptions,
    copies = 1,
  ) {
    const { batchSize: rows, learningRate, adamEpsilon: epsilon, munchausen, actionMask } = options;
    const allocate = (length: number) => kernels.allocate(length);
    const { actionCount, actionParts } = architecture;
    const firstAction = actionParts === undefined ? shifts[0]! : 0;
    this.kernels = kernels;
    this.#options = options;
    this.#shifts = shifts;
    this.#parts = actionParts ?? [actionCount];
    this.onlineNetwork = new QNetwork(architecture, kernels);
    this.targetNetwork = new QNetwork(architecture, kernels);
    this.policy = new GreedyPolicy(this.onlineNetwork, kernels, firstAction);
    this.noisyPolicy = architecture.noisy
      ? new GreedyPolicy(this.onlineNetwork, kernels, firstAction, true)
      : this.policy;
    this.rows = copies > 1 ? new GreedyRows(this.onlineNetwork, kernels, copies) : undefined;
    this.optimizer = new Adam(this.onlineNetwork.parameters, kernels, {
      ...(typeof learningRate === "number" ? { learningRate } : {}),
      epsilon,
    });
    this.#gradients = this.onlineNetwork.createGradients(rows);
    this.#activations = this.onlineNetwork.createActivations(rows);
    this.#nextActivations = this.onlineNetwork.createActivations(rows);
    this.#columns = kernels.allocateInt32(rows * this.#parts.length);
    this.#rewards = kernels.allocate(rows);
    this.#discounts = kernels.allocate(rows);
    this.#largest = kernels.allocate(rows);
    this.weights = kernels.allocate(rows).fill(1);
    this.#head = createHead(kernels, architecture, options);
    this.#next = {
      actions: kernels.allocateInt32(rows * this.#parts.length),
      soft: munchausen
        ? {
          policy: createMatrix(rows, actionCount, allocate),
          logPolicy: createMatrix(rows, actionCount, allocate),
        }
        : undefined,
    };
    this.batch = createBatch(
      this.#activations.observations,
      this.#nextActivations.observations,
      actionMask === true ? actionCount : 0,
      actionParts?.length,
    );
  }

  /** The size of each row's error in the last mini-batch. */
  get surprises(): Float32Array {
    return this.#head.surprises;
  }

  /**
   * One gradient step on the mini-batch.
   *
   * @param statistics Overwritten with the step's measurements.
   * @param noise The stream for the noise of both networks, if they have any.
   * @param step The environment step, for the schedule of the learning rate.
   * @returns The name of a value that is no longer finite; undefined if all are.
   */
  learn(
    statistics: LearningStatistics,
    noise: Pcg32,
    step = 0,
  ): "the loss" | "the gradient norm" | "every weight" | undefined {
    const { kernels, onlineNetwork, batch, weights, optimizer } = this;
    const { maxGradNorm, gamma, learningRate } = this.#options;
    const columns = this.#columns;
    const head = this.#head;
    const shifts = this.#shifts;
    for (let k = 0; k < columns.length; k++) columns[k] = batch.actions[k]! - shifts[k % shifts.length]!;
    onlineNetwork.drawNoise(noise.prng);
    this.targetNetwork.drawNoise(noise.prng);

    this.#setRewards();
    this.#chooseNext();
    bootstrapDiscounts(batch.terminated, batch.steps, gamma, this.#discounts);
    head.setTargets(this.#rewards, this.#discounts, this.#next);

    const output = onlineNetwork.forward(this.#activations, true);
    statistics.loss = head.loss(output, columns, weights, this.#gradients.outputGradient);
    if (!Number.isFinite(statistics.loss)) return "the loss";
    onlineNetwork.backward(this.#activations, this.#gradients);
    const gradients = this.#gradients.parameters;
    if (maxGradNorm !== undefined && !Number.isFinite(clipGradientNorm(gradients, maxGradNorm, kernels))) {
      return "the gradient norm";
    }
    optimizer.step(gradients, typeof learningRate === "number" ? learningRate : learningRate(step));
    if (!kernels.allFinite(onlineNetwork.parameters)) return "every weight";
    statistics.meanQ = head.meanQ(columns);
    return undefined;
  }

  /** The rewards to learn from: those of the batch, with Munchausen's term if that option is on. */
  #setRewards(): void {
    const { batch } = this;
    const { soft } = this.#next;
    if (soft === undefined) {
      this.#rewards.set(batch.rewards);
      return;
    }
    const { munchausenAlpha: alpha, munchausenTau: tau, munchausenClip: clip } = this.#options;
    const values = this.#head.read(this.targetNetwork.forward(this.#activations, true));
    if (batch.actionMasks.length > 0) maskActions(values, batch.actionMasks);
    softPolicy(values, tau, soft.policy, soft.logPolicy);
    munchausenRewards(batch.rewards, this.#columns, soft.logPolicy, { alpha, clip }, this.#rewards);
  }

  /** The next policy, of the online or the target network. Afterwards the head has read the target network's output. */
  #chooseNext(): void {
    const { batch } = this;
    const { double, munchausenTau } = this.#options;
    const { actions, soft } = this.#next;
    const chooser = double ? this.onlineNetwork : this.targetNetwork;
    const values = this.#head.read(chooser.forward(this.#nextActivations, true));
    if (batch.nextActionMasks.length > 0) maskActions(values, batch.nextActionMasks, this.#parts);
    if (this.#parts.length > 1) bestOfParts(values, this.#parts, actions);
    else if (soft === undefined) this.kernels.rowMax(values, this.#largest, actions);
    else softPolicy(values, munchausenTau, soft.policy, soft.logPolicy);
    if (double) this.#head.read(this.targetNetwork.forward(this.#nextActivations, true));
  }

  /** Moves the target network towards the online network: all the way, or by the option `tau`. */
  updateTarget(): void {
    const { kernels, onlineNetwork, targetNetwork } = this;
    const { tau } = this.#options;
    if (tau === 1) targetNetwork.parameters.set(onlineNetwork.parameters);
    else kernels.softUpdate(targetNetwork.parameters, onlineNetwork.parameters, tau);
  }

  snapshot(): DqnLearnerSnapshot {
    const { architecture } = this.onlineNetwork;
    return {
      architecture: structuredClone(architecture),
      onlineParameters: this.onlineNetwork.parameters.slice(),
      targetParameters: this.targetNetwork.parameters.slice(),
      optimizer: this.optimizer.snapshot(),
    };
  }

  /** Restores a snapshot of the same architecture; throws a TypeError or RangeError if it does not fit. */
  restore(snapshot: DqnLearnerSnapshot): void {
    const { onlineParameters, targetParameters } = snapshot;
    requireSameNetwork("a Dqn", this.onlineNetwork, snapshot.architecture, {
      onlineParameters,
      targetParameters,
    });
    this.optimizer.restore(snapshot.optimizer);
    this.onlineNetwork.parameters.set(onlineParameters);
    this.targetNetwork.parameters.set(targetParameters);
  }
}

function createHead(kernels: Kernels, architecture: NetworkArchitecture, options: ResolvedDqnOptions): Head {
  const { batchSize, loss } = options;
  const { actionParts = [] } = architecture;
  if (actionParts.length > 1) {
    if (architecture.distribution === "c51") {
      return new DecoupledCategoricalHead(batchSize, kernels, architecture);
    }
    const { actionParts: _, ...rest } = architecture;
    const joint = createHead(kernels, { ...rest, actionCount: 1 }, options);
    return new DecoupledHead(batchSize, kernels, architecture, joint);
  }
  switch (architecture.distribution) {
    case "none":
      return new ValueHead(batchSize, kernels, loss);
    case "c51":
      return new CategoricalHead(batchSize, kernels, architecture);
    case "qr":
      return new QuantileHead(batchSize, kernels, architecture);
  }
}
