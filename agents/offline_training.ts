/**
 * Learning from recorded transitions, without an environment.
 *
 * @module
 */

import type { Action, Observation } from "../envs/env.ts";
import { checkTrainOptions } from "./_check_train_options.ts";
import { EvaluationRounds } from "./_evaluation_rounds.ts";
import { OneReader } from "./_one_reader.ts";
import { requireWhole } from "./require_whole.ts";
import type { Agent, LearningStatistics } from "./agent.ts";
import type { OfflineSnapshot } from "./offline_snapshot.ts";
import type { TrainEvaluationOptions } from "./train_options.ts";
import type { EvaluationEpisodeRecord, EvaluationRecord } from "./training_records.ts";

/** An agent that can learn from what it has stored, such as `Dqn`. */
export interface OfflineAgent<O extends Observation = Observation, A extends Action = Action>
  extends Pick<Agent<O, A>, "act"> {
  /**
   * A step of learning.
   *
   * @returns The measurements of the last gradient step, if one was made; the object is reused at the next step.
   */
  learn(): Readonly<LearningStatistics> | undefined;
}

/** Options of {@linkcode OfflineTraining}. */
export interface OfflineOptions<O extends Observation = Observation, A extends Action = Action> {
  /**
   * The number of steps, a whole number from 1.
   *
   * @default {Infinity}
   */
  steps?: number | undefined;
  /**
   * Evaluates the policy at intervals, the only time that an environment is stepped.
   *
   * @default {undefined}
   */
  evaluation?: TrainEvaluationOptions<O, A> | undefined;
  /**
   * Resumes from a snapshot; the other options must be as before, only the number of steps may be larger. Restore the agent, too.
   *
   * @default {undefined}
   */
  resume?: OfflineSnapshot | undefined;
}

/** A step of learning was made. The object is reused at the next step. */
export interface OfflineStepRecord {
  /** The kind of record. */
  kind: "offline step";
  /** Steps made so far, this one included. */
  step: number;
  /** The measurements of the agent's last gradient step, if this step made one. */
  learning: Readonly<LearningStatistics> | undefined;
}

/** A record that {@linkcode OfflineTraining} yields. */
export type OfflineRecord = OfflineStepRecord | EvaluationEpisodeRecord | EvaluationRecord;

/**
 * Trains an agent on the transitions that it has stored, without an environment. What is learned is only as good as the data: the
 * values of actions that it lacks are extrapolated, and nothing corrects them (Levine et al. 2020, section 4).
 *
 * A snapshot can be taken after any record; training restored from it yields the records that would have come next.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 *
 * @example Learn from what another agent has seen
 * ```ts
 * import { Dqn, OfflineTraining, replayTransitions, train } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const teacher = new Dqn(env, { seed: 0 });
 * for (const _ of train(env, teacher, { seed: 0, steps: 500 }));
 *
 * const agent = new Dqn(env, { seed: 1, batchSize: 32 });
 * for (const { action, ...rest } of replayTransitions(teacher.replayBuffer.rows())) {
 *   if (typeof action === "number") agent.store({ ...rest, action });
 * }
 * for (const record of new OfflineTraining(agent, { steps: 200 }).records()) {
 *   if (record.kind === "offline step" && record.step % 100 === 0) console.log(record.learning?.loss);
 * }
 * assertEquals(agent.gradientSteps, 200);
 * ```
 */
export class OfflineTraining<O extends Observation, A extends Action> {
  readonly #agent: OfflineAgent<O, A>;
  readonly #steps: number;
  readonly #evaluations: EvaluationRounds<O, A>;
  readonly #reader = new OneReader();
  #step = 0;
  #next: OfflineSnapshot["next"] = "step";

  /**
   * Prepares the training.
   *
   * @param agent The agent, with stored transitions.
   * @param options How long to train, how to evaluate, and the snapshot to resume from.
   * @throws {RangeError} If an option is out of range.
   * @throws {TypeError} If the snapshot includes evaluations and there is no environment for them.
   */
  constructor(agent: OfflineAgent<O, A>, options: OfflineOptions<O, A> = {}) {
    const { steps = Infinity, evaluation, resume } = options;
    checkTrainOptions([], { steps, evaluation });
    this.#agent = agent;
    this.#steps = steps;
    this.#evaluations = new EvaluationRounds(evaluation, agent);
    if (resume === undefined) return;
    requireWhole("resume training", "step", resume.step, 1);
    this.#evaluations.check(resume);
    this.#evaluations.restore(resume);
    this.#step = resume.step;
    this.#next = resume.next;
  }

  /**
   * The whole state except the agent's and the options.
   *
   * @returns Copies.
   */
  snapshot(): OfflineSnapshot {
    return { step: this.#step, next: this.#next, ...this.#evaluations.snapshot() };
  }

  /**
   * Trains until the steps are made.
   *
   * @returns A generator; nothing happens until it is asked for the next record. Call again only after it has ended or been left.
   * @throws {RangeError} If the agent cannot learn on.
   * @throws {Error} If an earlier generator is still open.
   */
  *records(): Generator<OfflineRecord, void, undefined> {
    yield* this.#reader.read(() => this.#records());
  }

  *#records(): Generator<OfflineRecord, void, undefined> {
    const record: OfflineStepRecord = { kind: "offline step", step: 0, learning: undefined };
    while (true) {
      if (this.#next === "step") {
        if (this.#step >= this.#steps) return;
        record.learning = this.#agent.learn();
        record.step = ++this.#step;
        this.#next = "evaluation";
        yield record;
      }
      if (this.#evaluations.isDue(this.#step)) {
        yield* this.#evaluations.records(this.#step, () => void (this.#next = "step"));
      }
      this.#next = "step";
    }
  }
}
