import {
  type EpisodeRecord,
  type Evaluation,
  type EvaluationRecord,
  playEpisodes,
  randomStream,
  type ReplayRows,
  type StepRecord,
  type StreamName,
  summarizeReturns,
  TrajectoryHash,
  weightsHash,
} from "../../agents/mod.ts";
import type { Env } from "../../envs/mod.ts";
import type { KernelName, Tensor } from "../../nn/mod.ts";
import type { Settings } from "../settings/settings.ts";
import { reasonOf } from "../values/reason_of.ts";
import type { Learner, RunAgent, SnapshotOptions } from "./agent_behaviour.ts";
import { behaviourOf } from "./agent_behaviours.ts";
import { makeRunEnv } from "./run_env.ts";
import type { GivenFile, GivenFiles } from "./given_files.ts";
import { createRunLoop } from "./run_loop.ts";
import { recordedRows } from "./recorded_rows.ts";
import type { RunSnapshot, VersionChange } from "./run_snapshot.ts";

/** Why a run ended. */
export type StopReason = "steps" | "episodes" | "stop-at-return" | "interrupted";

/** The best evaluated policy; of equally good ones, the latest. */
export interface BestPolicy {
  /** Environment steps after which it was taken. */
  step: number;
  /** The mean return for which it was chosen; undefined if it is the last one, without an evaluation. */
  mean: number | undefined;
  /** Its network's parameters. */
  tensors: Tensor[];
  /** Their fingerprint. */
  hash: string;
}

/** The results of a run so far. */
export interface Run {
  /** Environment steps taken, or steps of learning from recorded transitions. */
  step: number;
  /** Mean Q-value of the last mini-batch of recorded transitions; undefined for a run that acts. */
  meanQ: number | undefined;
  /** All finished episodes. */
  episodes: EpisodeRecord[];
  /** All evaluations during training, and one at its end. */
  evaluations: EvaluationRecord[];
  /** Gradient steps made. */
  gradientSteps: number;
  /** The kernels used; undefined for agents without a network. */
  kernel: KernelName | undefined;
  /** The policy to keep; undefined for agents that do not learn, and before the first one. */
  policy: BestPolicy | undefined;
  /** Fingerprint of the network at the end of training; undefined without a network. */
  weightsHash: string | undefined;
  /** Fingerprint of all steps of training. */
  trajectoryHash: string;
  /** Why training ended; undefined before that. */
  stopReason: StopReason | undefined;
  /** Evaluation of the kept policy on held-out episodes; undefined after an interruption. */
  evaluation: Evaluation | undefined;
  /** Environment steps at which the run was resumed without its replay buffer, so that its settings alone do not reproduce it. */
  replayLostAt: readonly number[];
  /** Steps at which another version of this package resumed it. */
  versionChanges: readonly VersionChange[];
}

/** Callbacks during a run, all optional. */
export interface RunListener {
  /** After each step. */
  onStep?: (run: Readonly<Run>, epsilon: number | undefined) => void;
  /** After each step of an environment; the record is reused at the next. */
  onTransition?: ((record: StepRecord) => void) | undefined;
  /** After each episode. */
  onEpisode?: (record: EpisodeRecord) => void;
  /** After each evaluation. */
  onEvaluation?: (run: Readonly<Run>) => void;
  /** Called regularly; resolves to whether to stop. */
  pause?: () => Promise<boolean>;
  /** Called every given number of environment steps, to save a snapshot. */
  checkpoint?: { readonly interval: number; readonly save: () => Promise<void> };
  /** After training has ended without interruption, before the kept policy is evaluated. */
  onTrained?: () => Promise<void>;
}

/** A run that is ready to start: its settings have been fully checked. */
export interface PreparedRun {
  /** The results so far. */
  readonly run: Readonly<Run>;
  /** The agent, to look at during training, and to play with the kept policy after it. */
  readonly agent: RunAgent["agent"];
  /** Trains, evaluates at the end unless an evaluation has just been done, then evaluates the policy to keep. */
  start(listener?: RunListener): Promise<Readonly<Run>>;
  /**
   * Everything needed to continue. It may be taken whenever the listener is called, or after an interruption of
   * training; throws an Error before the first step and after the last.
   */
  snapshot(options?: SnapshotOptions): RunSnapshot;
}

/**
 * Creates the environment and the agent.
 *
 * @param settings Checked.
 * @param snapshot The state to continue from, of a run with the same settings except the budget and the kernels.
 * @param files The weights to start from, for settings with `initWeightsSha256`, unused with a snapshot; the transitions to learn
 * from, for settings with `bufferSha256`.
 * @returns The run, not started.
 * @throws {TypeError | RangeError} If the agent cannot learn in this environment, or refuses an option, or the snapshot or a
 * file does not fit.
 */
