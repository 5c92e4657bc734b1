/** The largest number of values in a table: 1 GiB, so that snapshots and fingerprints stay below the lengths at which engines overflow. */
const MOST_VALUES = 2 ** 28;

/** A table of zeros; throws a RangeError if it is too large. */
export function createTable(states: number, actions: number): Float32Array {
  if (states * actions > MOST_VALUES) {
    throw new RangeError(
      `Cannot create a QLearning: its table must have at most ${MOST_VALUES} values (1 GiB), got ${states} states of ${actions} actions each`,
    );
  }
  try {
    return new Float32Array(states * actions);
  } catch {
    throw new RangeError(
      `Cannot create a QLearning: its table must fit into memory, got ${states} states and ${actions} actions`,
    );
  }
}

/** Throws a RangeError if a value of a table is not finite. */
export function checkTable(action: string, table: Float32Array): void {
  const at = table.findIndex((value) => value - value !== 0);
  if (at === -1) return;
  throw new RangeError(`Cannot ${action}: every value must be finite, got ${table[at]} at index ${at}`);
}
