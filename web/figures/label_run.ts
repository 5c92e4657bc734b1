/**
 * The label of one transition while a network learns.
 *
 * @module
 */

import { bootstrapDiscounts, Dqn, tdTargets, train, type Transition, weightsHash } from "@bellman/dqn/agents";
import type { DiscreteAction } from "@bellman/dqn/envs";
import { dqnOptions } from "../../scripts/run/dqn_options.ts";
import { isVectorEnv } from "../../scripts/run/env_kinds.ts";
import { makeRunEnv } from "../../scripts/run/run_env.ts";
import { readSettings } from "../../scripts/settings/read_settings.ts";
import type { Flags } from "./command_text.ts";

/** A label and the value that it is for. */
export interface Label {
  /** r + γ max Q(s′, ·; θ′), by the target network. */
  readonly label: number;
  /** Q(s, a; θ), by the online network. */
  readonly value: number;
}

/** A run of `deno task train`, which after each step tells the label of its first transition. */
export class LabelRun {
  readonly #agent: Dqn<DiscreteAction>;
  /** Has the target network's weights whenever it is asked. */
  readonly #probe: Dqn<DiscreteAction>;
  readonly #labels: Generator<Label, void, undefined>;

  /**
   * Prepares the run.
   *
   * @param flags Flags of the command, without dashes.
   * @throws {Error} If a flag is wrong, or the environment does not fit.
   */
  constructor(flags: Flags) {
    const settings = readSettings({ values: new Map(Object.entries(flags)), words: [] });
    const env = makeRunEnv(settings);
    if (!isVectorEnv(env)) {
      throw new TypeError(`Cannot watch ${settings.env}: its observations must be vectors`);
    }
    const options = dqnOptions(settings);
    this.#agent = new Dqn(env, options);
    this.#probe = new Dqn(env, options);
    const { seed, gamma, steps, episodes } = settings;
    const records = train(env, this.#agent, {
      seed,
      steps: steps ?? Infinity,
      episodes: episodes ?? Infinity,
    });
    this.#labels = this.#watch(records, gamma);
  }

  *#watch(
    records: ReturnType<typeof train<Float32Array, DiscreteAction>>,
    gamma: number,
  ): Generator<Label, void, undefined> {
    let first: Transition<Float32Array, DiscreteAction> | undefined;
    for (const record of records) {
      if (record.kind !== "step") continue;
      first ??= { ...record };
      yield this.#labelOf(first, gamma);
    }
  }

  #labelOf(
    { observation, action, reward, nextObservation, terminated }: Transition<Float32Array, DiscreteAction>,
    gamma: number,
  ): Label {
    this.#probe.onlineNetwork.parameters.set(this.#agent.targetNetwork.parameters);
    const next = Math.max(...this.#probe.qValues(nextObservation));
    const [discounts, targets] = [new Float32Array(1), new Float32Array(1)];
    bootstrapDiscounts(new Uint8Array([terminated ? 1 : 0]), new Uint16Array([1]), gamma, discounts);
    tdTargets(new Float32Array([reward]), discounts, new Float32Array([next]), targets);
    return { label: targets[0]!, value: this.#agent.qValues(observation)[Number(action)]! };
  }

  /** Makes at most so many steps; none once the run has ended. */
  *advance(steps: number): Generator<Label, void, undefined> {
    for (let i = 0; i < steps; i++) {
      const { value, done } = this.#labels.next();
      if (done === true) return;
      yield value;
    }
  }

  /** The fingerprint of the online network, as `deno task train` prints it. */
  get weights(): string {
    return weightsHash(this.#agent.onlineNetwork);
  }
}
