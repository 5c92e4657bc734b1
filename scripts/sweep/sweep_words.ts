import { counted } from "../values/counted.ts";
import type { TrialStatus } from "./sweep_files.ts";

/** The words of a sweep's report. */
export interface SweepWords {
  /** How many trials there were, with which seeds. */
  readonly trials: (count: number, seeds: number, first: number, version: string) => string;
  /** How trials were drawn. */
  readonly sampling: {
    readonly random: string;
    readonly grid: string;
    readonly tpe: (roundSize: number) => string;
  };
  /** Every trial had the whole budget. */
  readonly whole: string;
  /** The budget of a run. */
  readonly budget: (steps: number | null, episodes: number | null) => string;
  /** How trials were chosen to continue; each rung has a number of trials and a budget. */
  readonly halving: (
    part: number | null,
    rungs: readonly { readonly size: number; readonly budget: string }[],
    inRounds: boolean,
  ) => string;
  readonly median: (budgets: readonly string[]) => string;
  /** What the score is. */
  readonly score: string;
  /** Headings. */
  readonly best: string;
  readonly ranking: string;
  /** Heads of the ranking before and after the names of the hyperparameters. */
  readonly heads: {
    readonly before: readonly [rank: string, trial: string];
    readonly after: readonly [score: string, std: string, rung: string, status: string];
  };
  /** The rung of a trial. */
  readonly rung: (rung: number, of: number) => string;
  readonly status: Readonly<Record<TrialStatus, string>>;
  /** A picture, for those who do not see it. */
  readonly picture: string;
}

/** The words of `deno task sweep`. */
export const ENGLISH_SWEEP: SweepWords = {
  trials: (count, seeds, first, version) =>
    `${counted(count, "trial")} with ${
      seeds === 1
        ? `1 seed each, seed ${first}`
        : `${seeds} seeds each, seeds ${first} to ${first + seeds - 1}`
    }, @bellman/dqn ${version}.`,
  sampling: {
    random: "Drawn at random.",
    grid: "Every combination of a grid.",
    tpe: (roundSize) =>
      `Drawn by a Tree-structured Parzen Estimator in rounds of ${roundSize}, beginning at random.`,
  },
  whole: "Every trial got the whole budget.",
  budget: (steps, episodes) =>
    steps === null ? `${episodes} episodes` : `${steps.toLocaleString("en")} steps`,
  halving: (part, rungs, inRounds) =>
    `Successive halving, one in ${part}${inRounds ? " of each round" : ""} promoted: ${
      rungs.map(({ size, budget }) => `${size} with ${budget}`).join(", then ")
    }.`,
  median: (budgets) =>
    `Those whose best score was at least the median continued: ${budgets.join(", then ")}.`,
  score:
    "The score is the mean over seeds of the return that each run's kept policy gets on held-out greedy episodes; " +
    "the best of many trials scores a little too high, since chance helped to select it.",
  best: "The best trial",
  ranking: "Ranking",
  heads: { before: ["rank", "trial"], after: ["score", "± std", "rung", "status"] },
  rung: (rung, of) => `${rung} of ${of}`,
  status: { finished: "finished", stopped: "stopped", failed: "failed" },
  picture: "Picture of the sweep",
};
