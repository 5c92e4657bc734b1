/** Estimates the time left. */
export interface TimeLeft {
  /**
   * Records the progress so far.
   *
   * @param seconds Since any fixed moment, never decreasing.
   * @param done The part that is done, in [0, 1].
   * @returns Seconds left; undefined before any progress.
   */
  update(seconds: number, done: number): number | undefined;
}

/** Seconds after which the weight of a measured speed falls to 1/e. */
const MEMORY = 30;

/**
 * Creates an estimate from the speed of the last half minute or so, smooth enough to be read: older measurements
 * count exponentially less.
 *
 * @param done The part that is done at 0 seconds.
 * @returns The estimate.
 */
export function createTimeLeft(done = 0): TimeLeft {
  let [lastSeconds, lastDone] = [0, done];
  let [weighedSeconds, weighedDone] = [0, 0];
  return {
    update(seconds, done) {
      const passed = seconds - lastSeconds;
      const kept = Math.exp(-passed / MEMORY);
      weighedSeconds = weighedSeconds * kept + passed;
      weighedDone = weighedDone * kept + done - lastDone;
      [lastSeconds, lastDone] = [seconds, done];
      return weighedDone > 0 ? (1 - done) * weighedSeconds / weighedDone : undefined;
    },
  };
}
