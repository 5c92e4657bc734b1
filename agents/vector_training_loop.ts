/**
 * The training loop over many environments.
 *
 * @module
 */

import type { DiscreteAction } from "../envs/env.ts";
import type { BoxArray } from "../envs/spaces/box_dtype.ts";
import type { VectorEnv } from "../envs/vector_env.ts";
import { ActionRows } from "./action_rows.ts";
import { checkTrainOptions } from "./_check_train_options.ts";
import { EvaluationRounds } from "./_evaluation_rounds.ts";
import { OneReader } from "./_one_reader.ts";
import { requireFinite } from "./_check_step.ts";
import { requireWhole } from "./require_whole.ts";
import type { VectorTrainOptions } from "./train_options.ts";
import type { EpisodeRecord, StepRecord, TrainRecord } from "./training_records.ts";
import type { TrainingPhase } from "./training_snapshot.ts";
import type { VectorAgent } from "./vector_agent.ts";
import type { VectorTrainingSnapshot } from "./vector_training_snapshot.ts";

/** The lists of the state with one element per copy. */
const PER_COPY = [
  "rewards",
  "terminated",
  "truncated",
  "episodeReturns",
  "lengths",
  "updates",
  "lossSums",
  "meanQSums",
] as const;

/** All lists of the state. */
const LISTS = ["observations", "nextObservations", "actions", ...PER_COPY] as const;

type Columns = Pick<VectorTrainingSnapshot, typeof LISTS[number]>;

/**
 * The loop behind {@linkcode train} over a `VectorEnv`. A snapshot can be taken after any record.
 *
 * A turn takes one step in every copy: the agent chooses all actions at once, all copies step, then the agent observes the steps
 * one by one, copy 0 first. Each counts as one environment step. Anything due after a number of environment steps
 * (an update, a target network update, an evaluation, the end of the budget) happens after the step that completes the number,
 * as often as its multiples are crossed. With 8 copies and an update every 3 steps, the first turn makes two, after the steps of
 * copies 2 and 5, and the second three, after copies 0, 3 and 6. Actions were chosen before the updates of their own turn. With
 * one copy, the bits are those of {@linkcode TrainingLoop}.
 *
 * An episode's `loss` and `meanQ` are means over the updates made while it was played, whichever copy they followed.
 *
 * @typeParam A The type of an action: a number, or an Int32Array for a `MultiDiscrete` space, a fresh one for each step.
 *
 * @example Stop within a turn, continue elsewhere
 * ```ts
 * import { Dqn, train, VectorTrainingLoop } from "@bellman/dqn/agents";
 * import { makeEnv, VectorEnv } from "@bellman/dqn/envs";
 * import { assertEquals } from "@std/assert";
 *
 * const make = () => new VectorEnv(() => makeEnv("CartPole-v1"), 4);
 * const [envs, others] = [make(), make()];
 * const agent = new Dqn(envs, { seed: 1 });
 * const loop = new VectorTrainingLoop(envs, agent, { seed: 1, steps: 200 });
 * for (const record of loop.records()) if (record.kind === "step" && record.step === 102) break;
 * const saved = { loop: loop.snapshot(), agent: agent.snapshot() };
 *
 * const steps: number[] = [];
 * const other = Dqn.from(others, { seed: 1 }, saved.agent);
 * for (const record of train(others, other, { seed: 1, steps: 200, resume: saved.loop })) {
 *   if (record.kind === "step") steps.push(record.step);
 * }
 * assertEquals([steps[0], steps.length], [103, 98]);
 * ```
 */
export class VectorTrainingLoop<A extends DiscreteAction = number> {
  readonly #envs: VectorEnv<BoxArray, A>;
  readonly #agent: VectorAgent<A>;
  readonly #options: VectorTrainOptions<A>;
  readonly #actions: ActionRows<A>;
  readonly #evaluations: EvaluationRounds<BoxArray, A>;
  readonly #reader = new OneReader();
  readonly #columns: Columns;
  readonly #rows: readonly BoxArray[];
  readonly #nextRows: readonly BoxArray[];
  /** The action masks before and after a turn, if there are any. */
  readonly #masks: { readonly before: Uint8Array; readonly after: Uint8Array } | undefined;
  #step = 0;
  #episode = 0;
  #next: TrainingPhase = "step";
  /** The copy whose step comes next, or was last. */
  #copy: number;
  #hasStarted = false;