export function prepareRun(settings: Settings, snapshot?: RunSnapshot, files: GivenFiles = {}): PreparedRun {
  const env = makeRunEnv(settings);
  const { isObservation, create } = behaviourOf(settings.agent);
  const recorded = recordedIn(files.buffer, settings, env);
  const created = create(env, settings, snapshot?.agent, recorded);
  if (created === undefined) {
    throw new TypeError(
      `Cannot train ${settings.agent} in ${settings.env}: observations must be a Box of float32, Discrete or a Tuple of Discrete and actions Box, Discrete or, for a network, MultiDiscrete, got ${env.observationSpace} and ${env.actionSpace}`,
    );
  }
  const loop = snapshot?.loop;
  if (loop !== undefined && "observation" in loop && !isObservation(loop.observation)) {
    throw new TypeError("Cannot resume the run: its observation must fit the agent, got one that does not");
  }
  if (snapshot === undefined) startFrom(created, settings, files.weights);
  return prepare(settings, env, created, snapshot);
}

/** The transitions that a run learns from; undefined if it acts. */
function recordedIn(buffer: GivenFile | undefined, settings: Settings, env: Env): ReplayRows | undefined {
  if (settings.bufferSha256 === null) return undefined;
  if (buffer === undefined) {
    throw new TypeError(
      `Cannot start the run: --buffer-sha256 must be none where there is no --from-buffer, as in sweeps and benchmarks, got ${settings.bufferSha256}`,
    );
  }
  try {
    return recordedRows(buffer.bytes, settings, env);
  } catch (error) {
    throw new TypeError(`Cannot learn from ${buffer.path}: ${reasonOf(error)}`);
  }
}

/** Gives a new agent the weights that its settings ask for. */
function startFrom({ loadWeights }: RunAgent, settings: Settings, weights: GivenFile | undefined): void {
  if (settings.initWeightsSha256 === null || loadWeights === undefined) return;
  if (weights === undefined) {
    throw new TypeError(
      `Cannot start the run: --init-weights-sha256 must be none where there is no --init-weights, as in sweeps and benchmarks, got ${settings.initWeightsSha256}`,
    );
  }
  try {
    loadWeights(weights.bytes);
  } catch (error) {
    throw new TypeError(`Cannot start from ${weights.path}: ${reasonOf(error)}`);
  }
}

