/**
 * Agents that learn the values of FrozenLake's states.
 *
 * @module
 */

import { train, type TrainRecord, weightsHash } from "@bellman/dqn/agents";
import type { Env, Observation } from "@bellman/dqn/envs";
import type { RunAgent } from "../../scripts/run/agent_behaviour.ts";
import { behaviourOf } from "../../scripts/run/agent_behaviours.ts";
import { isTableEnv } from "../../scripts/run/env_kinds.ts";
import { makeRunEnv } from "../../scripts/run/run_env.ts";
import { readSettings } from "../../scripts/settings/read_settings.ts";
import type { Flags } from "./command_text.ts";
import { LAKE_ACTIONS, LAKE_STATES, type LakeStep } from "./lake_request.ts";

/** A run of `deno task train` on FrozenLake, step by step. */
export class LakeRun {
  readonly #env: Env;
  readonly #agent: RunAgent;
  readonly #records: Generator<TrainRecord, void, undefined>;
  #last: LakeStep | undefined;
  #reached = 0;

  /**
   * Prepares the run.
   *
   * @param flags Flags of the command, without dashes.
   * @throws {Error} If a flag is wrong, or the agent cannot learn there.
   */
  constructor(flags: Flags) {
    const settings = readSettings({ values: new Map(Object.entries(flags)), words: [] });
    this.#env = makeRunEnv(settings);
    const agent = behaviourOf(settings.agent).create(this.#env, settings);
    if (agent?.learner === undefined) {
      throw new TypeError(`Cannot watch ${settings.agent}: it must learn values, got an agent that does not`);
    }
    this.#agent = agent;
    const { seed, steps, episodes } = settings;
    const budget = { seed, steps: steps ?? Infinity, episodes: episodes ?? Infinity };
    this.#records = train(this.#env, agent.agent, budget);
  }

  /** Makes a step; whether there was one left. */
  step(): boolean {
    for (const record of this.#untilStep()) {
      const state = stateOf(record.observation);
      const next = stateOf(record.nextObservation);
      this.#last = {
        state,
        action: Number(record.action),
        next,
        ended: record.terminated || record.truncated,
      };
      if (record.reward > 0) this.#reached++;
      return true;
    }
    return false;
  }

  *#untilStep() {
    while (true) {
      const { value: record, done } = this.#records.next();
      if (done === true) return;
      if (record.kind === "step") yield record;
    }
  }

  /** The last step; undefined before the first. */
  get last(): LakeStep | undefined {
    return this.#last;
  }

  /** How often the goal was reached. */
  get reached(): number {
    return this.#reached;
  }

  /** The value of each action in each state: four numbers a state. */
  table(): Float32Array {
    const values = new Float32Array(LAKE_STATES * LAKE_ACTIONS);
    for (let state = 0; state < LAKE_STATES; state++) {
      values.set(this.#agent.agent.qValues!(this.#observationOf(state)), state * LAKE_ACTIONS);
    }
    return values;
  }

  /** A state as the agent observes it: its number, or as many zeros with a one in its place. */
  #observationOf(state: number): Observation {
    if (isTableEnv(this.#env)) return state;
    const observation = new Float32Array(LAKE_STATES);
    observation[state] = 1;
    return observation;
  }

  /** The fingerprint of the table or the network, as `deno task train` prints it. */
  get weights(): string {
    return weightsHash(this.#agent.learner!.learned);
  }
}

/** The number of an observed state. */
function stateOf(observation: Observation): number {
  return typeof observation === "number"
    ? observation
    : observation.findIndex((value: number) => value === 1);
}
