/**
 * Timing on a machine that others use too: many short rounds in turn, and their median.
 *
 * @module
 */

/** Something to time. */
export interface Subject {
  /** What stands in the table. */
  readonly name: string;
  /** Does the work `count` times, and gives the seconds it took. */
  run(count: number): number | Promise<number>;
}

/** How long a subject took. */
export interface Timing {
  /** Median seconds per call. */
  readonly seconds: number;
  /**
   * How many times longer than the first subject, as the median over rounds: both of a pair were timed within one round, so
   * a machine that changes its speed for a while does not tilt it.
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

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/**
 * Times subjects in turn.
 *
 * @param subjects What to time.
 * @param options How many rounds, and the seconds that one round of one subject takes.
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
    // Until engines have compiled what is hot and a round is long enough to be timed.
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