  /**
   * Prepares a loop. A new one resets the environments when the first record is requested; a resumed one restores them at once.
   *
   * @param envs The training environments.
   * @param agent The agent that acts and learns.
   * @param options How long to train, how to evaluate, and the snapshot to resume from.
   * @throws {RangeError} If an option is out of range.
   * @throws {TypeError} If the agent is for another number of copies, the evaluation's environment is one of the copies, or the
   * snapshot is of another loop.
   * @throws {Error} Whatever an environment throws when it cannot be restored.
   */
  constructor(
    envs: VectorEnv<BoxArray, A>,
    agent: VectorAgent<A>,
    options: VectorTrainOptions<A> = {},
  ) {
    checkTrainOptions(envs.envs, options);
    if (agent.copies !== envs.count) {
      throw new TypeError(
        `Cannot train: the agent must be for ${envs.count} copies, as the VectorEnv has, got one for ${agent.copies}`,
      );
    }
    const { count, observationLength: length } = envs;
    this.#envs = envs;
    this.#agent = agent;
    this.#options = options;
    this.#actions = new ActionRows(envs.actionSpace, "a VectorTrainingLoop");
    this.#evaluations = new EvaluationRounds(options.evaluation, agent);
    this.#copy = count;
    this.#columns = {
      observations: envs.observations.slice().fill(0),
      actions: new Int32Array(count * this.#actions.width),
      rewards: new Float64Array(count),
      nextObservations: envs.observations.slice().fill(0),
      terminated: new Uint8Array(count),
      truncated: new Uint8Array(count),
      episodeReturns: new Float64Array(count),
      lengths: new Float64Array(count),
      updates: new Float64Array(count),
      lossSums: new Float64Array(count),
      meanQSums: new Float64Array(count),
    };
    const rowsOf = (data: BoxArray) =>
      Array.from({ length: count }, (_, i) => data.subarray(i * length, (i + 1) * length));
    this.#rows = rowsOf(this.#columns.observations);
    this.#nextRows = rowsOf(this.#columns.nextObservations);
    this.#masks = envs.offersActionMask
      ? { before: envs.actionMasks.slice(), after: envs.actionMasks.slice() }
      : undefined;
    if (options.resume !== undefined) this.#restore(options.resume);
  }

