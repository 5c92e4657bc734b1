/**
 * The agent to compare with.
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
  /** Which of the two is in the action space. */
  isGreedy: boolean;
}

/**
 * Draws every action from the action space and never learns. Greedy actions are drawn from a stream of their own, so that
 * evaluating it changes nothing of what it does otherwise.
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
  /** The stream that is not in the action space now: of greedy actions, or of the others. */
  #otherStream: ReturnType<Space<A>["snapshot"]>;
  #isGreedy = false;

  /**
   * Seeds the environment's action space: the agent draws through it.
   *
   * @param env Gives the action space.
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
   * Draws an action, whatever is seen: with a mask one of those allowed.
   *
   * @param _observation Not looked at.
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
   * Continues from a snapshot: the agent continues as if it had never stopped.
   *
   * @typeParam O The type of an observation.
   * @typeParam A The type of an action.
   * @param env As for the constructor; one that is restored, too, must be so from the same moment, since its action space is
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
    // Once through the space: it refuses what is no stream of its kind.
    env.actionSpace.restore(other);
    agent.#otherStream = env.actionSpace.snapshot();
    env.actionSpace.restore(own);
    agent.#isGreedy = isGreedy;
    return agent;
  }
}
