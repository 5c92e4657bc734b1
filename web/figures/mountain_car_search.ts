/**
 * The assignment in the tab: the search of `deno task assignment`, run after run.
 *
 * @module
 */

import { type Job, type JobOutcome, type JobQueue, QueueClosedError } from "../../scripts/jobs/job_queue.ts";
import { assignmentPage } from "../../scripts/report/assignment_page.ts";
import { prepareRun } from "../../scripts/run/run.ts";
import { type RunResult, runResultOf } from "../../scripts/run_folder/run_result.ts";
import { flagName, type Settings, textOf } from "../../scripts/settings/settings.ts";
import { assignmentPlan } from "../../scripts/sweep/assignment_plan.ts";
import { runKey } from "../../scripts/run_folder/run_key.ts";
import { rankTrials } from "../../scripts/sweep/rank_trials.ts";
import { runSweep } from "../../scripts/sweep/run_sweep.ts";
import { rungSizes, searchedNames, type SweepPlan } from "../../scripts/sweep/sweep_plan.ts";
import { sweepSection } from "../../scripts/sweep/sweep_report.ts";
import type { TrialResult } from "../../scripts/sweep/trial_result.ts";
import { reasonOf } from "../../scripts/values/reason_of.ts";
import { shownName } from "../../scripts/values/shown_name.ts";
import { commandText } from "./command_text.ts";
import { filmGif } from "./film_gif.ts";
import { type Film, filmBest } from "./greedy_film.ts";
import type { HandIn, SearchReply, SearchRequest, TrialRow } from "./mountain_car_messages.ts";
import { HAND_IN_WORDS } from "./hand_in_words.ts";
import { rewardSvg } from "./reward_svg.ts";
import type { RunChannel } from "./run_channel.ts";
import { pauseTelling } from "./training.ts";

/** Searches, and tells the figure about it now and then. */
export async function searchMountainCar(
  options: SearchRequest,
  channel: RunChannel<SearchReply>,
): Promise<void> {
  const plan = assignmentPlan(options);
  const runs = rungSizes(plan, plan.count).reduce((sum, size) => sum + size, 0);
  const films = new Map<string, Film>();
  let results: readonly TrialResult[] = [];
  let [part, ended] = [0, 0];
  const tell = (result?: HandIn) =>
    channel.post({
      kind: "search",
      names: searchedNames(plan).map(shownName),
      trials: trialRows(plan, results),
      progress: { part, ended, of: runs },
      result,
    });
  const queue = oneByOne(async ({ id, input: settings }) => {
    const prepared = prepareRun(settings);
    const run = await prepared.start({
      onStep: ({ step }) => part = step / (settings.steps ?? Infinity),
      pause: pauseTelling(channel, tell),
    });
    if (run.evaluation === undefined) throw new QueueClosedError("The search was cancelled");
    films.set(id, filmBest(prepared.agent, settings, run.evaluation));
    [part, ended] = [0, ended + 1];
    return runResultOf(settings, run, {
      seconds: 0,
      reached: undefined,
      versions: { bellman: plan.version, deno: "", v8: "" },
    });
  });
  tell();
  try {
    const sweep = await runSweep(plan, queue, { onTrial: (all) => results = all });
    results = sweep.results;
  } catch (error) {
    if (error instanceof QueueClosedError) return;
    throw error;
  }
  tell(handIn(plan, results, options, films));
}

/** A queue that runs jobs in this thread, one after the other. */
function oneByOne(
  work: (job: Job<Settings>) => Promise<RunResult>,
): JobQueue<Settings, RunResult> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    submit(job) {
      const outcome = last.then(() => outcomeOf(work(job)));
      // A job that was cancelled cancels those after it.
      last = outcome;
      return outcome;
    },
    close: () => Promise.resolve(),
  };
}

async function outcomeOf(work: Promise<RunResult>): Promise<JobOutcome<RunResult>> {
  try {
    return { output: await work };
  } catch (error) {
    if (error instanceof QueueClosedError) throw error;
    return { failure: reasonOf(error) };
  }
}

/** The trials, best first, then those without a result. */
function trialRows(plan: SweepPlan, results: readonly TrialResult[]): TrialRow[] {
  const row = (trial: number, result: TrialResult | undefined): TrialRow => ({
    trial: trial + 1,
    values: plan.trials[trial]!,
    steps: result?.rungs.at(-1)?.envSteps,
    score: result?.rungs.at(-1)?.score,
  });
  const ranked = rankTrials(results);
  const waiting = plan.trials.map((_, trial) => trial).filter((trial) =>
    !ranked.some((result) => result.trial === trial)
  );
  return [
    ...ranked.map((result) => row(result.trial, result)),
    ...waiting.map((trial) => row(trial, undefined)),
  ];
}

/** What to hand in of the best trial. */
function handIn(
  plan: SweepPlan,
  results: readonly TrialResult[],
  { trials, seed, steps, language }: SearchRequest,
  films: ReadonlyMap<string, Film>,
): HandIn {
  const outcome = rankTrials(results)[0]?.rungs.at(-1)?.outcomes[0];
  if (outcome === undefined || outcome.failure !== undefined) {
    throw new Error(`Cannot finish the search: every trial failed: ${outcome?.failure}`);
  }
  const { output } = outcome;
  const { settings, evaluation, episode_returns: returns } = output;
  const film = films.get(runKey(settings));
  if (film === undefined) throw new Error("Cannot finish the search: the best run must have a film");
  const searched = plan.space.map(({ name }) => name);
  const command = commandText("assignment", {
    trials: String(trials),
    seed: String(seed),
    steps: String(steps),
  });
  const words = HAND_IN_WORDS[language];
  const page = assignmentPage({
    settings,
    envSteps: output.env_steps,
    evaluation,
    graph: returns.length === 0
      ? undefined
      : rewardSvg(returns, `${settings.env}: ${words.page.graph}`, words.axis),
    searched,
    best: { gif: filmGif(film), return: film.return, of: film.of },
    search: sweepSection(plan, results, { command, pictures: [], words: words.search }),
    words: words.page,
  });
  return {
    best: searched.map((name) => [shownName(flagName(name)), textOf(settings[name])]),
    returns,
    maximum: evaluation.max,
    mean: evaluation.mean,
    episodes: evaluation.episodes,
    film,
    page,
  };
}
