/**
 * Tabular Q-learning.
 *
 * @module
 */

import { Discrete } from "../envs/spaces/discrete.ts";
import type { Env } from "../envs/env.ts";
import type { Tensor } from "../nn/tensor.ts";
import { requireKnown } from "./require_known.ts";
import { checkTable, createTable } from "./_q_table.ts";
import { requireEpsilon, requireReward } from "./require_step.ts";
import { requireWhole } from "./require_whole.ts";
import { checkMask } from "./check_mask.ts";
import { allowedAction, countAllowed } from "./action_mask.ts";
import type { ActOptions, Agent, LearningStatistics, Transition } from "./agent.ts";
import { Pcg32 } from "./pcg32.ts";
import type { QLearningOptions } from "./q_learning_options.ts";
import type { QLearningSnapshot } from "./q_learning_snapshot.ts";
import { randomStream } from "./random_stream.ts";
import { linearSchedule, type Schedule } from "./schedule.ts";
import { type DiscreteObservation, stateCount, stateIndex } from "./state_index.ts";

const OPTION_NAMES = Object.keys(
  { seed: true, gamma: true, learningRate: true, epsilon: true } satisfies Record<
    keyof QLearningOptions,
    true
  >,
);

/** The part of an environment that {@linkcode QLearning} needs. */
export type QLearningSpaces = Pick<
  Env<DiscreteObservation, number>,
  "observationSpace" | "actionSpace" | "offersActionMask"
>;

/**
 * Q-learning with a table (Watkins 1989): Q(s, a) moves by α (r + γ max Q(s′, ·) − Q(s, a)) after each step. The maximum is
 * left out when the task has ended, and covers only the allowed actions if the environment offers masks. The table is float32;
 * an update is computed in float64 and rounded once.
 *
 * @example Usage
 * ```ts
 * import { QLearning, train } from "@bellman/dqn/agents";
 * import { CartPole, Discretize } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new Discretize(new CartPole(), { bins: [1, 1, 6, 6], low: [-2.4, -3, -0.21, -3], high: [2.4, 3, 0.21, 3] });
 * const agent = new QLearning(env, { learningRate: 0.2 });
 * for (const record of train(env, agent, { steps: 1_000 })) {
 *   if (record.kind === "episode") console.log(record.return);
 * }
 * assertEquals([agent.states, agent.actions], [36, 2]);
 * ```
 */
export class QLearning implements Agent<DiscreteObservation, number> {
  /** Number of states. */
  readonly states: number;
  /** Number of actions. */
  readonly actions: number;
  /** The table: the value of action a in state s is element s · actions + a. Not a copy. */
  readonly table: Float32Array;
  readonly #spaces: QLearningSpaces;
  readonly #firstAction: number;
  readonly #gamma: number;
  readonly #learningRate: Schedule;
  readonly #epsilon: Schedule;
  readonly #statistics: LearningStatistics = { loss: 0, meanQ: 0 };
  #exploration: Pcg32;
  #steps = 0;

  /**
   * Creates an agent with a table of zeros.
   *
   * @param spaces The environment, or anything with its two spaces: Discrete observations, or a Tuple of them, and a Discrete
   * space of actions.
   * @param options The hyperparameters.
   * @throws {TypeError} If a space is of the wrong kind, or an option is unknown.
   * @throws {RangeError} If an option is out of range, or the table has more than 2²⁸ values or does not fit into memory.
   */
  constructor(spaces: QLearningSpaces, options: QLearningOptions = {}) {
    requireKnown("create a QLearning", "QLearningOptions", options, OPTION_NAMES);
    const { observationSpace, actionSpace } = spaces;
    const { seed = 0, gamma = 0.99, learningRate = 0.1, epsilon = linearSchedule(1, 0.05, 50_000) } = options;
    if (!(actionSpace instanceof Discrete)) {
      throw new TypeError(`Cannot create a QLearning: the action space must be Discrete, got ${actionSpace}`);
    }
    if (!(gamma >= 0 && gamma <= 1)) {
      throw new RangeError(`Cannot create a QLearning: gamma must be in [0, 1], got ${gamma}`);
    }
    const learningRates = typeof learningRate === "number" ? () => learningRate : learningRate;
    const first = learningRates(0);
    if (!(first > 0 && first <= 1)) {
      throw new RangeError(`Cannot create a QLearning: learningRate must be in (0, 1], got ${first}`);
    }
    this.states = stateCount(observationSpace);
    this.actions = actionSpace.n;
    this.table = createTable(this.states, this.actions);
    this.#spaces = spaces;
    this.#firstAction = actionSpace.start;
    this.#gamma = gamma;
    this.#learningRate = learningRates;
    this.#epsilon = epsilon;
    this.#exploration = randomStream(seed, "exploration");
  }

  /** The probability of a random action at the next step. */
  get epsilon(): number {
    return this.#epsilon(this.#steps);
  }

  /** Number of updates made: one for each step. */
  get updates(): number {
    return this.#steps;
  }

