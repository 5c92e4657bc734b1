import { stateCount } from "../../agents/mod.ts";
import { Box, Discrete, type Env, isBoxOf } from "../../envs/mod.ts";

/** The largest number of values in a run's table: 16 MiB, or 80 MB as `q_table.csv`. */
const MOST_VALUES = 2 ** 22;

/**
 * Refuses a table that would fill the memory, or take minutes to save.
 *
 * @param env An environment with Discrete actions.
 * @param bins The bins per element of a Box of observations, one number for all or one for each.
 * @throws {RangeError} If the table has more than 4,194,304 values; the message names a number of bins that fits.
 */
export function requireTableFits(env: Env, bins: readonly number[]): void {
  const { observationSpace, actionSpace } = env;
  if (!(actionSpace instanceof Discrete)) return;
  const isBox = isBoxOf("float32", observationSpace);
  if (!isBox && observationSpace instanceof Box) return;
  const elements = isBox ? observationSpace.low.length : 0;
  const all = bins.length === 1 ? new Array<number>(elements).fill(bins[0]!) : bins;
  const states = isBox ? all.reduce((product, count) => product * count, 1) : stateCount(observationSpace);
  if (states * actionSpace.n <= MOST_VALUES) return;
  const advice = isBox ? ` (--bins ${largestBins(elements, actionSpace.n)} fits)` : "";
  throw new RangeError(
    `Cannot make a table for ${env.id}: it must have at most ${MOST_VALUES} values (16 MiB), got ${states} states of ${actionSpace.n} actions each${advice}`,
  );
}

/** The largest number of bins per element that fits. */
function largestBins(elements: number, actions: number): number {
  let bins = 1;
  while ((bins + 1) ** elements * actions <= MOST_VALUES) bins++;
  return bins;
}
