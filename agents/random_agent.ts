/**
 * The agent to compare with.
 *
 * @module
 */

import type { Action, Env, Observation } from "../envs/env.ts";
import type { Space } from "../envs/space.ts";
import type { Agent } from "./agent.ts";
import { randomStream } from "./random_stream.ts";

/** Options of {@linkcode RandomAgent}. */
export interface RandomAgentOptions {
  /**
   * The root seed, a whole number from 0.
   *
   * @default {0}
   */
  seed?: number;
}

/**
 * Draws every action from the action space and never learns.
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
 * assert(env.actionSpace.contains(agent.act()));
 * ```
 */
export class RandomAgent<O extends Observation = Observation, A extends Action = Action>
  implements Agent<O, A> {
  readonly #actionSpace: Space<A>;

  /**
   * Seeds the environment's action space from the stream named `exploration`.
   *
   * @param env Gives the action space.
   * @param options The seed.
   */
  constructor(env: Pick<Env<O, A>, "actionSpace">, options: RandomAgentOptions = {}) {
    this.#actionSpace = env.actionSpace;
    this.#actionSpace.seed(randomStream(options.seed ?? 0, "exploration").nextUint32());
  }

  /** Draws an action, whatever is seen. */
  act(): A {
    return this.#actionSpace.sample();
  }

  /** Learns nothing. */
  observe(): undefined {
    return undefined;
  }
}