function prepare(
  settings: Settings,
  env: Env,
  runAgent: RunAgent,
  resume: RunSnapshot | undefined,
): PreparedRun {
  const { agent, learner } = runAgent;
  const evaluationEnv = makeRunEnv(settings);
  const trajectory = resume === undefined ? new TrajectoryHash() : TrajectoryHash.from(resume.trajectory);
  const run: Run = {
    step: resume?.loop.step ?? 0,
    meanQ: undefined,
    episodes: [...resume?.episodes ?? []],
    evaluations: [...resume?.evaluations ?? []],
    gradientSteps: learner?.gradientSteps ?? 0,
    kernel: learner?.kernel,
    policy: restoredPolicy(resume, learner),
    weightsHash: undefined,
    trajectoryHash: trajectory.digest(),
    stopReason: undefined,
    evaluation: undefined,
    replayLostAt: resume === undefined
      ? []
      : resume.isComplete
      ? resume.replayLostAt
      : [...resume.replayLostAt, resume.loop.step],
    versionChanges: resume?.versionChanges ?? [],
  };
  const { seed, steps, episodes, evalInterval, evalEpisodes, stopAtReturn } = settings;
  const streamSeed = (name: StreamName) => randomStream(seed, name).nextUint32();

  const keepPolicy = (mean: number | undefined) => {
    if (learner === undefined || (mean !== undefined && mean < (run.policy?.mean ?? -Infinity))) return;
    const { learned } = learner;
    run.policy = { step: run.step, mean, tensors: learned.tensors(), hash: weightsHash(learned) };
  };
  const budget = {
    seed,
    steps: steps ?? undefined,
    episodes: episodes ?? undefined,
    evaluation: evalInterval === null ? undefined : {
      env: evaluationEnv,
      interval: evalInterval,
      episodes: evalEpisodes,
      seed: streamSeed("evaluation"),
    },
  };
  const loop = createRunLoop(settings, env, runAgent, budget, resume?.loop);
  let isTraining = true;
  // The step at which training ended. The evaluation at the end of a budget is not part of snapshots: a larger budget has none there.
  let trained: ReturnType<typeof position> | undefined;

  /** The state that an evaluation changes, including agents that do not learn, since they draw their greedy actions. */
  const position = () => ({
    loop: loop.snapshot(),
    policy: run.policy,
    evaluations: [...run.evaluations],
    player: learner === undefined ? agent.snapshot({}) : undefined,
  });
  const isGoodEnough = () => {
    const last = run.evaluations.at(-1);
    return stopAtReturn !== null && last?.step === run.step && last.evaluation.mean >= stopAtReturn;
  };
  const finish = () => {
    run.trajectoryHash = trajectory.digest();
    run.gradientSteps = learner?.gradientSteps ?? 0;
    run.weightsHash = learner === undefined ? undefined : weightsHash(learner.learned);
    if (run.policy === undefined) keepPolicy(undefined);
  };
  const interrupted = () => {
    run.stopReason = "interrupted";
    finish();
    return run;
  };
  /** Plays episodes; undefined if it was stopped. */
  const evaluate = async (seed: number, { pause }: RunListener): Promise<Evaluation | undefined> => {
    const returns: number[] = [];
    for (const value of playEpisodes(evaluationEnv, agent, { episodes: evalEpisodes, seed })) {
      returns.push(value);
      if (!await pause?.()) continue;
      run.stopReason = "interrupted";
      return undefined;
    }
    return summarizeReturns(returns);
  };
  const start = async (listener: RunListener = {}) => {
    const { checkpoint } = listener;
    for (const record of isGoodEnough() ? [] : loop.records()) {
      if (record.kind === "step") {
        run.step = record.step;
        trajectory.add(record);
        listener.onTransition?.(record);
        listener.onStep?.(run, agent.epsilon);
        if (checkpoint !== undefined && record.step % checkpoint.interval === 0) await checkpoint.save();
        if (record.step % 64 === 0 && await listener.pause?.()) return interrupted();
      } else if (record.kind === "offline step") {
        run.step = record.step;
        run.meanQ = record.learning?.meanQ ?? run.meanQ;
        listener.onStep?.(run, undefined);
        if (checkpoint !== undefined && record.step % checkpoint.interval === 0) await checkpoint.save();
        if (record.step % 64 === 0 && await listener.pause?.()) return interrupted();
      } else if (record.kind === "episode") {
        run.episodes.push(record);
        listener.onEpisode?.(record);
      } else if (record.kind === "evaluation episode") {
        if (await listener.pause?.()) return interrupted();
      } else {
        run.evaluations.push(record);
        keepPolicy(record.evaluation.mean);
        listener.onEvaluation?.(run);
        if (isGoodEnough()) break;
      }
    }
    run.stopReason = isGoodEnough() ? "stop-at-return" : run.step === steps ? "steps" : "episodes";
    finish();
    trained = position();
    await listener.onTrained?.();
    if (evalInterval !== null && run.evaluations.at(-1)?.step !== run.step) {
      const evaluation = await evaluate(streamSeed("evaluation at the end"), listener);
      if (evaluation === undefined) return run;
      run.evaluations.push({ kind: "evaluation", step: run.step, evaluation });
      keepPolicy(evaluation.mean);
      listener.onEvaluation?.(run);
    }
    isTraining = false;
    if (run.policy !== undefined) learner?.learned.setTensors(run.policy.tensors);
    run.evaluation = await evaluate(streamSeed("final evaluation"), listener);
    return run;
  };
  const snapshot = (options: SnapshotOptions = {}): RunSnapshot => {
    if (!isTraining) {
      throw new Error("Cannot take a snapshot of the run: its training must not have ended");
    }
    const { loop, policy, evaluations, player } = trained ?? position();
    return {
      loop,
      agent: player ?? agent.snapshot(options),
      trajectory: trajectory.snapshot(),
      episodes: [...run.episodes],
      evaluations,
      // Without an evaluation, the kept policy is always the latest.
      policy: policy?.mean === undefined
        ? undefined
        : { step: policy.step, mean: policy.mean, tensors: policy.tensors },
      isComplete: options.replay !== false || learner?.hasReplay !== true,
      replayLostAt: run.replayLostAt,
      versionChanges: run.versionChanges,
    };
  };
  return { run, agent, start, snapshot };
}

/** The policy chosen by an evaluation. */
function restoredPolicy(
  resume: RunSnapshot | undefined,
  learner: Learner | undefined,
): BestPolicy | undefined {
  if (resume?.policy === undefined) return undefined;
  const { tensors } = resume.policy;
  const describe = (list: readonly Tensor[]) =>
    list.map(({ name, shape }) => `${name} (${shape})`).join(", ");
  const [own, got] = [describe(learner?.learned.tensors() ?? []), describe(tensors)];
  if (got !== own) throw new TypeError(`Cannot resume the run: its policy must be ${own}, got ${got}`);
  return { ...resume.policy, hash: weightsHash({ tensors: () => tensors }) };
}
