/**
 * Deep Q-learning with experience replay and a target network, and its later extensions.
 *
 * @module
 */

import type { Box } from "../../envs/spaces/box.ts";
import type { BoxArray, BoxDtype } from "../../envs/spaces/box_dtype.ts";
import type { DiscreteAction } from "../../envs/env.ts";
import type { Space } from "../../envs/spaces/space.ts";
import type { KernelName } from "../../nn/kernels/kernels.ts";
import type { OnnxPolicyFile } from "../../nn/onnx/onnx_policy_file.ts";
import type { QNetwork } from "../../nn/q_network.ts";
import type { ActionRows } from "../action_rows.ts";
import { checkParts } from "./_check_parts.ts";
import { createLearner } from "./_create_learner.ts";
import type { DqnLearner } from "./_dqn_learner.ts";
import { DqnMemory } from "./_dqn_memory.ts";
import { requireAction, requireEpsilon, requireReward } from "../require_step.ts";
import { loadNetworkWeights } from "../load_weights.ts";
import { requireWhole } from "../require_whole.ts";
import { exploreParts } from "../explore_parts.ts";
import type { ActOptions, LearningStatistics, Transition } from "../agent.ts";
import { architectureOf } from "./architecture_of.ts";
import type { DqnOptions, ResolvedDqnOptions } from "./dqn_options.ts";
import { resolveDqnOptions } from "./resolve_dqn_options.ts";
import type { DqnSnapshot } from "./dqn_snapshot.ts";
import { type DqnSpaces, requireDqnSpaces } from "./dqn_spaces.ts";
import { spaceMetadata } from "./space_metadata.ts";
import { Pcg32 } from "../pcg32.ts";
import { randomStream } from "../random_stream.ts";
import type { VectorAgent } from "../vector_agent.ts";
import type { ReplayBuffer } from "../replay/replay_buffer.ts";

export type { DqnSpaces };

/**
 * DQN (Mnih et al. 2015) for environments with observations that are vectors or images, and discrete actions. Double, dueling, prioritized, n-step,
 * noisy, distributional, Munchausen and layer normalisation are options, freely combinable. Rainbow (Hessel et al. 2018) combines
 * the first six, with C51.
 *
 * Images (rows, columns, channels) need convolution layers before the hidden ones; noise and layer normalisation are those of the
 * dense layers. Observations of uint8 stay bytes in the replay buffer and are divided by {@linkcode DqnOptions.observationScale}
 * when they are learned from.
 *
 * With a `MultiDiscrete` space of actions the networks are decoupled (Seyde et al. 2022): they have an output for each value of each
 * part, and Q(s, a) is the mean of the parts' values. The target takes the maximum of each part (with Double, where the online
 * network has it), and ε is drawn per part. With dueling there is one value, and each part's advantages less their mean (Tavakoli et
 * al. 2018). With C51 the return of an action is distributed as the mixture of its parts' distributions. All options but Munchausen
 * work with it.
 *
 * @typeParam A The type of an action: a number, or an Int32Array for a `MultiDiscrete` space.
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
 *
 * @example Images
 * ```ts
 * import { Dqn } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { OneHotPartialObs } from "@bellman/dqn/envs/minigrid";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new OneHotPartialObs(makeEnv("MiniGrid-Empty-5x5-v0")); // 7 × 7 × 20 bytes
 * const agent = new Dqn(env, { convolution: "minatar", hidden: [128] });
 * const { observation } = env.reset({ seed: 0 });
 * assertEquals(agent.qValues(observation).length, 7);
 * assertEquals(agent.onlineNetwork.tensors()[0]!.shape, [3, 3, 20, 16]);
 * ```
 *
 * @example Actions of several parts
 * ```ts
 * import { Dqn } from "@bellman/dqn/agents";
 * import { MultiDiscreteActions } from "@bellman/dqn/envs";
 * import { LunarLanderContinuous } from "@bellman/dqn/envs/box2d";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new MultiDiscreteActions(new LunarLanderContinuous(), 3);
 * const agent = new Dqn(env, { dueling: true });
 * const { observation } = env.reset({ seed: 0 });
 * assertEquals(agent.qValues(observation).length, 3 + 3);
 * assertEquals(agent.act(observation).length, 2);
 * ```
 */
