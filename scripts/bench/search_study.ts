import { readCommandLine } from "../cli/command_line.ts";
import type { JobQueue } from "../jobs/job_queue.ts";
import { storedQueue } from "../jobs/stored_queue.ts";
import { runKey } from "../run_folder/run_key.ts";
import { readRunResult, type RunResult } from "../run_folder/run_result.ts";
import { runToResult } from "../run_folder/run_to_result.ts";
import { SETTING_FLAGS } from "../settings/read_settings.ts";
import type { Settings } from "../settings/settings.ts";
import { ASSIGNMENT_SPACE } from "../sweep/assignment_space.ts";
import { PLAN_FLAGS, planSweep } from "../sweep/plan_sweep.ts";
import { rankTrials } from "../sweep/rank_trials.ts";
import { runSweep } from "../sweep/run_sweep.ts";
import { runSettings } from "../sweep/sweep_plan.ts";
import { reasonOf } from "../values/reason_of.ts";
import { meanOf } from "../values/statistics.ts";
import type { Comparison, Search } from "./compare_searches.ts";

/** A search space with the settings that all runs share, as arguments of `deno task sweep`. */
export interface Study {
  readonly name: string;
  readonly args: readonly string[];
}

const searched = (space: readonly string[]) => space.flatMap((text) => ["--search", text]);

/** The search spaces; evaluations are frequent enough to find the best policy of a short run. */
export const STUDIES: readonly Study[] = [
  {
    name: "CartPole-v1",
    args: [
      ...["--env", "CartPole-v1", "--steps", "2000", "--eval-interval", "500", "--eval-episodes", "20"],
      // A target network that is copied, as its interval is searched, and recent steps alone.
      ...["--tau", "1", "--learning-rate-end", "none", "--epsilon-end", "0.04", "--buffer-size", "5000"],
      ...searched([
        "learning-rate=log:1e-4:1e-2",
        "hidden=16,16|32,32|64,64",
        "gamma=lin:0.9:0.999",
        "batch-size=int:16:64",
        "n-step=int:1:20",
        "target-update-interval=log:10:1000",
      ]),
    ],
  },
  {
    name: "MountainCar-v0",
    args: [
      ...["--env", "MountainCar-v0", "--agent", "double-dqn", "--steps", "8000", "--batch-size", "32"],
      ...["--epsilon-decay-steps", "5000", "--eval-interval", "2000", "--eval-episodes", "20"],
      ...searched(ASSIGNMENT_SPACE),
    ],
  },
];

/** Seeds of training for the second look at the best trial of a search; those of searches are far below. */
const AGAIN = { seed: 1_000_000, seeds: 3 };

/** Options of {@linkcode compareSearches}. */
export interface StudyOptions {
  /** Searches of each kind, with the seeds from 0 up. */
  readonly searches: number;
  /** Trials per search. */
  readonly trials: number;
  /** An existing folder for the results of runs. */
  readonly folder: string;
  /** Receives the progress. */
  readonly log: (text: string) => void;
}

/**
 * Searches every space at random and with a search that learns, one seed after another. Runs are trained in this process, one after
 * another; a run that both searches ask for is trained once.
 */
export async function compareSearches(
  studies: readonly Study[],
  { searches, trials, folder, log }: StudyOptions,
): Promise<Comparison[]> {
  const queue = storedQueue(queueHere(), {
    ...{ folder, read: readRunResult, keepFailures: true },
    idOf: ({ settings }) => runKey(settings),
  });
  const comparisons = studies.map(({ name }) => ({ name, random: [] as Search[], learning: [] as Search[] }));
  for (let seed = 0; seed < searches; seed++) {
    for (const [i, { name, args }] of studies.entries()) {
      const own = [...args, "--trials", `${trials}`, "--seed", `${seed}`];
      comparisons[i]!.random.push(await search([...own, "--sampling", "random"], queue));
      comparisons[i]!.learning.push(await search([...own, "--sampling", "tpe", "--round-size", "5"], queue));
      log(`${name}: both searches with seed ${seed} have ended`);
    }
  }
  return comparisons;
}

/** Searches, and trains the best trial again. */
async function search(args: readonly string[], queue: JobQueue<Settings, RunResult>): Promise<Search> {
  const whole = ["--seeds", "1", "--halving", "none", "--stop-at-return", "none"];
  const line = readCommandLine([...args, ...whole], [...PLAN_FLAGS, ...SETTING_FLAGS]);
  const start = await planSweep(line, { config: undefined, space: undefined });
  const { plan, results } = await runSweep(start, queue);
  const best = rankTrials(results)[0]!.trial;
  const again = await Promise.all(Array.from({ length: AGAIN.seeds }, async (_, i) => {
    const input = runSettings({ ...plan, seed: AGAIN.seed }, best, 0, i);
    const outcome = await queue.submit({ id: runKey(input), input });
    if (outcome.failure !== undefined) throw new Error(`Cannot train again: ${outcome.failure}`);
    return outcome.output.evaluation.mean;
  }));
  return { scores: results.map(({ rungs }) => rungs[0]!.score), again: meanOf(again) };
}

/** A queue that trains one run after another in this process. */
function queueHere(): JobQueue<Settings, RunResult> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    submit({ input }) {
      const outcome = last.then(async () => {
        try {
          return { output: await runToResult(input, () => {}) };
        } catch (error) {
          return { failure: reasonOf(error) };
        }
      });
      last = outcome;
      return outcome;
    },
    close: () => Promise.resolve(),
  };
}
