import type { ReplayRows } from "../../agents/mod.ts";

/**
 * Marks rows that the next row does not continue, as at the end of a recording or where the oldest steps were overwritten, as
 * truncated: a return over several steps must not go on there.
 *
 * @param rows Of single steps.
 * @returns The same rows with other truncations.
 */
export function withGaps(rows: ReplayRows): ReplayRows {
  const { observations, nextObservations, terminations } = rows;
  const count = rows.rewards.length;
  const width = observations.length / count;
  const truncations = rows.truncations.slice();
  for (let row = 0; row < count; row++) {
    if (terminations[row] === 1) continue;
    let continues = row + 1 < count;
    for (let i = 0; i < width && continues; i++) {
      continues = nextObservations[row * width + i] === observations[(row + 1) * width + i];
    }
    if (!continues) truncations[row] = 1;
  }
  return { ...rows, truncations };
}