export class Dqn<A extends DiscreteAction = number> implements VectorAgent<A> {
  /** Every option with its default filled in. */
  readonly options: ResolvedDqnOptions;
  /** The number of environments that it acts in. */
  readonly copies: number;
  readonly #observationSpace: Box<BoxDtype>;
  readonly #actionSpace: Space<A>;
  readonly #actions: ActionRows<A>;
  /** The columns of the action being chosen, one per part; −1 where it is not random. */
  readonly #chosen: Int32Array;
  readonly #learner: DqnLearner;
  readonly #statistics: LearningStatistics = { loss: 0, meanQ: 0 };
  readonly #memory: DqnMemory;
  #exploration: Pcg32;
  #noise: Pcg32;
  /** Number of transitions needed to learn: those stored at `learningStarts`, without incomplete n-step returns. */
  readonly #leastTransitions: number;
  #steps = 0;
  #episodes = 0;

  /**
   * Creates an agent with fresh networks and an empty replay buffer.
   *
   * @param spaces The environment, or anything with its two spaces: a {@linkcode Box} of vectors or of images, and
   * a {@linkcode Discrete} or {@linkcode MultiDiscrete} space of actions.
   * @param options The hyperparameters.
   * @throws {TypeError} If a space is of the wrong kind, or an option is unknown or of the wrong type.
   * @throws {RangeError} If an option is out of range, or an action does not fit into int32, the type in replay buffers.
   */
  constructor(spaces: DqnSpaces<A>, options: DqnOptions = {}) {
    const { observationSpace, actions } = requireDqnSpaces(spaces);
    const offersMask = spaces.offersActionMask ?? false;
    const resolved = resolveDqnOptions(options);
    this.options = { ...resolved, actionMask: resolved.actionMask ?? offersMask };
    if (this.options.actionMask === true && !offersMask) {
      throw new RangeError(
        "Cannot create a Dqn: actionMask must be false in an environment that offers no action masks, got true",
      );
    }
    checkParts(this.options, actions);
    const { seed, initializer, bufferSize, nStep } = this.options;
    const { count: copies = 1 } = spaces;
    requireWhole("create a Dqn", "count", copies, 1);
    this.copies = copies;
    this.#observationSpace = observationSpace;
    this.#actionSpace = spaces.actionSpace;
    this.#actions = actions;
    this.#chosen = new Int32Array(actions.width);
    this.#learner = createLearner(observationSpace, actions, this.options, copies);
    this.onlineNetwork.initialize(initializer, randomStream(seed, "initialisation").prng);
    this.targetNetwork.parameters.set(this.onlineNetwork.parameters);
    this.#memory = new DqnMemory(this.options, this.onlineNetwork.architecture, actions, copies);
    const { learningStarts } = this.options;
    this.#leastTransitions = Math.max(1, Math.min(bufferSize, learningStarts - (nStep - 1)));
    this.#exploration = randomStream(seed, "exploration");
    this.#noise = randomStream(seed, "noise");
  }

  /**
   * Starts from the weights in a file instead of random ones, in both networks: a policy of this library, or a network of PyTorch
   * of the same architecture (`networkWeights` of `@bellman/dqn/nn`). The noise of a noisy network stays as it was initialised.
   *
   * @param bytes The bytes of a safetensors or an ONNX file.
   * @throws {SyntaxError} If the bytes are neither, or damaged.
   * @throws {TypeError} If the weights do not fit the network, or it has already learned.
   * @throws {RangeError} If a weight is not finite.
   */
  loadWeights(bytes: Uint8Array): void {
    const { onlineNetwork, targetNetwork } = this;
    loadNetworkWeights(onlineNetwork, bytes, this.gradientSteps);
    targetNetwork.parameters.set(onlineNetwork.parameters);
  }

