import { stateCount } from "../../agents/mod.ts";
import { Box, Discrete, type Env } from "../../envs/mod.ts";

/** The most values of a run's table: 16 MiB, of which `q_table.csv` makes 80 MB. */
const MOST_VALUES = 2 ** 22;

/**
 * Refuses a table that would fill the memory, or take minutes to save.
 *
 * @param env With Discrete actions.
 * @param bins Of each element of a Box of observations, or of all.
 * @throws {RangeError} If the table has more than 4,194,304 values; the message names a number of bins that fits.
 */
export function requireTableFits(env: Env, bins: readonly number[]): void {
  const { observationSpace, actionSpace } = env;
  if (!(actionSpace instanceof Discrete)) return;
  const isBox = observationSpace instanceof Box;
  const elements = isBox ? observationSpace.low.length : 0;
  const all = bins.length === 1 ? new Array<number>(elements).fill(bins[0]!) : bins;
  const states = isBox ? all.reduce((product, count) => product * count, 1) : stateCount(observationSpace);
  if (states * actionSpace.n <= MOST_VALUES) return;
  const advice = isBox ? ` (--bins ${largestBins(elements, actionSpace.n)} fits)` : "";
  throw new RangeError(
    `Cannot make a table for ${env.id}: it must have at most ${MOST_VALUES} values (16 MiB), got ${states} states of ${actionSpace.n} actions each${advice}`,
  );
}

/** The most bins for each element that fit. */
function largestBins(elements: number, actions: number): number {
  let bins = 1;
  while ((bins + 1) ** elements * actions <= MOST_VALUES) bins++;
  return bins;
}
