/**
 * Deep Q-learning with experience replay and a target network.
 *
 * @module
 */

import { Box } from "../envs/box.ts";
import { Discrete } from "../envs/discrete.ts";
import type { Env } from "../envs/env.ts";
import { Adam, type AdamSnapshot } from "../nn/adam.ts";
import { clipGradientNorm } from "../nn/clip_gradient_norm.ts";
import { buildWithKernels } from "../nn/kernels/build_with_kernels.ts";
import type { KernelName, Kernels } from "../nn/kernels/kernels.ts";
import { Mlp } from "../nn/mlp.ts";
import { mlpLayers } from "../nn/mlp_layout.ts";
import type { ActOptions, Agent, LearningStatistics, Transition } from "./agent.ts";
import { type DqnOptions, type ResolvedDqnOptions, resolveDqnOptions } from "./dqn_options.ts";
import { GreedyPolicy } from "./greedy_policy.ts";
import { Pcg32, type Pcg32Snapshot } from "./pcg32.ts";
import { randomStream } from "./random_stream.ts";
import { type Batch, ReplayBuffer, type ReplayBufferSnapshot } from "./replay_buffer.ts";
import { tdTargets, valuesOfActions } from "./td_targets.ts";

/** What {@linkcode Dqn} needs to know of an environment. */
export type DqnSpaces = Pick<Env<Float32Array, number>, "observationSpace" | "actionSpace">;

/** The state of a {@linkcode Dqn}. */
export interface DqnSnapshot {
  /** Units per layer of the networks. */
  sizes: number[];
  /** Steps observed. */
  steps: number;
  /** Episodes ended. */
  episodes: number;
  /** All parameters of the online network, padding included. */
  onlineParameters: Float32Array;
  /** All parameters of the target network, padding included. */
  targetParameters: Float32Array;
  /** The optimizer. */
  optimizer: AdamSnapshot;
  /** The replay buffer. */
  replayBuffer: ReplayBufferSnapshot;
  /** The stream of random actions. */
  exploration: Pcg32Snapshot;
  /** The stream of mini-batches. */
  replay: Pcg32Snapshot;
}

/** Everything of a {@linkcode Dqn} that lies in the memory of its kernels. */
function createLearner(
  kernels: Kernels,
  sizes: readonly number[],
  firstAction: number,
  options: ResolvedDqnOptions,
) {
  const rows = options.batchSize;
  const onlineNetwork = new Mlp(sizes, kernels);
  const gradients = kernels.allocate(onlineNetwork.parameters.length);
  return {
    kernels,
    onlineNetwork,
    targetNetwork: new Mlp(sizes, kernels),
    gradients,
    gradientLayers: mlpLayers(sizes, gradients),
    optimizer: new Adam(onlineNetwork.parameters, kernels, { learningRate: options.learningRate }),
    policy: new GreedyPolicy(onlineNetwork, kernels, firstAction),
    activations: onlineNetwork.createActivations(rows),
    nextActivations: onlineNetwork.createActivations(rows),
    backward: onlineNetwork.createBackwardWorkspace(rows),
    actions: kernels.allocateInt32(rows),
    nextValues: kernels.allocate(rows),
    nextActions: kernels.allocateInt32(rows),
    targets: kernels.allocate(rows),
    weights: kernels.allocate(rows).fill(1),
    tdErrors: kernels.allocate(rows),
  };
}

/**
 * DQN (Mnih et al. 2015) for environments that show a vector and take a discrete action, with Double DQN as an option.
 *
 * @example Usage
 * ```ts
 * import { Dqn } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const agent = new Dqn(env, { seed: 0, double: true });
 * const { observation } = env.reset({ seed: 0 });
 * assertEquals(agent.qValues(observation).length, 2);
 * assertEquals(env.actionSpace.contains(agent.act(observation, { greedy: true })), true);
 * ```
 */
export class Dqn implements Agent<Float32Array, number> {
  /** Every option with its default filled in. */
  readonly options: ResolvedDqnOptions;
  readonly #firstAction: number;
  readonly #actionCount: number;
  readonly #learner: ReturnType<typeof createLearner>;
  readonly #batch: Batch;
  readonly #statistics: LearningStatistics = { loss: 0, meanQ: 0 };
  #replayBuffer: ReplayBuffer;
  #exploration: Pcg32;
  #replay: Pcg32;
  #steps = 0;
  #episodes = 0;

