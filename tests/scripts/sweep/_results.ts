import type { JobOutcome, JobQueue } from "../../../scripts/jobs/job_queue.ts";
import type { RunResult } from "../../../scripts/run_folder/run_result.ts";
import type { Settings } from "../../../scripts/settings/settings.ts";

/** What a run with these settings might leave behind, with a return of the test's choice. */
export function resultOf(settings: Settings, mean: number, changes: Partial<RunResult> = {}): RunResult {
  return {
    settings,
    stopped_by: "steps",
    env_steps: settings.steps ?? 0,
    gradient_steps: 1,
    evaluation: { episodes: 1, mean, std: 0, min: mean, max: mean },
    policy_step: null,
    weights_sha256: null,
    trajectory_sha256: "",
    threshold_step: null,
    threshold_seconds: null,
    wall_seconds: 1,
    episode_steps: [1],
    episode_returns: [1],
    evaluation_steps: [],
    evaluation_means: [],
    versions: { bellman: "", deno: "", v8: "" },
    ...changes,
  };
}

/** A queue that answers in an order of the test's choice, and keeps what it was asked. */
export function fakeQueue(
  answer: (settings: Settings) => JobOutcome<RunResult>,
  delay: (settings: Settings) => number = () => 0,
): JobQueue<Settings, RunResult> & { asked: Settings[] } {
  const asked: Settings[] = [];
  return {
    asked,
    async submit({ input }) {
      asked.push(input);
      await new Promise((resolve) => setTimeout(resolve, delay(input)));
      return answer(input);
    },
    close: () => Promise.resolve(),
  };
}
