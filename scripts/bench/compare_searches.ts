import { markdownTable } from "../cli/table.ts";
import { meanOf, quantileOf } from "../values/statistics.ts";

/** What one search found. */
export interface Search {
  /** The score of each trial, in their order; undefined if it failed. */
  readonly scores: readonly (number | undefined)[];
  /** The mean score of the best trial when it is trained again with other seeds. */
  readonly again: number;
}

/** Searches in one environment: two ways to draw trials, with the same seeds. */
export interface Comparison {
  /** The name of the environment. */
  readonly name: string;
  /** The random searches, by seed. */
  readonly random: readonly Search[];
  /** Those that learn, by seed. */
  readonly learning: readonly Search[];
}

/** The best score of the first trials of a search. */
function bestOf({ scores }: Search, trials: number): number {
  return Math.max(...scores.slice(0, trials).map((score) => score ?? -Infinity));
}

/** The mean score of the trials after the first ones, without those that failed. */
function meanAfter({ scores }: Search, trials: number): number {
  return meanOf(scores.slice(trials).filter((score) => score !== undefined));
}

/**
 * The comparison as a Markdown table: of each kind of search, the median over its seeds of the best score, of the regret, which is
 * the distance from the best score of all searches of the environment, of the mean score of the trials that the search that learns
 * has chosen, and of the score when trained again, with its regret.
 *
 * @param comparisons One per environment.
 * @param budgets Numbers of trials after which the best score is compared; the last is that of all trials.
 * @param shared Number of trials with which both kinds of search begin.
 */
export function searchTable(
  comparisons: readonly Comparison[],
  budgets: readonly number[],
  shared: number,
): string {
  const header = ["environment, search", ...budgets.flatMap((trials) => [`best of ${trials}`, "regret"])];
  const rows = comparisons.flatMap(({ name, random, learning }) => {
    const all = [...random, ...learning];
    const most = Math.max(...all.map((search) => bestOf(search, Infinity)));
    const mostAgain = Math.max(...all.map(({ again }) => again));
    return ([["random", random], ["tpe", learning]] as const).map(([kind, searches]) => [
      `${name}, ${kind}`,
      ...budgets.flatMap((trials) => pair(searches.map((search) => bestOf(search, trials)), most)),
      quantileOf(searches.map((search) => meanAfter(search, shared)), 0.5).toFixed(1),
      ...pair(searches.map(({ again }) => again), mostAgain),
    ]);
  });
  return markdownTable([...header, `mean after ${shared}`, "trained again", "regret"], rows);
}

/** The median of scores, and of their distances from the best one. */
function pair(scores: readonly number[], most: number): string[] {
  const middle = quantileOf(scores, 0.5);
  return [middle.toFixed(1), (most - middle).toFixed(1)];
}

/**
 * How often the search that learns found a better score than the random search with the same seed, an equal one, and a worse one.
 *
 * @param comparison The searches.
 * @param scoreOf What is compared.
 */
export function countWins(
  { random, learning }: Comparison,
  scoreOf: (search: Search) => number,
): [better: number, equal: number, worse: number] {
  const signs = learning.map((search, i) => Math.sign(scoreOf(search) - scoreOf(random[i]!)));
  return [1, 0, -1].map((sign) => signs.filter((own) => own === sign).length) as [number, number, number];
}

/** The outcomes of {@linkcode countWins} as lines, one per environment. */
export function winsText(comparisons: readonly Comparison[]): string {
  return comparisons.map((comparison) => {
    const text = (counts: readonly number[]) => `${counts[0]} better, ${counts[1]} equal, ${counts[2]} worse`;
    const found = countWins(comparison, (search) => bestOf(search, Infinity));
    const again = countWins(comparison, ({ again }) => again);
    return `${comparison.name}: tpe is ${text(found)} than random; trained again, ${text(again)}`;
  }).join("\n");
}
