import { stringify } from "@std/csv";
import { flagName } from "../settings/settings.ts";
import { rankTrials } from "./rank_trials.ts";
import { runSettings, searchedNames, type SweepPlan } from "./sweep_plan.ts";
import type { RungResult, TrialResult } from "./trial_result.ts";

/** The status of a trial. */
export type TrialStatus = "finished" | "stopped" | "failed";

/** The status of a trial with at least one rung. */
export function statusOf(plan: SweepPlan, { rungs }: TrialResult): TrialStatus {
  const last = rungs.at(-1)!;
  return last.failure !== undefined ? "failed" : last.rung === plan.rungs - 1 ? "finished" : "stopped";
}

/** `results.csv`: every trial at its last rung, best first; independent of the machine. */
export function resultsCsv(plan: SweepPlan, results: readonly TrialResult[]): string {
  const names = searchedNames(plan);
  const records = rankTrials(results).map((result, i) => {
    const last = result.rungs.at(-1)!;
    return {
      rank: i + 1,
      trial: result.trial + 1,
      status: statusOf(plan, result),
      rung: last.rung + 1,
      ...budgetOf(plan, result.trial, last.rung),
      ...Object.fromEntries(names.map((name, j) => [name, plan.trials[result.trial]![j]!])),
      ...scoresOf(last),
    };
  });
  const columns = ["rank", "trial", "status", "rung", "steps", "episodes", ...names, ...SCORES];
  return stringify(records, { columns });
}

const SCORES = ["score", "std", "env_steps", "training_return", "failure"];

function scoresOf({ score, std, envSteps, trainingReturn, failure }: RungResult) {
  return { score, std, env_steps: envSteps, training_return: trainingReturn, failure };
}

function budgetOf(plan: SweepPlan, trial: number, rung: number) {
  const { steps, episodes } = runSettings(plan, trial, rung, 0);
  return { steps: steps ?? undefined, episodes: episodes ?? undefined };
}

/** Every run of every trial and rung. */
function runsOf(plan: SweepPlan, results: readonly TrialResult[]) {
  return results.flatMap(({ trial, rungs }) =>
    rungs.flatMap(({ rung, outcomes }) =>
      outcomes.map((outcome, i) => {
        const run = outcome.failure === undefined ? outcome.output : undefined;
        return {
          trial: trial + 1,
          rung: rung + 1,
          seed: plan.seed + i,
          ...budgetOf(plan, trial, rung),
          return: run?.evaluation.mean,
          env_steps: run?.env_steps,
          stopped_by: run?.stopped_by,
          threshold_step: run?.threshold_step ?? undefined,
          weights_sha256: run?.weights_sha256 ?? undefined,
          trajectory_sha256: run?.trajectory_sha256,
          failure: outcome.failure,
          wall_seconds: run?.wall_seconds,
        };
      })
    )
  );
}

/** `runs.csv`: every run; independent of the machine. */
export function runsCsv(plan: SweepPlan, results: readonly TrialResult[]): string {
  const columns = [
    "trial",
    "rung",
    "seed",
    "steps",
    "episodes",
    "return",
    "env_steps",
    "stopped_by",
    "threshold_step",
    "weights_sha256",
    "trajectory_sha256",
    "failure",
  ];
  return stringify(runsOf(plan, results), { columns });
}

/** `times.csv`: the seconds of every run, which depend on the machine. */
export function timesCsv(plan: SweepPlan, results: readonly TrialResult[]): string {
  return stringify(runsOf(plan, results), { columns: ["trial", "rung", "seed", "wall_seconds"] });
}

/** `results.json`: the plan and every trial, best first; independent of the machine. */
export function resultsJson(plan: SweepPlan, results: readonly TrialResult[]): string {
  const trials = rankTrials(results).map((result, i) => ({
    rank: i + 1,
    trial: result.trial + 1,
    status: statusOf(plan, result),
    values: Object.fromEntries(
      plan.space.map(({ name }, j) => [flagName(name), plan.trials[result.trial]![j]!]),
    ),
    rungs: result.rungs.map((rung) => ({
      rung: rung.rung + 1,
      ...budgetOf(plan, result.trial, rung.rung),
      ...scoresOf(rung),
      returns: rung.outcomes.map((outcome) =>
        outcome.failure === undefined ? outcome.output.evaluation.mean : null
      ),
    })),
  }));
  const { version, flags, sampling, roundSize, seed, seeds, pruning, halving, rungs } = plan;
  const space = Object.fromEntries(plan.space.map(({ name, domain }) => [flagName(name), domain]));
  const search = { version, flags, space, sampling, round_size: roundSize };
  return JSON.stringify({ ...search, seed, seeds, pruning, halving, rungs, trials }, null, 2) + "\n";
}