  /**
   * Creates an agent with fresh networks and an empty replay buffer.
   *
   * @param spaces The environment, or anything with its two spaces: a one-dimensional {@linkcode Box} of observations and
   * a {@linkcode Discrete} space of actions.
   * @param options The hyperparameters.
   * @throws {TypeError} If a space is of another kind.
   * @throws {RangeError} If an option is out of range.
   */
  constructor(spaces: DqnSpaces, options: DqnOptions = {}) {
    const { observationSpace, actionSpace } = spaces;
    if (!(observationSpace instanceof Box) || observationSpace.shape.length !== 1) {
      throw new TypeError(
        `Cannot create a Dqn: the observation space must be a one-dimensional Box, got ${observationSpace}`,
      );
    }
    if (!(actionSpace instanceof Discrete)) {
      throw new TypeError(`Cannot create a Dqn: the action space must be Discrete, got ${actionSpace}`);
    }
    this.options = resolveDqnOptions(options);
    const { seed, hidden, initializer, batchSize, bufferSize, kernel } = this.options;
    const observationLength = observationSpace.low.length;
    this.#firstAction = actionSpace.start;
    this.#actionCount = actionSpace.n;
    const sizes = [observationLength, ...hidden, actionSpace.n];
    this.#learner = buildWithKernels(
      (kernels) => createLearner(kernels, sizes, actionSpace.start, this.options),
      kernel,
    );
    const { onlineNetwork, targetNetwork, activations, nextActivations, actions } = this.#learner;
    onlineNetwork.initialize(initializer, randomStream(seed, "initialisation").prng);
    targetNetwork.parameters.set(onlineNetwork.parameters);
    this.#batch = {
      observations: activations[0]!,
      actions,
      rewards: new Float32Array(batchSize),
      nextObservations: nextActivations[0]!,
      terminated: new Uint8Array(batchSize),
    };
    this.#replayBuffer = new ReplayBuffer({ capacity: bufferSize, observationLength });
    this.#exploration = randomStream(seed, "exploration");
    this.#replay = randomStream(seed, "replay");
  }

  /** The network that acts and learns. */
  get onlineNetwork(): Mlp {
    return this.#learner.onlineNetwork;
  }

  /** The network that the targets come from. */
  get targetNetwork(): Mlp {
    return this.#learner.targetNetwork;
  }

  /** The transitions to learn from. */
  get replayBuffer(): ReplayBuffer {
    return this.#replayBuffer;
  }

  /** Which kernels compute. */
  get kernel(): KernelName {
    return this.#learner.kernels.name;
  }

  /** Number of gradient steps made. */
  get gradientSteps(): number {
    return this.#learner.optimizer.steps;
  }

  /** The probability of a random action at the next step. */
  get epsilon(): number {
    return this.options.epsilon(this.#steps);
  }

  /**
   * Chooses an action: random with probability ε, else the one of the highest Q-value; of equal ones, the first.
   *
   * @param observation As long as the observation space's.
   * @param options Whether to be greedy.
   * @returns An element of the action space.
   * @throws {TypeError} If the observation has another length.
   */
  act(observation: Float32Array, options: ActOptions = {}): number {
    if (options.greedy !== true && this.#exploration.next() < this.epsilon) {
      return this.#firstAction + this.#exploration.nextIndex(this.#actionCount);
    }
    return this.#learner.policy.act(observation);
  }

  /**
   * The Q-value of each action.
   *
   * @param observation As long as the observation space's.
   * @returns One value per action; the caller's to keep.
   * @throws {TypeError} If the observation has another length.
   */
  qValues(observation: Float32Array): Float32Array {
    return this.#learner.policy.qValues(observation);
  }

  /**
   * Stores a transition; then updates the online network every `trainInterval` steps from `learningStarts` on, and the
   * target network when that is due.
   *
   * @param transition Copied.
   * @returns What the last gradient step measured, if one was made; the object is used again at the next step.
   * @throws {RangeError} If the loss or a weight is no longer finite.
   */
  observe(transition: Transition<Float32Array, number>): Readonly<LearningStatistics> | undefined {
    const { learningStarts, trainInterval, gradientSteps, truncatedAsTerminated } = this.options;
    const { targetUpdateInterval, targetUpdateEpisodes } = this.options;
    const ended = transition.terminated || transition.truncated;
    const storedAsEnd = truncatedAsTerminated && transition.truncated;
    this.#replayBuffer.add(storedAsEnd ? { ...transition, terminated: true } : transition);
    this.#steps++;
    const learns = this.#steps >= learningStarts && this.#steps % trainInterval === 0;
    if (learns) { for (let i = 0; i < gradientSteps; i++) this.#learn(); }
    if (targetUpdateInterval !== undefined && this.#steps % targetUpdateInterval === 0) this.#updateTarget();
    if (ended) {
      if (targetUpdateEpisodes !== undefined && this.#episodes % targetUpdateEpisodes === 0) {
        this.#updateTarget();
      }
      this.#episodes++;
    }
    return learns ? this.#statistics : undefined;
  }

  /** One gradient step on one mini-batch. */
  #learn(): void {
    const { kernels, onlineNetwork, targetNetwork, optimizer, activations, nextActivations } = this.#learner;
    const { nextValues, nextActions, targets, weights, tdErrors, actions, backward, gradients } =
      this.#learner;
    const { gamma, double, loss, maxGradNorm } = this.options;
    const batch = this.#batch;
    this.#replayBuffer.sampleInto(batch, this.#replay);
    if (this.#firstAction !== 0) {
      for (let r = 0; r < actions.length; r++) {
        actions[r]! -= this.#firstAction;
      }
    }

    if (double) {
      kernels.rowMax(onlineNetwork.forward(nextActivations), nextValues, nextActions);
      valuesOfActions(targetNetwork.forward(nextActivations), nextActions, nextValues);
    } else {
      kernels.rowMax(targetNetwork.forward(nextActivations), nextValues, nextActions);
    }
    tdTargets(batch.rewards, batch.terminated, nextValues, gamma, targets);

    const values = onlineNetwork.forward(activations);
    const headGradient = backward.gradients[backward.gradients.length - 1]!;
    const meanLoss = kernels.tdLoss(loss, values, actions, targets, weights, headGradient, tdErrors);
    this.#requireFinite(Number.isFinite(meanLoss), "the loss");
    onlineNetwork.backward(activations, backward, this.#learner.gradientLayers);
    if (maxGradNorm !== undefined) clipGradientNorm(gradients, maxGradNorm, kernels);
    optimizer.step(gradients);
    this.#requireFinite(kernels.allFinite(onlineNetwork.parameters), "every weight");

    let sum = 0;
    for (let r = 0; r < targets.length; r++) sum += targets[r]! + tdErrors[r]!;
    this.#statistics.loss = meanLoss;
    this.#statistics.meanQ = sum / targets.length;
  }

  #requireFinite(holds: boolean, what: string): void {
    if (holds) return;
    throw new RangeError(
      `Cannot continue training at step ${this.#steps}: ${what} must be finite, got NaN or infinity (a smaller learning rate or a gradient norm limit may help)`,
    );
  }

  #updateTarget(): void {
    const { kernels, onlineNetwork, targetNetwork } = this.#learner;
    const { tau } = this.options;
    if (tau === 1) targetNetwork.parameters.set(onlineNetwork.parameters);
    else kernels.softUpdate(targetNetwork.parameters, onlineNetwork.parameters, tau);
  }

  /**
   * The whole state but the options.
   *
   * @returns Copies.
   */
  snapshot(): DqnSnapshot {
    const { onlineNetwork, targetNetwork, optimizer } = this.#learner;
    return {
      sizes: [...onlineNetwork.sizes],
      steps: this.#steps,
      episodes: this.#episodes,
      onlineParameters: onlineNetwork.parameters.slice(),
      targetParameters: targetNetwork.parameters.slice(),
      optimizer: optimizer.snapshot(),
      replayBuffer: this.#replayBuffer.snapshot(),
      exploration: this.#exploration.snapshot(),
      replay: this.#replay.snapshot(),
    };
  }

  /**
   * Continues from a snapshot: the agent goes on as if it had never stopped.
   *
   * @param spaces As for the constructor.
   * @param options The options of the agent that the snapshot is of.
   * @param snapshot From {@linkcode Dqn.snapshot}.
   * @returns An agent of its own.
   * @throws {TypeError} If the snapshot does not fit the spaces or the options.
   * @throws {RangeError} If an option or a counter is out of range.
   */
  static from(spaces: DqnSpaces, options: DqnOptions, snapshot: DqnSnapshot): Dqn {
    const agent = new Dqn(spaces, options);
    const { onlineNetwork, targetNetwork, optimizer } = agent.#learner;
    const sizes = onlineNetwork.sizes.join("-");
    if (snapshot.sizes.join("-") !== sizes) {
      throw new TypeError(`Cannot restore a Dqn: sizes must be ${sizes}, got ${snapshot.sizes.join("-")}`);
    }
    const length = onlineNetwork.parameters.length;
    for (const name of ["onlineParameters", "targetParameters"] as const) {
      if (snapshot[name].length !== length) {
        throw new TypeError(
          `Cannot restore a Dqn: ${name} must have ${length} elements, got ${snapshot[name].length}`,
        );
      }
    }
    for (const name of ["steps", "episodes"] as const) {
      if (!Number.isSafeInteger(snapshot[name]) || snapshot[name] < 0) {
        throw new RangeError(
          `Cannot restore a Dqn: ${name} must be a whole number from 0, got ${snapshot[name]}`,
        );
      }
    }
    const { capacity, observationLength } = agent.#replayBuffer;
    const { replayBuffer } = snapshot;
    if (replayBuffer.capacity !== capacity || replayBuffer.observationLength !== observationLength) {
      throw new TypeError(
        `Cannot restore a Dqn: the replay buffer must hold ${capacity} observations of ${observationLength}, got ${replayBuffer.capacity} of ${replayBuffer.observationLength}`,
      );
    }
    agent.#replayBuffer = ReplayBuffer.from(replayBuffer);
    agent.#exploration = Pcg32.from(snapshot.exploration);
    agent.#replay = Pcg32.from(snapshot.replay);
    optimizer.restore(snapshot.optimizer);
    onlineNetwork.parameters.set(snapshot.onlineParameters);
    targetNetwork.parameters.set(snapshot.targetParameters);
    agent.#steps = snapshot.steps;
    agent.#episodes = snapshot.episodes;
    return agent;
  }
}
