/**
 * Parallelised Q-learning.
 *
 * @module
 */

import type { Box } from "../../envs/spaces/box.ts";
import type { DiscreteAction } from "../../envs/env.ts";
import type { Space } from "../../envs/spaces/space.ts";
import type { BoxArray, BoxDtype } from "../../envs/spaces/box_dtype.ts";
import type { KernelName } from "../../nn/kernels/kernels.ts";
import type { OnnxPolicyFile } from "../../nn/onnx/onnx_policy_file.ts";
import type { QNetwork } from "../../nn/q_network.ts";
import type { ActionRows } from "../action_rows.ts";
import type { ActOptions, LearningStatistics, Transition } from "../agent.ts";
import { architectureOf } from "../dqn/architecture_of.ts";
import { type DqnSpaces, requireDqnSpaces } from "../dqn/dqn_spaces.ts";
import { observationLayout } from "../dqn/observation_layout.ts";
import { checkObservations } from "../observation_rows.ts";
import { requireLength } from "../dqn/require_length.ts";
import { exploreParts } from "../explore_parts.ts";
import { spaceMetadata } from "../dqn/space_metadata.ts";
import { Pcg32 } from "../pcg32.ts";
import { loadNetworkWeights } from "../load_weights.ts";
import { randomStream } from "../random_stream.ts";
import { requireSameNetwork } from "../require_same_network.ts";
import { requireAction, requireEpsilon, requireReward } from "../require_step.ts";
import { requireWhole } from "../require_whole.ts";
import type { VectorAgent } from "../vector_agent.ts";
import { createPqnLearner, type PqnLearner } from "./_pqn_learner.ts";
import { Rollout } from "./_rollout.ts";
import type { PqnOptions, ResolvedPqnOptions } from "./pqn_options.ts";
import type { PqnSnapshot } from "./pqn_snapshot.ts";
import { resolvePqnOptions } from "./resolve_pqn_options.ts";

/**
 * PQN (Gallici et al., "Simplifying Deep Temporal Difference Learning", ICLR 2025, algorithm 1) for environments with vector
 * observations and discrete actions: many environments at once, λ-returns of each rollout, and layer normalisation; no replay buffer
 * and no target network. Action masks are not used.
 *
 * After `rolloutSteps` steps of every environment, the λ-returns of these steps are computed with the network that acted. The network
 * then learns them in `epochs` passes of `miniBatches` gradient steps each.
 *
 * With a `MultiDiscrete` space of actions the network is decoupled, as that of `Dqn`: the value of an action is the mean of its parts'
 * values, the value of an observation the mean of the parts' maxima, and ε is drawn per part.
 *
 * @typeParam A The type of an action: a number, or an Int32Array for a `MultiDiscrete` space.
 *
 * @example Usage
 * ```ts
 * import { linearSchedule, Pqn, train } from "@bellman/dqn/agents";
 * import { makeVectorEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const envs = makeVectorEnv("CartPole-v1", 4);
 * const agent = new Pqn(envs, {
 *   learningRate: linearSchedule(1e-3, 0, 2_560),
 *   epsilon: linearSchedule(1, 0.05, 1_280),
 *   maxGradNorm: 10,
 * });
 * let episodes = 0;
 * for (const record of train(envs, agent, { steps: 2_560 })) if (record.kind === "episode") episodes++;
 * assertEquals([agent.gradientSteps, episodes > 50], [20 * 4 * 4, true]); // 20 rollouts of 4 × 32 steps
 * ```
 */
export class Pqn<A extends DiscreteAction = number> implements VectorAgent<A> {
  /** Every option with its default filled in. */
  readonly options: ResolvedPqnOptions;
  /** The number of environments that it acts in. */
  readonly copies: number;
  readonly #observationSpace: Box<BoxDtype>;
  readonly #actionSpace: Space<A>;
  readonly #actions: ActionRows<A>;
  /** The columns of an action, one per part. */
  readonly #chosen: Int32Array;
  readonly #learner: PqnLearner;
  readonly #rollout: Rollout;
  readonly #statistics: LearningStatistics = { loss: 0, meanQ: 0 };
  #exploration: Pcg32;
  #replay: Pcg32;
  #steps = 0;

