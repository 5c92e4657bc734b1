import type { BoxArray } from "../../envs/spaces/box_dtype.ts";
import { clipGradientNorm } from "../../nn/clip_gradient_norm.ts";
import { buildWithKernels } from "../../nn/kernels/build_with_kernels.ts";
import type { Kernels } from "../../nn/kernels/kernels.ts";
import { createMatrix, type Matrix } from "../../nn/matrix.ts";
import type { NetworkArchitecture } from "../../nn/network_architecture.ts";
import { QNetwork, type QNetworkActivations, type QNetworkGradients } from "../../nn/q_network.ts";
import { RAdam } from "../../nn/radam.ts";
import type { LearningStatistics } from "../agent.ts";
import { GreedyPolicy } from "../greedy_policy.ts";
import { GreedyRows } from "../greedy_rows.ts";
import { meanOfParts, shareOfParts } from "../mean_of_parts.ts";
import type { Pcg32 } from "../pcg32.ts";
import { sizesText } from "../sizes_text.ts";
import { lambdaReturns } from "./lambda_returns.ts";
import type { ResolvedPqnOptions } from "./pqn_options.ts";
import type { Rollout } from "./_rollout.ts";

/** The network of PQN and its updates; everything lies in the memory of one set of kernels. */
export class PqnLearner {
  readonly kernels: Kernels;
  readonly network: QNetwork;
  readonly policy: GreedyPolicy;
  readonly optimizer: RAdam;
  readonly #acting: GreedyRows;
  readonly #single: GreedyRows;
  readonly #copies: number;
  readonly #options: ResolvedPqnOptions;
  readonly #activations: QNetworkActivations;
  readonly #gradients: QNetworkGradients;
  /** Number of parts of an action. */
  readonly #width: number;
  readonly #actions: Int32Array;
  /** For actions of several parts: their values, the gradient of these, and the only column of both in each row. */
  readonly #joint:
    | { readonly values: Matrix; readonly gradient: Matrix; readonly only: Int32Array }
    | undefined;
  readonly #targets: Float32Array;
  readonly #weights: Float32Array;
  readonly #tdErrors: Float32Array;
  readonly #returns: Float32Array;
  /** The steps of a rollout in the order of the mini-batches, and each mini-batch's part. */
  readonly #order: Int32Array;
  readonly #miniBatches: readonly Int32Array[];
  /** Whether the network is unchanged since the last {@linkcode PqnLearner.look}. */
  #isCurrent = false;

