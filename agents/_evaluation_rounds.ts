import type { Action, EnvSnapshot, Observation } from "../envs/env.ts";
import { playEpisode } from "./_play_episode.ts";
import type { Agent } from "./agent.ts";
import { summarizeReturns } from "./evaluate.ts";
import type { TrainEvaluationOptions } from "./train_options.ts";
import type { EvaluationEpisodeRecord, EvaluationRecord } from "./training_records.ts";

/** The evaluations' part of a training snapshot. */
export interface EvaluationRoundsSnapshot {
  /** The environment of evaluations; undefined before the first evaluation. */
  evaluationEnv: EnvSnapshot | undefined;
  /** Returns of the current evaluation; empty otherwise. */
  evaluationReturns: number[];
}

/** The evaluations of a training loop, which can be interrupted and resumed between any two episodes. */
export class EvaluationRounds<O extends Observation, A extends Action> {
  readonly #options: TrainEvaluationOptions<O, A> | undefined;
  readonly #agent: Pick<Agent<O, A>, "act">;
  #hasEvaluated = false;
  #returns: number[] = [];

  /** `options` is undefined without evaluations. */
  constructor(options: TrainEvaluationOptions<O, A> | undefined, agent: Pick<Agent<O, A>, "act">) {
    this.#options = options;
    this.#agent = agent;
  }

  /** Whether an evaluation is due after so many environment steps. */
  isDue(step: number): boolean {
    return this.#options !== undefined && step % this.#options.interval === 0;
  }

  /** Evaluates, or continues an evaluation; `end` is called before the last record is yielded. */
  *records(
    step: number,
    end: () => void,
  ): Generator<EvaluationEpisodeRecord | EvaluationRecord, void, undefined> {
    const options = this.#options;
    if (options === undefined) return;
    this.#hasEvaluated = true;
    while (this.#returns.length < options.episodes) {
      const seed = this.#returns.length === 0 ? options.seed : undefined;
      const value = playEpisode(options.env, this.#agent, seed);
      this.#returns.push(value);
      yield { kind: "evaluation episode", step, return: value };
    }
    const returns = this.#returns;
    this.#returns = [];
    end();
    yield { kind: "evaluation", step, evaluation: summarizeReturns(returns) };
  }

  /** The state, in copies. */
  snapshot(): EvaluationRoundsSnapshot {
    return {
      evaluationEnv: this.#hasEvaluated ? this.#options?.env.snapshot() : undefined,
      evaluationReturns: [...this.#returns],
    };
  }

  /** Throws if a snapshot does not fit, before anything is changed. */
  check({ evaluationEnv, evaluationReturns }: EvaluationRoundsSnapshot): void {
    if (evaluationEnv !== undefined && this.#options === undefined) {
      throw new TypeError("Cannot resume training: evaluation must be as in the snapshot, got none");
    }
    const odd = evaluationReturns.find((value) => !Number.isFinite(value));
    if (odd === undefined) return;
    throw new RangeError(`Cannot resume training: evaluationReturns must be finite, got ${odd}`);
  }

  /** Restores a checked snapshot. */
  restore({ evaluationEnv, evaluationReturns }: EvaluationRoundsSnapshot): void {
    if (evaluationEnv !== undefined) this.#options?.env.restore(evaluationEnv);
    this.#hasEvaluated = evaluationEnv !== undefined;
    this.#returns = [...evaluationReturns];
  }
}
