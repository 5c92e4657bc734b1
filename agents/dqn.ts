/**
 * Deep Q-learning with experience replay and a target network.
 *
 * @module
 */

import { Box } from "../envs/box.ts";
import { Discrete } from "../envs/discrete.ts";
import type { Env } from "../envs/env.ts";
import type { AdamSnapshot } from "../nn/adam.ts";
import { buildWithKernels } from "../nn/kernels/build_with_kernels.ts";
import type { KernelName } from "../nn/kernels/kernels.ts";
import type { Mlp } from "../nn/mlp.ts";
import { DqnLearner } from "./_dqn_learner.ts";
import { requireWhole } from "./_require_whole.ts";
import type { ActOptions, Agent, LearningStatistics, Transition } from "./agent.ts";
import { type DqnOptions, type ResolvedDqnOptions, resolveDqnOptions } from "./dqn_options.ts";
import { Pcg32, type Pcg32Snapshot } from "./pcg32.ts";
import { randomStream } from "./random_stream.ts";
import { ReplayBuffer, type ReplayBufferSnapshot } from "./replay_buffer.ts";

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
  readonly #learner: DqnLearner;
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
    try {
      this.#learner = buildWithKernels(
        (kernels) => new DqnLearner(kernels, sizes, actionSpace.start, this.options),
        kernel,
      );
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const message = `Cannot create a Dqn: hidden and batchSize must fit into memory, got ${
        sizes.join("-")
      } and ${batchSize}`;
      throw new RangeError(message, { cause: error });
    }
    this.onlineNetwork.initialize(initializer, randomStream(seed, "initialisation").prng);
    this.targetNetwork.parameters.set(this.onlineNetwork.parameters);
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
   * @throws {RangeError} If an element of it is not finite, or if the schedule of ε leaves [0, 1].
   */
  act(observation: Float32Array, options: ActOptions = {}): number {
    if (options.greedy !== true && this.#exploration.next() < this.#checkedEpsilon()) {
      return this.#firstAction + this.#exploration.nextIndex(this.#actionCount);
    }
    return this.#learner.policy.act(observation);
  }

  #checkedEpsilon(): number {
    const { epsilon } = this;
    if (epsilon >= 0 && epsilon <= 1) return epsilon;
    throw new RangeError(`Cannot act: epsilon must be in [0, 1] after ${this.#steps} steps, got ${epsilon}`);
  }

  /**
   * The Q-value of each action.
   *
   * @param observation As long as the observation space's.
   * @returns One value per action; the caller's to keep.
   * @throws {TypeError} If the observation has another length.
   * @throws {RangeError} If an element of it is not finite.
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
   * @throws {TypeError} If the action is no whole number, or an observation has another length.
   * @throws {RangeError} If the action is not in the action space, or if the loss, the gradient norm or a weight is no
   * longer finite.
   */
  observe(transition: Transition<Float32Array, number>): Readonly<LearningStatistics> | undefined {
    const { learningStarts, trainInterval, gradientSteps, truncatedAsTerminated } = this.options;
    const { targetUpdateInterval, targetUpdateEpisodes } = this.options;
    const ended = transition.terminated || transition.truncated;
    const column = transition.action - this.#firstAction;
    if (!Number.isInteger(column)) {
      throw new TypeError(`Cannot observe: action must be a whole number, got ${transition.action}`);
    }
    if (column < 0 || column >= this.#actionCount) {
      const last = this.#firstAction + this.#actionCount - 1;
      throw new RangeError(
        `Cannot observe: action must be from ${this.#firstAction} to ${last}, got ${transition.action}`,
      );
    }
    const storedAsEnd = truncatedAsTerminated && transition.truncated;
    this.#replayBuffer.add(storedAsEnd ? { ...transition, terminated: true } : transition);
    this.#steps++;
    const learns = this.#steps >= learningStarts && this.#steps % trainInterval === 0;
    if (learns) { for (let i = 0; i < gradientSteps; i++) this.#learn(); }
    if (targetUpdateInterval !== undefined && this.#steps % targetUpdateInterval === 0) {
      this.#learner.updateTarget();
    }
    if (ended) {
      if (targetUpdateEpisodes !== undefined && this.#episodes % targetUpdateEpisodes === 0) {
        this.#learner.updateTarget();
      }
      this.#episodes++;
    }
    return learns ? this.#statistics : undefined;
  }

  /** One gradient step on one mini-batch. */
  #learn(): void {
    this.#replayBuffer.sampleInto(this.#learner.batch, this.#replay, this.#learner.kernels);
    const spoiled = this.#learner.learn(this.#statistics);
    if (spoiled === undefined) return;
    throw new RangeError(
      `Cannot continue training at step ${this.#steps}: ${spoiled} must be finite, got NaN or infinity (a smaller learning rate or a gradient norm limit may help)`,
    );
  }

  /**
   * The whole state but the options.
   *
   * @returns Copies.
   */
  snapshot(): DqnSnapshot {
    return {
      ...this.#learner.snapshot(),
      steps: this.#steps,
      episodes: this.#episodes,
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
    requireWhole("restore a Dqn", "steps", snapshot.steps, 0);
    requireWhole("restore a Dqn", "episodes", snapshot.episodes, 0);
    const { capacity, observationLength } = agent.#replayBuffer;
    const { replayBuffer } = snapshot;
    if (replayBuffer.capacity !== capacity || replayBuffer.observationLength !== observationLength) {
      throw new TypeError(
        `Cannot restore a Dqn: the replay buffer must hold ${capacity} observations of ${observationLength}, got ${replayBuffer.capacity} of ${replayBuffer.observationLength}`,
      );
    }
    agent.#learner.restore(snapshot);
    agent.#replayBuffer = ReplayBuffer.from(replayBuffer);
    agent.#exploration = Pcg32.from(snapshot.exploration);
    agent.#replay = Pcg32.from(snapshot.replay);
    agent.#steps = snapshot.steps;
    agent.#episodes = snapshot.episodes;
    return agent;
  }
}
