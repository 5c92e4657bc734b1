import {
  type Agent,
  Dqn,
  type EpisodeRecord,
  type Evaluation,
  type EvaluationRecord,
  playEpisodes,
  QLearning,
  RandomAgent,
  randomStream,
  summarizeReturns,
  train,
  TrajectoryHash,
  weightsHash,
} from "../agents/mod.ts";
import type { Action, Env, Observation } from "../envs/mod.ts";
import type { KernelName, Tensor } from "../nn/mod.ts";
import { dqnLearner, dqnOptions, type Learner, qLearningOptions, tableLearner } from "./_run_agent.ts";
import { isTableEnv, isVectorEnv, makeRunEnv } from "./_run_env.ts";
import type { Settings } from "./_settings.ts";

/** Why a run ended. */
export type StopReason = "steps" | "episodes" | "stop-at-return" | "interrupted";

/** What the best evaluated policy is; of equal ones, the later. */
export interface BestPolicy {
  /** Environment steps after which it was taken. */
  step: number;
  /** The mean return that it was chosen by; undefined if it is the last one, without an evaluation. */
  mean: number | undefined;
  /** Its network's parameters. */
  tensors: Tensor[];
  /** Their fingerprint. */
  hash: string;
}

/** What a run has come to. */
export interface Run {
  /** Environment steps taken. */
  step: number;
  /** Every episode that ended. */
  episodes: EpisodeRecord[];
  /** Every evaluation during training. */
  evaluations: EvaluationRecord[];
  /** Gradient steps made. */
  gradientSteps: number;
  /** Which kernels computed; undefined for agents that compute nothing. */
  kernel: KernelName | undefined;
  /** The policy to keep; undefined for agents without a network, and before there is one. */
  policy: BestPolicy | undefined;
  /** Fingerprint of the network at the end of training; undefined without a network. */
  weightsHash: string | undefined;
  /** Fingerprint of all steps of training. */
  trajectoryHash: string;
  /** Why training ended; undefined while it goes on. */
  stopReason: StopReason | undefined;
  /** How good the kept policy is on episodes that chose nothing; undefined after an interruption. */
  evaluation: Evaluation | undefined;
}

/** What a run tells while it goes on; each may be left out. */
export interface RunListener {
  /** After each step. */
  onStep?: (run: Readonly<Run>, epsilon: number | undefined) => void;
  /** After each episode. */
  onEpisode?: (record: EpisodeRecord) => void;
  /** After each evaluation. */
  onEvaluation?: (run: Readonly<Run>) => void;
  /** Called now and then; resolves to whether to stop. */
  pause?: () => Promise<boolean>;
}

/** A run that is ready to start: everything that can be wrong with its settings has been found. */
export interface PreparedRun {
  /** What there is so far. */
  readonly run: Readonly<Run>;
  /** Trains, then evaluates. */
  start(listener?: RunListener): Promise<Readonly<Run>>;
}

/**
 * Creates environment and agent.
 *
 * @param settings Checked.
 * @returns The run, not started.
 * @throws {TypeError | RangeError} If the agent cannot learn in this environment, or refuses an option.
 */
export function prepareRun(settings: Settings): PreparedRun {
  const env = makeRunEnv(settings);
  const evaluationEnv = makeRunEnv(settings);
  if (settings.agent === "random") {
    const agent = new RandomAgent(env, { seed: settings.seed });
    return prepare(settings, env, evaluationEnv, agent, undefined);
  }
  if (settings.agent === "q-learning") {
    if (isTableEnv(env) && isTableEnv(evaluationEnv)) {
      const agent = new QLearning(env, qLearningOptions(settings));
      return prepare(settings, env, evaluationEnv, agent, tableLearner(agent));
    }
  } else if (isVectorEnv(env) && isVectorEnv(evaluationEnv)) {
    const agent = new Dqn(env, dqnOptions(settings));
    return prepare(settings, env, evaluationEnv, agent, dqnLearner(agent));
  }
  throw new TypeError(
    `Cannot train ${settings.agent} in ${settings.env}: observations must be Box or Discrete and actions Discrete, got ${env.observationSpace} and ${env.actionSpace} (q-learning takes a Tuple of Discrete, too)`,
  );
}

function prepare<O extends Observation, A extends Action>(
  settings: Settings,
  env: Env<O, A>,
  evaluationEnv: Env<O, A>,
  agent: Agent<O, A>,
  learner: Learner | undefined,
): PreparedRun {
  const trajectory = new TrajectoryHash();
  const run: Run = {
    step: 0,
    episodes: [],
    evaluations: [],
    gradientSteps: 0,
    kernel: learner?.kernel,
    policy: undefined,
    weightsHash: undefined,
    trajectoryHash: trajectory.digest(),
    stopReason: undefined,
    evaluation: undefined,
  };
  const { seed, steps, episodes, evalInterval, evalEpisodes, stopAtReturn } = settings;
  const evaluationSeed = randomStream(seed, "evaluation").nextUint32();

  const keepPolicy = (mean: number | undefined) => {
    if (learner === undefined || (mean !== undefined && mean < (run.policy?.mean ?? -Infinity))) return;
    const { learned } = learner;
    run.policy = { step: run.step, mean, tensors: learned.tensors(), hash: weightsHash(learned) };
  };
  const records = train(env, agent, {
    seed,
    steps: steps ?? undefined,
    episodes: episodes ?? undefined,
    evaluation: evalInterval === null
      ? undefined
      : { env: evaluationEnv, interval: evalInterval, episodes: evalEpisodes, seed: evaluationSeed },
  });

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
  const start = async (listener: RunListener = {}) => {
    for (const record of records) {
      if (record.kind === "step") {
        run.step = record.step;
        trajectory.add(record);
        listener.onStep?.(run, agent.epsilon);
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
        if (stopAtReturn !== null && record.evaluation.mean >= stopAtReturn) {
          run.stopReason = "stop-at-return";
          break;
        }
      }
    }
    run.stopReason ??= run.step === steps ? "steps" : "episodes";
    finish();
    if (run.policy !== undefined) learner?.learned.setTensors(run.policy.tensors);
    const finalSeed = randomStream(seed, "final evaluation").nextUint32();
    const returns: number[] = [];
    for (const value of playEpisodes(evaluationEnv, agent, { episodes: evalEpisodes, seed: finalSeed })) {
      returns.push(value);
      if (await listener.pause?.()) {
        run.stopReason = "interrupted";
        return run;
      }
    }
    run.evaluation = summarizeReturns(returns);
    return run;
  };
  return { run, start };
}
