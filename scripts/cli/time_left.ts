/** Estimates how long something still takes. */
export interface TimeLeft {
  /**
   * Takes down how far it is.
   *
   * @param seconds Since any fixed moment, never less than before.
   * @param done The part that is done, in [0, 1].
   * @returns Seconds left; undefined before anything has been done.
   */
  update(seconds: number, done: number): number | undefined;
}

/** Seconds after which what was seen of the speed counts 1/e. */
const MEMORY = 30;

/**
 * Prepares an estimate that follows the speed of the last half minute or so, evenly enough to be read: what lies further back
 * counts exponentially less.
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
