import { Adam, type AdamSnapshot } from "../nn/adam.ts";
import { clipGradientNorm } from "../nn/clip_gradient_norm.ts";
import type { Kernels } from "../nn/kernels/kernels.ts";
import type { Matrix } from "../nn/matrix.ts";
import { type BackwardWorkspace, Mlp } from "../nn/mlp.ts";
import { type LinearLayer, mlpLayers } from "../nn/mlp_layout.ts";
import type { LearningStatistics } from "./agent.ts";
import type { ResolvedDqnOptions } from "./dqn_options.ts";
import { GreedyPolicy } from "./greedy_policy.ts";
import type { Batch } from "./replay_buffer.ts";
import { tdTargets, valuesOfActions } from "./td_targets.ts";

/** What a {@linkcode DqnLearner} continues from. */
export interface DqnLearnerSnapshot {
  /** Units per layer of the networks. */
  sizes: number[];
  /** All parameters of the online network, padding included. */
  onlineParameters: Float32Array;
  /** All parameters of the target network, padding included. */
  targetParameters: Float32Array;
  /** The optimizer. */
  optimizer: AdamSnapshot;
}

/** The two networks of DQN and the gradient step; everything here lies in the memory of one set of kernels. */
export class DqnLearner {
  readonly kernels: Kernels;
  readonly onlineNetwork: Mlp;
  readonly targetNetwork: Mlp;
  readonly policy: GreedyPolicy;
  readonly optimizer: Adam;
  /** The mini-batch that {@linkcode DqnLearner.learn} learns from, to be filled before. */
  readonly batch: Batch;
  readonly #options: ResolvedDqnOptions;
  readonly #firstAction: number;
  readonly #gradients: Float32Array;
  readonly #gradientLayers: readonly LinearLayer[];
  readonly #activations: readonly Matrix[];
  readonly #nextActivations: readonly Matrix[];
  readonly #backward: BackwardWorkspace;
  readonly #columns: Int32Array;
  readonly #nextValues: Float32Array;
  readonly #nextActions: Int32Array;
  readonly #targets: Float32Array;
  readonly #weights: Float32Array;
  readonly #tdErrors: Float32Array;

  constructor(kernels: Kernels, sizes: readonly number[], firstAction: number, options: ResolvedDqnOptions) {
    const rows = options.batchSize;
    this.kernels = kernels;
    this.#options = options;
    this.#firstAction = firstAction;
    this.onlineNetwork = new Mlp(sizes, kernels);
    this.targetNetwork = new Mlp(sizes, kernels);
    this.policy = new GreedyPolicy(this.onlineNetwork, kernels, firstAction);
    this.optimizer = new Adam(this.onlineNetwork.parameters, kernels, { learningRate: options.learningRate });
    this.#gradients = kernels.allocate(this.onlineNetwork.parameters.length);
    this.#gradientLayers = mlpLayers(sizes, this.#gradients);
    this.#activations = this.onlineNetwork.createActivations(rows);
    this.#nextActivations = this.onlineNetwork.createActivations(rows);
    this.#backward = this.onlineNetwork.createBackwardWorkspace(rows);
    this.#columns = kernels.allocateInt32(rows);
    this.#nextValues = kernels.allocate(rows);
    this.#nextActions = kernels.allocateInt32(rows);
    this.#targets = kernels.allocate(rows);
    this.#weights = kernels.allocate(rows).fill(1);
    this.#tdErrors = kernels.allocate(rows);
    this.batch = {
      observations: this.#activations[0]!,
      actions: new Int32Array(rows),
      rewards: new Float32Array(rows),
      nextObservations: this.#nextActivations[0]!,
      terminated: new Uint8Array(rows),
    };
  }

  /**
   * One gradient step on the mini-batch.
   *
   * @param statistics Overwritten with what the step measured.
   * @returns What is no longer finite; undefined if all is well.
   */
  learn(statistics: LearningStatistics): "the loss" | "the gradient norm" | "every weight" | undefined {
    const { kernels, onlineNetwork, targetNetwork, batch } = this;
    const { gamma, double, loss, maxGradNorm } = this.#options;
    for (let r = 0; r < this.#columns.length; r++) this.#columns[r] = batch.actions[r]! - this.#firstAction;

    if (double) {
      kernels.rowMax(onlineNetwork.forward(this.#nextActivations), this.#nextValues, this.#nextActions);
      valuesOfActions(targetNetwork.forward(this.#nextActivations), this.#nextActions, this.#nextValues);
    } else {
      kernels.rowMax(targetNetwork.forward(this.#nextActivations), this.#nextValues, this.#nextActions);
    }
    tdTargets(batch.rewards, batch.terminated, this.#nextValues, gamma, this.#targets);

    const values = onlineNetwork.forward(this.#activations);
    const valueGradient = this.#backward.gradients[this.#backward.gradients.length - 1]!;
    statistics.loss = kernels.tdLoss(
      loss,
      values,
      this.#columns,
      this.#targets,
      this.#weights,
      valueGradient,
      this.#tdErrors,
    );
    if (!Number.isFinite(statistics.loss)) return "the loss";
    onlineNetwork.backward(this.#activations, this.#backward, this.#gradientLayers);
    if (
      maxGradNorm !== undefined && !Number.isFinite(clipGradientNorm(this.#gradients, maxGradNorm, kernels))
    ) {
      return "the gradient norm";
    }
    this.optimizer.step(this.#gradients);
    if (!kernels.allFinite(onlineNetwork.parameters)) return "every weight";

    let sum = 0;
    for (let r = 0; r < this.#targets.length; r++) sum += this.#targets[r]! + this.#tdErrors[r]!;
    statistics.meanQ = sum / this.#targets.length;
    return undefined;
  }

  /** Moves the target network to the online network: all the way, or by the options' tau. */
  updateTarget(): void {
    const { kernels, onlineNetwork, targetNetwork } = this;
    const { tau } = this.#options;
    if (tau === 1) targetNetwork.parameters.set(onlineNetwork.parameters);
    else kernels.softUpdate(targetNetwork.parameters, onlineNetwork.parameters, tau);
  }

  snapshot(): DqnLearnerSnapshot {
    return {
      sizes: [...this.onlineNetwork.sizes],
      onlineParameters: this.onlineNetwork.parameters.slice(),
      targetParameters: this.targetNetwork.parameters.slice(),
      optimizer: this.optimizer.snapshot(),
    };
  }

  /** Continues from a snapshot of a learner with the same sizes; throws a TypeError or RangeError if it is none. */
  restore(snapshot: DqnLearnerSnapshot): void {
    const sizes = this.onlineNetwork.sizes.join("-");
    if (snapshot.sizes.join("-") !== sizes) {
      throw new TypeError(`Cannot restore a Dqn: sizes must be ${sizes}, got ${snapshot.sizes.join("-")}`);
    }
    const length = this.onlineNetwork.parameters.length;
    for (const name of ["onlineParameters", "targetParameters"] as const) {
      if (snapshot[name].length !== length) {
        throw new TypeError(
          `Cannot restore a Dqn: ${name} must have ${length} elements, got ${snapshot[name].length}`,
        );
      }
    }
    this.optimizer.restore(snapshot.optimizer);
    this.onlineNetwork.parameters.set(snapshot.onlineParameters);
    this.targetNetwork.parameters.set(snapshot.targetParameters);
  }
}