  #restore(snapshot: VectorTrainingSnapshot): void {
    const { count } = this.#envs;
    requireWhole("resume training", "step", snapshot.step, 1);
    requireWhole("resume training", "episode", snapshot.episode, 0);
    requireWhole("resume training", "copy", snapshot.copy, 0);
    // Only the next turn can follow the last copy.
    const most = snapshot.next === "step" ? count : count - 1;
    if (snapshot.copy > most) {
      throw new RangeError(`Cannot resume training: copy must be at most ${most}, got ${snapshot.copy}`);
    }
    for (const name of LISTS) {
      const expected = this.#columns[name].length;
      if (snapshot[name].length !== expected) {
        throw new TypeError(
          `Cannot resume training: ${name} must have ${expected} elements, got ${snapshot[name].length}`,
        );
      }
      const isBytes = snapshot[name] instanceof Uint8Array;
      if (isBytes !== this.#columns[name] instanceof Uint8Array) {
        throw new TypeError(
          `Cannot resume training: ${name} must be of ${
            isBytes ? "float32, got uint8" : "uint8, got float32"
          }`,
        );
      }
      const odd = snapshot[name].findIndex((value) => !Number.isFinite(value));
      if (odd === -1) continue;
      throw new RangeError(
        `Cannot resume training: ${name} must be finite, got ${snapshot[name][odd]} at index ${odd}`,
      );
    }
    const { actionMasks: before, nextActionMasks: after } = snapshot;
    for (const [name, masks] of Object.entries({ actionMasks: before, nextActionMasks: after })) {
      const expected = this.#masks?.before.length;
      if (masks?.length === expected) continue;
      throw new TypeError(
        `Cannot resume training: ${name} must have ${expected ?? "no"} elements, got ${
          masks?.length ?? "none"
        }`,
      );
    }
    this.#evaluations.check(snapshot);
    this.#envs.restore(snapshot.envs);
    this.#evaluations.restore(snapshot);
    for (const name of LISTS) {
      this.#columns[name].set(snapshot[name]);
    }
    if (this.#masks !== undefined && before !== undefined && after !== undefined) {
      this.#masks.before.set(before);
      this.#masks.after.set(after);
    }
    this.#step = snapshot.step;
    this.#episode = snapshot.episode;
    this.#next = snapshot.next;
    this.#copy = snapshot.copy;
    this.#hasStarted = true;
  }

  /**
   * The whole state except the agent's and the options.
   *
   * @returns Copies.
   * @throws {Error} If no record has been yielded yet.
   */
  snapshot(): VectorTrainingSnapshot {
    if (this.#step === 0) {
      throw new Error(
        "Cannot take a snapshot of a VectorTrainingLoop: it must have yielded a record, got none",
      );
    }
    const columns = structuredClone(this.#columns);
    return {
      step: this.#step,
      episode: this.#episode,
      next: this.#next,
      copy: this.#copy,
      ...columns,
      ...(this.#masks === undefined ? {} : {
        actionMasks: this.#masks.before.slice(),
        nextActionMasks: this.#masks.after.slice(),
      }),
      envs: this.#envs.snapshot(),
      ...this.#evaluations.snapshot(),
    };
  }

  /**
   * Trains until the budget is used up. Observations of step records are views that the next turn overwrites.
   *
   * @returns A generator; nothing happens until it is asked for the next record. Call again only after it has ended or been
   * left, for example by `break`; the next generator continues from there.
   * @throws {RangeError} If an observation or a reward is not finite.
   * @throws {Error} If an earlier generator is still open.
   */
  *records(): Generator<TrainRecord<BoxArray, A>, void, undefined> {
    yield* this.#reader.read(() => this.#records());
  }

  *#records(): Generator<TrainRecord<BoxArray, A>, void, undefined> {
    const { seed = 0, steps = Infinity, episodes = Infinity } = this.#options;
    const columns = this.#columns;
    if (!this.#hasStarted) {
      this.#envs.reset({ seed });
      this.#hasStarted = true;
    }
    let record: StepRecord<BoxArray, A> | undefined;
    while (true) {
      if (this.#next === "step") {
        if (this.#step >= steps || this.#episode >= episodes) return;
        if (this.#copy === this.#envs.count) this.#takeTurn();
        const copy = this.#copy;
        if (record === undefined) record = this.#stepOf(copy);
        else {
          record.step = this.#step + 1;
          record.copy = copy;
          record.observation = this.#rows[copy]!;
          record.action = this.#actions.read(columns.actions, copy);
          record.reward = columns.rewards[copy]!;
          record.nextObservation = this.#nextRows[copy]!;
          record.terminated = columns.terminated[copy] === 1;
          record.truncated = columns.truncated[copy] === 1;
          record.actionMask = this.#maskOf(this.#masks?.before, copy);
          record.nextActionMask = this.#maskOf(this.#masks?.after, copy);
        }
        record.learning = this.#agent.observe(record, copy);
        if (record.learning !== undefined) this.#count(record.learning.loss, record.learning.meanQ);
        this.#step++;
        columns.episodeReturns[copy]! += record.reward;
        columns.lengths[copy]!++;
        this.#next = "episode";
        yield record;
      }
      const copy = this.#copy;
      if (this.#next === "episode") {
        this.#next = "evaluation";
        if (columns.terminated[copy] === 1 || columns.truncated[copy] === 1) yield this.#endEpisode(copy);
      }
      if (this.#next === "evaluation" && this.#evaluations.isDue(this.#step)) {
        yield* this.#evaluations.records(this.#step, () => void (this.#next = "reset"));
      }
      this.#copy++;
      this.#next = "step";
    }
  }

  /** A copy's mask among those of all copies; undefined without action masks. */
  #maskOf(masks: Uint8Array | undefined, copy: number): Uint8Array | undefined {
    if (masks === undefined || this.#masks === undefined) return undefined;
    const length = masks.length / this.#envs.count;
    return masks.subarray(copy * length, (copy + 1) * length);
  }

  /** The step that a copy has taken in this turn. */
  #stepOf(copy: number): StepRecord<BoxArray, A> {
    const { actions, rewards, terminated, truncated } = this.#columns;
    return {
      kind: "step",
      step: this.#step + 1,
      copy,
      observation: this.#rows[copy]!,
      action: this.#actions.read(actions, copy),
      reward: rewards[copy]!,
      nextObservation: this.#nextRows[copy]!,
      terminated: terminated[copy] === 1,
      truncated: truncated[copy] === 1,
      actionMask: this.#maskOf(this.#masks?.before, copy),
      nextActionMask: this.#maskOf(this.#masks?.after, copy),
      learning: undefined,
    };
  }

  /** Acts in every copy, and keeps the results until they have been observed. */
  #takeTurn(): void {
    const envs = this.#envs;
    const columns = this.#columns;
    columns.observations.set(envs.observations);
    requireFinite(columns.observations, "an observation", this.#step);
    const masks = this.#masks;
    masks?.before.set(envs.actionMasks);
    this.#agent.actMany(columns.observations, columns.actions, masks?.before);
    envs.step(columns.actions);
    masks?.after.set(envs.actionMasks);
    columns.rewards.set(envs.rewards);
    columns.terminated.set(envs.terminated);
    columns.truncated.set(envs.truncated);
    columns.nextObservations.set(envs.observations);
    const length = envs.observationLength;
    for (let i = 0; i < envs.count; i++) {
      if (columns.terminated[i] === 0 && columns.truncated[i] === 0) continue;
      this.#nextRows[i]!.set(envs.finalObservations.subarray(i * length, (i + 1) * length));
      const final = this.#maskOf(envs.finalActionMasks, i);
      if (final !== undefined) this.#maskOf(masks?.after, i)?.set(final);
    }
    requireFinite(columns.nextObservations, "an observation", this.#step);
    for (const reward of columns.rewards) requireFinite(reward, "a reward", this.#step);
    this.#copy = 0;
  }

  /** Counts an update for the episodes of all copies. */
  #count(loss: number, meanQ: number): void {
    const { updates, lossSums, meanQSums } = this.#columns;
    for (let i = 0; i < updates.length; i++) {
      updates[i]!++;
      lossSums[i]! += loss;
      meanQSums[i]! += meanQ;
    }
  }

  /** Records the episode that has ended in a copy, and resets its counts. */
  #endEpisode(copy: number): EpisodeRecord {
    const { episodeReturns, lengths, updates, lossSums, meanQSums, terminated, truncated } = this.#columns;
    this.#episode++;
    const count = updates[copy]!;
    const record: EpisodeRecord = {
      kind: "episode",
      episode: this.#episode,
      copy,
      step: this.#step,
      return: episodeReturns[copy]!,
      length: lengths[copy]!,
      terminated: terminated[copy] === 1,
      truncated: truncated[copy] === 1,
      epsilon: this.#agent.epsilon,
      loss: count > 0 ? lossSums[copy]! / count : undefined,
      meanQ: count > 0 ? meanQSums[copy]! / count : undefined,
    };
    for (const sums of [episodeReturns, lengths, updates, lossSums, meanQSums]) sums[copy] = 0;
    return record;
  }
}
