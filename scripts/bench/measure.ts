/**
 * Timing on a shared machine: many short rounds in turn, and their median.
 *
 * @module
 */

/** Something to time. */
export interface Subject {
  /** Its name in the table. */
  readonly name: string;
  /** Does the work `count` times, and returns the seconds it took. */
  run(count: number): number | Promise<number>;
}

/** The time that a subject took. */
export interface Timing {
  /** Median seconds per call. */
  readonly seconds: number;
  /**
   * Time relative to the first subject, as the median over rounds: each ratio is from within one round, so
   * a temporary change of the machine's speed does not distort it.
   */
  readonly ratio: number;
}

/** A subject that calls a function. */
export function subject(name: string, work: () => void): Subject {
  return {
    name,
    run(count) {
      const start = performance.now();
      for (let i = 0; i < count; i++) work();
      return (performance.now() - start) / 1000;
    },
  };
}

/** The median of some numbers. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/**
 * Times subjects in turn.
 *
 * @param subjects The subjects.
 * @param options The number of rounds, and the seconds per round and subject.
 * @returns One timing for each subject.
 */
export async function measure(
  subjects: readonly Subject[],
  { rounds = 25, roundSeconds = 0.04 }: { rounds?: number; roundSeconds?: number } = {},
): Promise<Timing[]> {
  const counts: number[] = [];
  for (const { run } of subjects) {
    let count = 1;
    let seconds = await run(1);
    // Repeat until the engine has compiled the hot code and a round is long enough to be timed.
    for (let total = seconds; total < 0.5; total += seconds) {
      count = Math.max(1, Math.ceil(count * Math.min(4, roundSeconds / Math.max(seconds, 1e-6))));
      seconds = await run(count);
    }
    counts.push(Math.max(1, Math.round(count * roundSeconds / seconds)));
  }
  const times = subjects.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run }] of subjects.entries()) times[i]!.push(await run(counts[i]!) / counts[i]!);
  }
  const first = times[0]!;
  return times.map((own) => ({
    seconds: median(own),
    ratio: median(own.map((seconds, round) => seconds / first[round]!)),
  }));
}
