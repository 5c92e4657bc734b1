/**
 * A training loop that can be saved and resumed.
 *
 * @module
 */

import type { Action, Env, Observation } from "../envs/env.ts";
import { actionMaskOf } from "./_action_mask_of.ts";
import { ArrayWatch } from "./_array_watch.ts";
import { checkTrainOptions } from "./_check_train_options.ts";
import { EvaluationRounds } from "./_evaluation_rounds.ts";
import { OneReader } from "./_one_reader.ts";
import { requireFinite, requireFlags } from "./_check_step.ts";
import { requireWhole } from "./require_whole.ts";
import type { ActOptions, Agent } from "./agent.ts";
import type { TrainOptions } from "./train_options.ts";
import type { EpisodeRecord, StepRecord, TrainRecord } from "./training_records.ts";
import type { TrainingPhase, TrainingSnapshot } from "./training_snapshot.ts";

/**
 * The loop behind {@linkcode train}. A snapshot can be taken after any record; a loop restored from it
 * yields the records that would have come next.
 *
 * @typeParam O The type of an observation.
 * @typeParam A The type of an action.
 *
 * @example Stop after 100 steps, continue elsewhere
 * ```ts
 * import { Dqn, train, TrainingLoop } from "@bellman/dqn/agents";
 * import { makeEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const env = makeEnv("CartPole-v1");
 * const agent = new Dqn(env, { seed: 1 });
 * const loop = new TrainingLoop(env, agent, { seed: 1, steps: 200 });
 * for (const record of loop.records()) if (record.kind === "step" && record.step === 100) break;
 * const saved = { loop: loop.snapshot(), agent: agent.snapshot() };
 *
 * const otherEnv = makeEnv("CartPole-v1");
 * const otherAgent = Dqn.from(otherEnv, { seed: 1 }, saved.agent);
 * const steps: number[] = [];
 * for (const record of train(otherEnv, otherAgent, { seed: 1, steps: 200, resume: saved.loop })) {
 *   if (record.kind === "step") steps.push(record.step);
 * }
 * assertEquals([steps[0], steps.length], [101, 100]);
 * ```
 */
export class TrainingLoop<O extends Observation, A extends Action> {
  readonly #env: Env<O, A>;
  readonly #agent: Agent<O, A>;
  readonly #options: TrainOptions<O, A>;
  readonly #evaluations: EvaluationRounds<O, A>;
  readonly #reader = new OneReader();
  readonly #observationWatch = new ArrayWatch("observation");
  readonly #maskWatch = new ArrayWatch("info.actionMask");
  #step = 0;
  #episode = 0;
  #next: TrainingPhase = "step";
  #observation: O | undefined;
  #actionMask: Uint8Array | undefined;
  #terminated = false;
  #truncated = false;
  #episodeReturn = 0;
  #length = 0;
  #updates = 0;
  #lossSum = 0;
  #meanQSum = 0;

  /**
   * Prepares a loop. A new one resets the environment when the first record is requested; a resumed one restores it at once.
   *
   * @param env The training environment.
   * @param agent The agent that acts and learns.
   * @param options How long to train, how to evaluate, and the snapshot to resume from.
   * @throws {RangeError} If an option is out of range.
   * @throws {TypeError} If the evaluation's environment is the training one, wrapped or not, or the snapshot includes evaluations and there is
   * no environment for them.
   * @throws {Error} Whatever an environment throws when it cannot be restored.
   */
  constructor(env: Env<O, A>, agent: Agent<NoInfer<O>, A>, options: TrainOptions<NoInfer<O>, A> = {}) {
    checkTrainOptions([env], options);
    this.#env = env;
    this.#agent = agent;
    this.#options = options;
    this.#evaluations = new EvaluationRounds(options.evaluation, agent);
    if (options.resume !== undefined) this.#restore(options.resume);
  }