  /** The network that acts and learns. */
  get onlineNetwork(): QNetwork {
    return this.#learner.onlineNetwork;
  }

  /** The network that gives the targets. */
  get targetNetwork(): QNetwork {
    return this.#learner.targetNetwork;
  }

  /** The transitions to learn from. */
  get replayBuffer(): ReplayBuffer {
    return this.#memory.replayBuffer;
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
   * parts, each part for itself. A noisy network draws fresh noise unless `greedy` is set.
   *
   * @param observation An element of the observation space.
   * @param options Whether to be greedy, and which actions are allowed.
   * @returns An element of the action space.
   * @throws {TypeError} If the observation or the mask has the wrong length.
   * @throws {RangeError} If an element of the observation is not finite, or if the schedule of ε leaves [0, 1].
   */
  act(observation: BoxArray, options: ActOptions = {}): A {
    const mask = this.options.actionMask === true ? options.actionMask : undefined;
    const actions = this.#actions;
    const { policy, noisyPolicy } = this.#learner;
    if (options.greedy === true) return actions.fromColumns(policy.bestColumns(observation, mask));
    const chosen = this.#chosen;
    if (this.#explore(requireEpsilon(this.epsilon, this.#steps), mask)) return actions.fromColumns(chosen);
    if (this.options.noisy) this.onlineNetwork.drawNoise(this.#noise.prng);
    const best = noisyPolicy.bestColumns(observation, mask);
    for (let i = 0; i < chosen.length; i++) if (chosen[i] === -1) chosen[i] = best[i]!;
    return actions.fromColumns(chosen);
  }

  /**
   * Chooses an action for each copy of a `VectorEnv`, in one forward pass: each is random with the probability ε that a single
   * environment would have at that step. A noisy network draws fresh noise once for all of them.
   *
   * @param observations One row per copy.
   * @param actions One number per copy and part, overwritten with elements of the action space.
   * @param actionMasks Which actions are allowed, one row per copy; all by default. An all-zero mask allows every action.
   * @throws {TypeError} If there are not as many rows, actions or masks as copies.
   * @throws {RangeError} If an observation is not finite, or if the schedule of ε leaves [0, 1].
   */
  actMany(observations: BoxArray, actions: Int32Array, actionMasks?: Uint8Array): void {
    const { copies } = this;
    const { width, shifts, size } = this.#actions;
    if (actions.length !== copies * width) {
      throw new TypeError(
        `Cannot act: there must be room for ${copies * width} actions, got ${actions.length}`,
      );
    }
    const masks = this.options.actionMask === true ? actionMasks : undefined;
    if (masks !== undefined && masks.length !== copies * size) {
      throw new TypeError(
        `Cannot act: the action masks must have ${copies * size} elements, got ${masks.length}`,
      );
    }
    const { rows } = this.#learner;
    if (rows === undefined) {
      const action = this.act(observations, { actionMask: masks });
      if (typeof action === "number") actions[0] = action;
      else actions.set(action);
      return;
    }
    const { noisy } = this.options;
    if (noisy) this.onlineNetwork.drawNoise(this.#noise.prng);
    const best = rows.choose(observations, noisy, masks);
    for (let i = 0; i < copies; i++) {
      const step = this.#steps + i;
      const mask = masks?.subarray(i * size, (i + 1) * size);
      this.#explore(requireEpsilon(this.options.epsilon(step), step), mask);
      for (let k = 0; k < width; k++) {
        const random = this.#chosen[k]!;
        actions[i * width + k] = shifts[k]! + (random === -1 ? best[i * width + k]! : random);
      }
    }
  }

  /** Draws which parts of an action are random; whether all are. */
  #explore(epsilon: number, mask: Uint8Array | undefined): boolean {
    return exploreParts(this.#actions, this.#exploration, epsilon, mask, this.#chosen);
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
   * Stores a transition; then updates the online network every `trainInterval` steps from `learningStarts` on, and the
   * target network when that is due.
   *
   * @param transition Copied.
   * @param copy Index of the environment that it is of, below {@linkcode Dqn.copies}.
   * @returns The measurements of the last gradient step, if one was made; the object is reused at the next step.
   * @throws {TypeError} If the action is not a whole number, an observation or an action mask has the wrong length, or a mask is
   * missing.
   * @throws {RangeError} If the action is not in the action space, the reward or an observation is not finite in float32, or the loss, the gradient norm or a
   * weight is no longer finite.
   */
  observe(
    transition: Transition<BoxArray, A>,
    copy = 0,
  ): Readonly<LearningStatistics> | undefined {
    if (!(copy >= 0 && copy < this.copies && Number.isInteger(copy))) {
      throw new RangeError(`Cannot observe: copy must be a whole number below ${this.copies}, got ${copy}`);
    }
    const { learningStarts, targetUpdateEpisodes } = this.options;
    const ended = transition.terminated || transition.truncated;
    this.store(transition, copy);
    const mayLearn = this.#steps + 1 >= learningStarts && this.replayBuffer.size >= this.#leastTransitions;
    const statistics = this.#step(mayLearn);
    if (ended) {
      if (targetUpdateEpisodes !== undefined && this.#episodes % targetUpdateEpisodes === 0) {
        this.#learner.updateTarget();
      }
      this.#episodes++;
    }
    return statistics;
  }

  /**
   * Stores a recorded transition, without counting a step or learning from it.
   *
   * @param transition Copied.
   * @param copy Index of the environment that it is of, below {@linkcode Dqn.copies}.
   * @throws {TypeError} As for {@linkcode Dqn.observe}.
   * @throws {RangeError} If the action is not in the action space, or the reward or an observation is not finite in float32.
   */
  store(transition: Transition<BoxArray, A>, copy = 0): void {
    requireAction(this.#actions, transition.action);
    requireReward(transition.reward);
    const storedAsEnd = this.options.truncatedAsTerminated && transition.truncated;
    this.#memory.add(storedAsEnd ? { ...transition, terminated: true } : transition, copy);
  }

  /**
   * A step of learning from the stored transitions alone, without an environment: it updates the networks when a step of
   * {@linkcode Dqn.observe} would, from the first step on.
   *
   * @returns As for {@linkcode Dqn.observe}.
   * @throws {RangeError} If there is no transition, or the loss, the gradient norm or a weight is no longer finite.
   *
   * @example Learn from recorded transitions
   * ```ts
   * import { Dqn } from "@bellman/dqn/agents";
   * import { makeEnv } from "@bellman/dqn/envs";
   * import { assertEquals } from "@std/assert";
   *
   * const agent = new Dqn(makeEnv("CartPole-v1"), { trainInterval: 1 });
   * const step = { action: 1, reward: 1, terminated: true, truncated: false };
   * agent.store({ ...step, observation: new Float32Array(4), nextObservation: new Float32Array(4) });
   * for (let i = 0; i < 10; i++) agent.learn();
   * assertEquals(agent.gradientSteps, 10);
   * ```
   */
  learn(): Readonly<LearningStatistics> | undefined {
    return this.#step(true);
  }

  /** Counts a step, and updates the networks that are due. */
  #step(mayLearn: boolean): Readonly<LearningStatistics> | undefined {
    const { trainInterval, gradientSteps, targetUpdateInterval } = this.options;
    this.#steps++;
    const learns = mayLearn && this.#steps % trainInterval === 0;
    if (learns) { for (let i = 0; i < gradientSteps; i++) this.#learn(); }
    if (targetUpdateInterval !== undefined && this.#steps % targetUpdateInterval === 0) {
      this.#learner.updateTarget();
    }
    return learns ? this.#statistics : undefined;
  }

  /** One gradient step on one mini-batch. */
  #learn(): void {
    const learner = this.#learner;
    this.#memory.sampleInto(learner, this.#steps);
    const spoiled = learner.learn(this.#statistics, this.#noise, this.#steps);
    if (spoiled === undefined) return this.#memory.update(learner.surprises);
    throw new RangeError(
      `Cannot continue training at step ${this.#steps}: ${spoiled} must be finite, got NaN or infinity (a smaller learning rate or a gradient norm limit may help)`,
    );
  }

  /**
   * The policy in the form that `encodeOnnx` of `@bellman/dqn/nn` writes.
   *
   * @param metadata Named texts to store with the policy, besides the description of its spaces; none by default.
   * @returns Architecture, copies of the weights, and metadata. If a wrapper normalised the observations, add its frozen
   * statistics as `normalization`.
   *
   * @example Usage
   * ```ts
   * import { Dqn } from "@bellman/dqn/agents";
   * import { makeEnv } from "@bellman/dqn/envs";
   * import { decodeOnnx, encodeOnnx } from "@bellman/dqn/nn";
   * import { assertEquals } from "@std/assert";
   *
   * const agent = new Dqn(makeEnv("CartPole-v1"));
   * const bytes = encodeOnnx(agent.policyFile({ env: "CartPole-v1" }));
   * assertEquals(decodeOnnx(bytes).tensors, agent.onlineNetwork.tensors());
   * ```
   */
  policyFile(metadata: Readonly<Record<string, string>> = {}): OnnxPolicyFile {
    const [observationSpace, actionSpace] = [this.#observationSpace, this.#actionSpace];
    return {
      architecture: architectureOf(observationSpace, this.#actions.outputs, this.options),
      tensors: this.onlineNetwork.tensors(),
      metadata: { ...spaceMetadata(observationSpace, actionSpace), ...metadata },
    };
  }

  /**
   * The whole state except the options.
   *
   * @param options `replay`: whether to include the transitions. Without them the snapshot is small, but the restored agent
   * continues differently: it fills its replay buffer up to `learningStarts` before it learns again.
   * `views`: whether they are views of the replay buffer, valid until the next step is observed.
   * @returns Copies, except for requested views.
   */
  snapshot(options: { replay?: boolean; views?: boolean } = {}): DqnSnapshot {
    return {
      ...this.#learner.snapshot(),
      steps: this.#steps,
      episodes: this.#episodes,
      ...this.#memory.snapshot(options),
      exploration: this.#exploration.snapshot(),
      noise: this.#noise.snapshot(),
    };
  }

  /**
   * Resumes from a snapshot: the agent continues as if it had never stopped.
   *
   * @param spaces As for the constructor.
   * @param options The options of the agent that gave the snapshot.
   * @param snapshot From {@linkcode Dqn.snapshot}.
   * @returns A new agent.
   * @throws {TypeError} If the snapshot does not fit the spaces or the options.
   * @throws {RangeError} If an option, a counter or an action is out of range.
   */
  static from<A extends DiscreteAction = number>(
    spaces: DqnSpaces<A>,
    options: DqnOptions,
    snapshot: DqnSnapshot,
  ): Dqn<A> {
    const agent = new Dqn(spaces, options);
    requireWhole("restore a Dqn", "steps", snapshot.steps, 0);
    requireWhole("restore a Dqn", "episodes", snapshot.episodes, 0);
    agent.#memory.restore(snapshot);
    agent.#learner.restore(snapshot);
    agent.#exploration = Pcg32.from(snapshot.exploration);
    agent.#noise = Pcg32.from(snapshot.noise);
    agent.#steps = snapshot.steps;
    agent.#episodes = snapshot.episodes;
    return agent;
  }
}