  constructor(
    kernels: Kernels,
    architecture: NetworkArchitecture,
    options: ResolvedPqnOptions,
    copies: number,
  ) {
    const { rolloutSteps, miniBatches, adamEpsilon: epsilon } = options;
    const steps = copies * rolloutSteps;
    const rows = steps / miniBatches;
    this.kernels = kernels;
    this.#options = options;
    this.network = new QNetwork(architecture, kernels);
    this.policy = new GreedyPolicy(this.network, kernels);
    this.optimizer = new RAdam(this.network.parameters, kernels, { epsilon });
    this.#copies = copies;
    this.#acting = new GreedyRows(this.network, kernels, copies);
    this.#single = new GreedyRows(this.network, kernels, 1);
    this.#activations = this.network.createActivations(rows);
    this.#gradients = this.network.createGradients(rows);
    this.#width = architecture.actionParts?.length ?? 1;
    this.#actions = kernels.allocateInt32(rows * this.#width);
    const createColumn = () => createMatrix(rows, 1, (length) => kernels.allocate(length));
    this.#joint = architecture.actionParts === undefined
      ? undefined
      : { values: createColumn(), gradient: createColumn(), only: kernels.allocateInt32(rows) };
    this.#targets = kernels.allocate(rows);
    this.#weights = kernels.allocate(rows).fill(1);
    this.#tdErrors = kernels.allocate(rows);
    this.#returns = new Float32Array(steps);
    this.#order = new Int32Array(steps);
    this.#miniBatches = Array.from(
      { length: miniBatches },
      (_, i) => this.#order.subarray(i * rows, (i + 1) * rows),
    );
  }

  /** Finds the best action of each copy, one row of observations each; returns them as columns, one per part. */
  look(observations: BoxArray): Int32Array {
    this.#acting.look(observations);
    this.#isCurrent = true;
    return this.#acting.best;
  }

  /** The value of a copy's observation, max Q or the mean over parts of theirs; already known if {@linkcode PqnLearner.look} saw it last. */
  valueOf(observation: BoxArray, copy: number): number {
    if (this.#hasSeen(observation, copy)) return this.#acting.values[copy]!;
    return this.finalValueOf(observation);
  }

  /** The value of any observation. */
  finalValueOf(observation: BoxArray): number {
    this.#single.look(observation);
    return this.#single.values[0]!;
  }

  /** Whether an observation is the one of the copy that the current network saw last. */
  #hasSeen(observation: BoxArray, copy: number): boolean {
    if (!this.#isCurrent) return false;
    const { data, columns, stride } = this.#acting.observations;
    const { byteScale } = this.network.architecture;
    const scale = byteScale === undefined ? 1 : Math.fround(byteScale);
    for (let c = 0; c < columns; c++) {
      if (data[copy * stride + c] !== Math.fround(observation[c]! / scale)) return false;
    }
    return true;
  }

  /**
   * All epochs of one update.
   *
   * @param rollout A full rollout, with the values of all observations and of the last ones.
   * @param learningRate RAdam's step size.
   * @param random The stream that shuffles the steps before each epoch.
   * @param statistics Overwritten with the means over all gradient steps.
   * @returns The name of a value that is no longer finite; undefined if all are.
   */
  learn(
    rollout: Rollout,
    learningRate: number,
    random: Pcg32,
    statistics: LearningStatistics,
  ): "the loss" | "the gradient norm" | "every weight" | undefined {
    const { epochs, miniBatches } = this.#options;
    const order = this.#order;
    this.#isCurrent = false;
    rollout.linkValues();
    const { gamma, lambda } = this.#options;
    lambdaReturns(rollout, { copies: this.#copies, gamma, lambda }, this.#returns);
    for (let k = 0; k < order.length; k++) order[k] = k;
    let loss = 0, meanQ = 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random);
      for (const steps of this.#miniBatches) {
        const spoiled = this.#step(rollout, steps, learningRate, statistics);
        if (spoiled !== undefined) return spoiled;
        loss += statistics.loss;
        meanQ += statistics.meanQ;
      }
    }
    statistics.loss = loss / (epochs * miniBatches);
    statistics.meanQ = meanQ / (epochs * miniBatches);
    return undefined;
  }

  /** One gradient step on some steps of a rollout. */
  #step(
    rollout: Rollout,
    steps: Int32Array,
    learningRate: number,
    statistics: LearningStatistics,
  ): "the loss" | "the gradient norm" | "every weight" | undefined {
    const { kernels, network } = this;
    const { maxGradNorm } = this.#options;
    const targets = this.#targets;
    const width = this.#width;
    rollout.gatherInto(steps, this.#activations.observations, kernels);
    for (let r = 0; r < steps.length; r++) {
      const k = steps[r]!;
      for (let i = 0; i < width; i++) this.#actions[r * width + i] = rollout.actions[k * width + i]!;
      targets[r] = this.#returns[k]!;
    }
    const values = network.forward(this.#activations);
    const { outputGradient, parameters } = this.#gradients;
    const errors = this.#tdErrors;
    statistics.loss = this.#loss(values, outputGradient);
    if (!Number.isFinite(statistics.loss)) return "the loss";
    let sum = 0;
    for (let r = 0; r < errors.length; r++) sum += targets[r]! + errors[r]!;
    statistics.meanQ = sum / errors.length;
    network.backward(this.#activations, this.#gradients);
    if (maxGradNorm !== undefined && !Number.isFinite(clipGradientNorm(parameters, maxGradNorm, kernels))) {
      return "the gradient norm";
    }
    this.optimizer.step(parameters, learningRate);
    return kernels.allFinite(network.parameters) ? undefined : "every weight";
  }

  /** The loss of the mini-batch's actions, and the gradient of the network's output. */
  #loss(output: Matrix, outputGradient: Matrix): number {
    const { kernels } = this;
    const { loss } = this.#options;
    const [actions, targets, weights, errors] = [
      this.#actions,
      this.#targets,
      this.#weights,
      this.#tdErrors,
    ];
    if (this.#joint === undefined) {
      return kernels.tdLoss(loss, output, actions, targets, weights, outputGradient, errors);
    }
    const { values, gradient, only } = this.#joint;
    meanOfParts(output, actions, this.#width, values);
    const result = kernels.tdLoss(loss, values, only, targets, weights, gradient, errors);
    shareOfParts(gradient, actions, this.#width, outputGradient);
    return result;
  }
}

/** A shuffle by Fisher and Yates: from the last element on, each is swapped with one up to itself. */
function shuffle(order: Int32Array, random: Pcg32): void {
  for (let k = order.length - 1; k > 0; k--) {
    const other = random.nextIndex(k + 1);
    const kept = order[k]!;
    order[k] = order[other]!;
    order[other] = kept;
  }
}

/** Creates the network and everything that trains it, in its own memory; throws a RangeError if that is too large. */
export function createPqnLearner(
  architecture: NetworkArchitecture,
  options: ResolvedPqnOptions,
  copies: number,
): PqnLearner {
  try {
    return buildWithKernels(
      (kernels) => new PqnLearner(kernels, architecture, options, copies),
      options.kernel,
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { rolloutSteps } = options;
    const sizes = sizesText(architecture);
    throw new RangeError(
      `Cannot create a Pqn: hidden, copies and rolloutSteps must fit into memory, got ${sizes}, ${copies} and ${rolloutSteps}`,
      { cause: error },
    );
  }
}