  /**
   * Creates an agent with a fresh network.
   *
   * @param spaces The `VectorEnv`, a single environment, or anything with the two spaces and, as `count`, the number of
   * environments: a {@linkcode Box} of vectors or of images, and a {@linkcode Discrete} or {@linkcode MultiDiscrete}
   * space of actions.
   * @param options The hyperparameters.
   * @throws {TypeError} If a space is of the wrong kind, or an option is unknown or of the wrong type.
   * @throws {RangeError} If an option is out of range, the mini-batches do not divide a rollout, or an action does not fit into int32.
   */
  constructor(spaces: DqnSpaces<A>, options: PqnOptions = {}) {
    const { observationSpace, actions } = requireDqnSpaces(spaces, "a Pqn");
    const { count: copies = 1 } = spaces;
    requireWhole("create a Pqn", "count", copies, 1);
    this.copies = copies;
    this.options = resolvePqnOptions(options, copies);
    this.#observationSpace = observationSpace;
    this.#actionSpace = spaces.actionSpace;
    this.#actions = actions;
    this.#chosen = new Int32Array(actions.width);
    const { seed, initializer, rolloutSteps } = this.options;
    this.#learner = createPqnLearner(this.#architecture(), this.options, copies);
    this.onlineNetwork.initialize(initializer, randomStream(seed, "initialisation").prng);
    this.#rollout = new Rollout(
      copies,
      rolloutSteps,
      observationSpace.low.length,
      actions.width,
      this.onlineNetwork.architecture.byteScale,
    );
    this.#exploration = randomStream(seed, "exploration");
    this.#replay = randomStream(seed, "replay");
  }

  #architecture(): ReturnType<typeof architectureOf> {
    const { hidden, dueling, layerNorm, convolution, observationScale } = this.options;
    return {
      ...architectureOf(this.#observationSpace.low.length, this.#actions.outputs, {
        hidden,
        dueling,
        layerNorm,
      }),
      ...observationLayout(this.#observationSpace, { convolution, observationScale }, "a Pqn"),
    };
  }

  /**
   * Starts from the weights in a file instead of random ones: a policy of this library, or a network of PyTorch of the same
   * architecture (`networkWeights` of `@bellman/dqn/nn`).
   *
   * @param bytes The bytes of a safetensors or an ONNX file.
   * @throws {SyntaxError} If the bytes are neither, or damaged.
   * @throws {TypeError} If the weights do not fit the network, or it has already learned.
   * @throws {RangeError} If a weight is not finite.
   */
  loadWeights(bytes: Uint8Array): void {
    if (this.#steps > 0) {
      throw new TypeError(`Cannot load weights: the agent must be new, got one after ${this.#steps} steps`);
    }
    loadNetworkWeights(this.onlineNetwork, bytes, this.gradientSteps);
  }

  /** The network that acts and learns; there is no other. */
  get onlineNetwork(): QNetwork {
    return this.#learner.network;
  }

  /** The kernels that compute. */
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
   * Chooses an action: random with probability ε, else the one with the highest Q-value, the first of equal ones; with several
   * parts, each part for itself.
   *
   * @param observation An element of the observation space.
   * @param options Whether to be greedy; action masks are ignored.
   * @returns An element of the action space.
   * @throws {TypeError} If the observation has the wrong length.
   * @throws {RangeError} If an element of the observation is not finite, or if the schedule of ε leaves [0, 1].
   */
  act(observation: BoxArray, options: ActOptions = {}): A {
    const { policy } = this.#learner;
    const actions = this.#actions;
    if (options.greedy === true) return actions.fromColumns(policy.bestColumns(observation));
    const chosen = this.#chosen;
    if (this.#explore(this.#steps)) return actions.fromColumns(chosen);
    const best = policy.bestColumns(observation);
    for (let i = 0; i < chosen.length; i++) if (chosen[i] === -1) chosen[i] = best[i]!;
    return actions.fromColumns(chosen);
  }

  /**
   * Chooses an action for each environment, in one forward pass: each is random with the probability ε that a single environment
   * would have at that step.
   *
   * @param observations One row per environment.
   * @param actions One number per environment and part, overwritten with elements of the action space.
   * @throws {TypeError} If there are not as many rows or actions as environments.
   * @throws {RangeError} If an observation is not finite, or if the schedule of ε leaves [0, 1].
   */
  actMany(observations: BoxArray, actions: Int32Array): void {
    const { copies } = this;
    const { width, shifts } = this.#actions;
    requireLength("act", "actions", actions, copies * width);
    requireLength("act", "observations", observations, copies * this.#observationSpace.low.length);
    checkObservations(observations, this.onlineNetwork.architecture, "an observation");
    const best = this.#learner.look(observations);
    for (let i = 0; i < copies; i++) {
      this.#explore(this.#steps + i);
      for (let k = 0; k < width; k++) {
        const random = this.#chosen[k]!;
        actions[i * width + k] = shifts[k]! + (random === -1 ? best[i * width + k]! : random);
      }
    }
  }

  /** Draws which parts of an action are random; whether all are. */
  #explore(step: number): boolean {
    const epsilon = requireEpsilon(this.options.epsilon(step), step);
    return exploreParts(this.#actions, this.#exploration, epsilon, undefined, this.#chosen);
  }

  /**
   * The Q-value of each action, or of each value of each part.
   *
   * @param observation An element of the observation space.
   * @returns One value per action, in a fresh array; with several parts, one per value of each part, part after part.
   * @throws {TypeError} If the observation has the wrong length.
   * @throws {RangeError} If an element of it is not finite.
   */
  qValues(observation: BoxArray): Float32Array {
    return this.#learner.policy.qValues(observation);
  }

  /**
   * Stores a step; the last step of a rollout is followed by an update.
   *
   * @param transition Copied.
   * @param copy Index of its environment; the environments take turns, in order.
   * @returns The means over all gradient steps of the update, if one was made; the object is reused at the next update.
   * @throws {TypeError} If the action is not a whole number, or an observation has the wrong length.
   * @throws {RangeError} If it is not the environment's turn, the action is not in the action space, the reward or an observation is
   * not finite in float32, or the loss, the gradient norm or a weight is no longer finite.
   */
  observe(
    transition: Transition<BoxArray, A>,
    copy = 0,
  ): Readonly<LearningStatistics> | undefined {
    const { rolloutSteps, learningRate } = this.options;
    const rollout = this.#rollout;
    const columns = this.#columnsOf(transition, copy);
    const value = this.#learner.valueOf(transition.observation, copy);
    // For any other step, the next value is that of the copy's next step.
    const isFinal = transition.truncated || rollout.isLastTurn;
    const nextValue = isFinal ? this.#learner.finalValueOf(transition.nextObservation) : 0;
    rollout.add(transition, columns, value, nextValue);
    this.#steps++;
    if (!rollout.isFull) return undefined;
    const rate = learningRate(this.#steps - this.copies * rolloutSteps);
    const spoiled = this.#learner.learn(rollout, rate, this.#replay, this.#statistics);
    rollout.clear();
    if (spoiled === undefined) return this.#statistics;
    throw new RangeError(
      `Cannot continue training at step ${this.#steps}: ${spoiled} must be finite, got NaN or infinity (a smaller learning rate or a gradient norm limit may help)`,
    );
  }

  /** The action as columns of the network's output; throws if the step does not fit. */
  #columnsOf(transition: Transition<BoxArray, A>, copy: number): Int32Array {
    if (copy !== this.#rollout.nextCopy) {
      throw new RangeError(
        `Cannot observe: copy must be the next of ${this.copies}, ${this.#rollout.nextCopy}, got ${copy}`,
      );
    }
    requireAction(this.#actions, transition.action);
    requireReward(transition.reward);
    const { length } = this.#observationSpace.low;
    for (const name of ["observation", "nextObservation"] as const) {
      requireLength("observe", name, transition[name], length);
      checkObservations(transition[name], this.onlineNetwork.architecture, "an observation", "observe");
    }
    return this.#actions.columnsOf(transition.action, this.#chosen);
  }

  /**
   * The policy in the form that `encodeOnnx` of `@bellman/dqn/nn` writes.
   *
   * @param metadata Named texts to store with the policy, besides the description of its spaces; none by default.
   * @returns Architecture, copies of the weights, and metadata.
   */
  policyFile(metadata: Readonly<Record<string, string>> = {}): OnnxPolicyFile {
    return {
      architecture: this.#architecture(),
      tensors: this.onlineNetwork.tensors(),
      metadata: { ...spaceMetadata(this.#observationSpace, this.#actionSpace), ...metadata },
    };
  }

  /**
   * The whole state except the options.
   *
   * @returns Copies.
   */
  snapshot(): PqnSnapshot {
    return {
      architecture: this.#architecture(),
      steps: this.#steps,
      parameters: this.onlineNetwork.parameters.slice(),
      optimizer: this.#learner.optimizer.snapshot(),
      rollout: this.#rollout.snapshot(),
      exploration: this.#exploration.snapshot(),
      replay: this.#replay.snapshot(),
    };
  }

  /**
   * Resumes from a snapshot: the agent continues as if it had never stopped.
   *
   * @param spaces As for the constructor.
   * @param options The options of the agent that gave the snapshot.
   * @param snapshot From {@linkcode Pqn.snapshot}.
   * @returns A new agent.
   * @throws {TypeError} If the snapshot does not fit the spaces or the options.
   * @throws {RangeError} If an option, a counter or a number is out of range.
   */
  static from<A extends DiscreteAction = number>(
    spaces: DqnSpaces<A>,
    options: PqnOptions,
    snapshot: PqnSnapshot,
  ): Pqn<A> {
    const agent = new Pqn(spaces, options);
    requireWhole("restore a Pqn", "steps", snapshot.steps, 0);
    const { architecture, parameters } = snapshot;
    requireSameNetwork("a Pqn", agent.onlineNetwork, architecture, { parameters });
    agent.#rollout.restore(snapshot.rollout, agent.#actions.counts);
    agent.#learner.optimizer.restore(snapshot.optimizer);
    agent.onlineNetwork.parameters.set(parameters);
    agent.#exploration = Pcg32.from(snapshot.exploration);
    agent.#replay = Pcg32.from(snapshot.replay);
    agent.#steps = snapshot.steps;
    return agent;
  }
}