  /**
   * Chooses an action: random with probability ε, else the one with the highest value, the first of equal ones.
   *
   * @param observation An element of the observation space.
   * @param options Whether to be greedy, and which actions are allowed.
   * @returns An element of the action space.
   * @throws {RangeError} If the observation is not in its space, or if the schedule of ε leaves [0, 1].
   * @throws {TypeError} If the mask does not have one element per action.
   */
  act(observation: DiscreteObservation, options: ActOptions = {}): number {
    const { greedy = false, actionMask } = options;
    const state = stateIndex(this.#spaces.observationSpace, observation);
    if (actionMask !== undefined) checkMask(actionMask, this.actions);
    if (greedy || this.#exploration.next() >= requireEpsilon(this.epsilon, this.#steps)) {
      return this.#firstAction + this.#best(state, actionMask);
    }
    const column = actionMask === undefined
      ? this.#exploration.nextIndex(this.actions)
      : allowedAction(actionMask, this.#exploration.nextIndex(countAllowed(actionMask)));
    return this.#firstAction + column;
  }

  /** The best action of a state, counted from 0; an all-zero mask allows every action. */
  #best(state: number, mask: Uint8Array | undefined): number {
    const row = state * this.actions;
    let best = -1;
    for (let a = 0; a < this.actions; a++) {
      if (mask !== undefined && mask[a] === 0) continue;
      if (best === -1 || this.table[row + a]! > this.table[row + best]!) best = a;
    }
    return best === -1 ? this.#best(state, undefined) : best;
  }

  /**
   * The value of each action.
   *
   * @param observation An element of the observation space.
   * @returns One value per action, in a fresh array.
   * @throws {RangeError} If the observation is not in its space.
   */
  qValues(observation: DiscreteObservation): Float32Array {
    const row = stateIndex(this.#spaces.observationSpace, observation) * this.actions;
    return this.table.slice(row, row + this.actions);
  }

  /**
   * Learns from one step.
   *
   * @param transition The step; no reference to it is kept.
   * @returns The squared TD error, and the action's value before the update; the object is reused at the next step.
   * @throws {RangeError} If an observation or the action is not in its space, the reward or the new value is not finite in float32,
   * or the schedule gives no valid learning rate; the table is then unchanged.
   * @throws {TypeError} If the next action mask does not have one element per action.
   */
  observe(transition: Transition<DiscreteObservation, number>): Readonly<LearningStatistics> {
    const { observation, action, reward, nextObservation, terminated, nextActionMask } = transition;
    const space = this.#spaces.observationSpace;
    const column = action - this.#firstAction;
    if (!(Number.isInteger(column) && column >= 0 && column < this.actions)) {
      const last = this.#firstAction + this.actions - 1;
      throw new RangeError(
        `Cannot observe: action must be a whole number from ${this.#firstAction} to ${last}, got ${action}`,
      );
    }
    requireReward(reward);
    if (nextActionMask !== undefined) checkMask(nextActionMask, this.actions);
    const at = stateIndex(space, observation) * this.actions + column;
    let target = reward;
    if (!terminated) {
      const next = stateIndex(space, nextObservation);
      const best = this.#best(next, nextActionMask);
      target += this.#gamma * this.table[next * this.actions + best]!;
    }
    const learningRate = this.#learningRate(this.#steps);
    if (!(learningRate >= 0 && learningRate <= 1)) {
      throw new RangeError(
        `Cannot observe: learningRate must be in [0, 1] at step ${this.#steps}, got ${learningRate}`,
      );
    }
    const value = this.table[at]!;
    const error = target - value;
    const moved = Math.fround(value + learningRate * error);
    if (!Number.isFinite(moved)) {
      throw new RangeError(
        `Cannot observe: every value must be finite in float32, got ${moved} for action ${action} in state ${observation}`,
      );
    }
    this.table[at] = moved;
    this.#steps++;
    this.#statistics.loss = error * error;
    this.#statistics.meanQ = value;
    return this.#statistics;
  }

  /**
   * The table as a tensor, like the parameters of a network.
   *
   * @returns One tensor, a copy.
   */
  tensors(): Tensor[] {
    return [{ name: "q_table", shape: [this.states, this.actions], data: this.table.slice() }];
  }

  /**
   * Copies in a table from {@linkcode QLearning.tensors}.
   *
   * @param tensors The one tensor.
   * @throws {TypeError} If it has another name or shape; nothing is changed then.
   * @throws {RangeError} If a value is not finite; nothing is changed then.
   */
  setTensors(tensors: readonly Tensor[]): void {
    const [tensor] = tensors;
    const expected = `q_table (${this.states}, ${this.actions})`;
    const isTable = tensors.length === 1 && `${tensor?.name} (${tensor?.shape.join(", ")})` === expected;
    if (tensor === undefined || !isTable || tensor.data.length !== this.table.length) {
      const got = tensors.map(({ name, shape }) => `${name} (${shape.join(", ")})`).join(", ");
      throw new TypeError(
        `Cannot set the table of a QLearning: it must be ${expected}, got ${got}`,
      );
    }
    checkTable("set the table of a QLearning", tensor.data);
    this.table.set(tensor.data);
  }

  /**
   * The whole state except the options.
   *
   * @returns Copies.
   */
  snapshot(): QLearningSnapshot {
    return {
      steps: this.#steps,
      table: this.table.slice(),
      exploration: this.#exploration.snapshot(),
    };
  }

  /**
   * Resumes from a snapshot: the agent continues as if it had never stopped.
   *
   * @param spaces As for the constructor.
   * @param options The options of the agent that gave the snapshot.
   * @param snapshot From {@linkcode QLearning.snapshot}.
   * @returns A new agent.
   * @throws {TypeError} If the table has another size.
   * @throws {RangeError} If an option or the counter is out of range, or a value of the table is not finite.
   */
  static from(spaces: QLearningSpaces, options: QLearningOptions, snapshot: QLearningSnapshot): QLearning {
    const agent = new QLearning(spaces, options);
    requireWhole("restore a QLearning", "steps", snapshot.steps, 0);
    if (snapshot.table.length !== agent.table.length) {
      throw new TypeError(
        `Cannot restore a QLearning: table must have ${agent.table.length} elements, got ${snapshot.table.length}`,
      );
    }
    checkTable("restore a QLearning", snapshot.table);
    agent.table.set(snapshot.table);
    agent.#exploration = Pcg32.from(snapshot.exploration);
    agent.#steps = snapshot.steps;
    return agent;
  }
}
