/**
 * The random agent, a baseline.
 *
 * @module
 */

import type { Action, Env, Observation } from "../envs/env.ts";
import type { Space, SpaceSnapshot } from "../envs/spaces/space.ts";
import type { ActOptions, Agent } from "./agent.ts";
import { randomStream } from "./random_stream.ts";
import { requireKnown } from "./require_known.ts";

/** Options of {@linkcode RandomAgent}. */
export interface RandomAgentOptions {
  /**
   * The root seed, a whole number from 0.
   *
   * @default {0}
   */
  seed?: number;
}

/** The state of a {@linkcode RandomAgent}. */
export interface RandomAgentSnapshot {
  /** The stream of actions. */
  exploration: SpaceSnapshot;
  /** The stream of greedy actions. */
  greedyExploration: SpaceSnapshot;
  /** Which of the two streams the action space holds. */
  isGreedy: boolean;
}

/**
 * Draws every action from the action space and never learns. Greedy actions come from a separate stream, so that
 * evaluations do not change its other actions.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 *
 * @example Usage
 * ```ts
 * import { RandomAgent } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assert } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const agent = new RandomAgent(env, { seed: 7 });
 * const { observation } = env.reset();
 * assert(env.actionSpace.contains(agent.act(observation)));
 * ```
 */
export class RandomAgent<O extends Observation = Observation, A extends Action = Action>
  implements Agent<O, A> {
  readonly #actionSpace: Space<A>;
  /** The stream that the action space does not hold now: that of the greedy actions, or that of the others. */
  #otherStream: ReturnType<Space<A>["snapshot"]>;
  #isGreedy = false;

  /**
   * Seeds the environment's action space, through which the agent draws.
   *
   * @param env The environment that owns the action space.
   * @param options The seed.
   * @throws {TypeError} If an option is unknown.
   */
  constructor(env: Pick<Env<O, A>, "actionSpace">, options: RandomAgentOptions = {}) {
    requireKnown("create a RandomAgent", "RandomAgentOptions", options, ["seed"]);
    const { seed = 0 } = options;
    this.#actionSpace = env.actionSpace;
    this.#actionSpace.seed(randomStream(seed, "greedy exploration").nextUint32());
    this.#otherStream = this.#actionSpace.snapshot();
    this.#actionSpace.seed(randomStream(seed, "exploration").nextUint32());
  }

  /**
   * Draws an action, with a mask an allowed one. The observation is ignored.
   *
   * @param _observation Ignored.
   * @param options Which of the two streams to draw from, and which actions are allowed.
   * @returns An element of the action space.
   */
  act(_observation: O, options: ActOptions = {}): A {
    const isGreedy = options.greedy === true;
    if (isGreedy !== this.#isGreedy) {
      const stream = this.#actionSpace.snapshot();
      this.#actionSpace.restore(this.#otherStream);
      this.#otherStream = stream;
      this.#isGreedy = isGreedy;
    }
    return this.#actionSpace.sample(options.actionMask);
  }

  /** Learns nothing. */
  observe(): undefined {
    return undefined;
  }

  /**
   * The whole state.
   *
   * @returns Plain values that survive JSON.
   */
  snapshot(): RandomAgentSnapshot {
    const isGreedy = this.#isGreedy;
    const [exploration, greedyExploration] = isGreedy
      ? [this.#otherStream, this.#actionSpace.snapshot()]
      : [this.#actionSpace.snapshot(), this.#otherStream];
    return { exploration, greedyExploration, isGreedy };
  }

  /**
   * Resumes from a snapshot: the agent continues as if it had never stopped.
   *
   * @typeParam O The type of an observation.
   * @typeParam A The type of an action.
   * @param env As for the constructor. If it is restored, too, its snapshot must be of the same moment, since its action space is
   * part of both.
   * @param snapshot From {@linkcode RandomAgent.snapshot}.
   * @returns A new agent.
   * @throws {TypeError | RangeError} If the snapshot does not fit the action space.
   */
  static from<O extends Observation, A extends Action>(
    env: Pick<Env<O, A>, "actionSpace">,
    snapshot: RandomAgentSnapshot,
  ): RandomAgent<O, A> {
    const agent = new RandomAgent(env);
    const { exploration, greedyExploration, isGreedy } = snapshot;
    const [own, other] = isGreedy ? [greedyExploration, exploration] : [exploration, greedyExploration];
    // The space itself refuses a stream of another kind.
    env.actionSpace.restore(other);
    agent.#otherStream = env.actionSpace.snapshot();
    env.actionSpace.restore(own);
    agent.#isGreedy = isGreedy;
    return agent;
  }
}