  #restore(snapshot: TrainingSnapshot<O>): void {
    for (const name of ["step", "episode", "length", "updates"] as const) {
      requireWhole("resume training", name, snapshot[name], name === "step" ? 1 : 0);
    }
    this.#evaluations.check(snapshot);
    for (const name of ["episodeReturn", "lossSum", "meanQSum"] as const) {
      if (Number.isFinite(snapshot[name])) continue;
      throw new RangeError(`Cannot resume training: ${name} must be finite, got ${snapshot[name]}`);
    }
    requireFinite(snapshot.observation, "the observation", snapshot.step);
    this.#env.restore(snapshot.env);
    this.#evaluations.restore(snapshot);
    this.#step = snapshot.step;
    this.#episode = snapshot.episode;
    this.#next = snapshot.next;
    this.#observation = structuredClone(snapshot.observation);
    this.#actionMask = snapshot.actionMask?.slice();
    this.#terminated = snapshot.terminated;
    this.#truncated = snapshot.truncated;
    this.#episodeReturn = snapshot.episodeReturn;
    this.#length = snapshot.length;
    this.#updates = snapshot.updates;
    this.#lossSum = snapshot.lossSum;
    this.#meanQSum = snapshot.meanQSum;
  }

  /**
   * The whole state except the agent's and the options.
   *
   * @returns Copies.
   * @throws {Error} If no record has been yielded yet.
   */
  snapshot(): TrainingSnapshot<O> {
    if (this.#observation === undefined) {
      throw new Error("Cannot take a snapshot of a TrainingLoop: it must have yielded a record, got none");
    }
    return {
      step: this.#step,
      episode: this.#episode,
      next: this.#next,
      observation: structuredClone(this.#observation),
      actionMask: this.#actionMask?.slice(),
      terminated: this.#terminated,
      truncated: this.#truncated,
      episodeReturn: this.#episodeReturn,
      length: this.#length,
      updates: this.#updates,
      lossSum: this.#lossSum,
      meanQSum: this.#meanQSum,
      env: this.#env.snapshot(),
      ...this.#evaluations.snapshot(),
    };
  }

  /**
   * Trains until the budget is used up.
   *
   * @returns A generator; nothing happens until it is asked for the next record. Call again only after it has ended or been
   * left, for example by `break`; the next generator continues from there.
   * @throws {RangeError} If an observation or a reward is not finite.
   * @throws {TypeError} If a flag of a step is neither true nor false.
   * @throws {Error} If the environment changes an observation or an action mask after returning it, checked in the first steps; or if
   * an earlier generator is still open.
   */
  *records(): Generator<TrainRecord<O, A>, void, undefined> {
    yield* this.#reader.read(() => this.#records());
  }

  *#records(): Generator<TrainRecord<O, A>, void, undefined> {
    const { seed = 0, steps = Infinity, episodes = Infinity } = this.#options;
    const agent = this.#agent;
    const acting: ActOptions = {};
    let record: StepRecord<O, A> | undefined;
    let observation = this.#observation ?? this.#reset(seed);
    while (true) {
      if (this.#next === "step") {
        if (this.#step >= steps || this.#episode >= episodes) return;
        const step = this.#step + 1;
        const actionMask = this.#actionMask;
        acting.actionMask = actionMask;
        const action = agent.act(observation, acting);
        const result = this.#env.step(action);
        const { observation: nextObservation, reward, terminated, truncated } = result;
        const nextActionMask = actionMaskOf(this.#env, result.info);
        requireFinite(nextObservation, "the observation", step);
        requireFinite(reward, "the reward", step);
        requireFlags("continue training", result);
        this.#observationWatch.see(nextObservation, step);
        this.#maskWatch.see(nextActionMask, step);
        if (record === undefined) {
          record = {
            kind: "step",
            step,
            observation,
            action,
            reward,
            nextObservation,
            terminated,
            truncated,
            actionMask,
            nextActionMask,
            learning: undefined,
          };
        } else {
          record.step = step;
          record.observation = observation;
          record.action = action;
          record.reward = reward;
          record.nextObservation = nextObservation;
          record.terminated = terminated;
          record.truncated = truncated;
          record.actionMask = actionMask;
          record.nextActionMask = nextActionMask;
        }
        const learning = agent.observe(record);
        record.learning = learning;
        if (learning !== undefined) {
          this.#updates++;
          this.#lossSum += learning.loss;
          this.#meanQSum += learning.meanQ;
        }
        this.#step = step;
        this.#observation = observation = nextObservation;
        this.#actionMask = nextActionMask;
        this.#terminated = terminated;
        this.#truncated = truncated;
        this.#episodeReturn += reward;
        this.#length++;
        this.#next = "episode";
        yield record;
      }
      const ended = this.#terminated || this.#truncated;
      if (this.#next === "episode") {
        this.#next = "evaluation";
        if (ended) yield this.#endEpisode();
      }
      if (this.#next === "evaluation") {
        if (this.#evaluations.isDue(this.#step)) {
          yield* this.#evaluations.records(this.#step, () => void (this.#next = "reset"));
        }
        this.#next = "reset";
      }
      if (ended) {
        // Skipped when the budget is used up, but done after resuming with a larger one.
        if (this.#step >= steps || this.#episode >= episodes) return;
        observation = this.#reset();
      }
      this.#next = "step";
    }
  }

  /** Starts an episode. */
  #reset(seed?: number): O {
    const { observation, info } = this.#env.reset(seed === undefined ? {} : { seed });
    this.#observation = observation;
    this.#actionMask = actionMaskOf(this.#env, info);
    requireFinite(observation, "the observation", this.#step);
    this.#observationWatch.see(observation, this.#step);
    this.#maskWatch.see(this.#actionMask, this.#step);
    return observation;
  }

  /** Records the episode that has ended, and resets the counts. */
  #endEpisode(): EpisodeRecord {
    this.#episode++;
    const updates = this.#updates;
    const record: EpisodeRecord = {
      kind: "episode",
      episode: this.#episode,
      step: this.#step,
      return: this.#episodeReturn,
      length: this.#length,
      terminated: this.#terminated,
      truncated: this.#truncated,
      epsilon: this.#agent.epsilon,
      loss: updates > 0 ? this.#lossSum / updates : undefined,
      meanQ: updates > 0 ? this.#meanQSum / updates : undefined,
    };
    this.#episodeReturn =
      this.#length =
      this.#updates =
      this.#lossSum =
      this.#meanQSum =
        0;
    return record;
  }
}
