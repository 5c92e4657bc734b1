import { type Prng, randomStream } from "../../agents/mod.ts";

/** A sweep to simulate. */
export interface SimulatedSweep {
  /** Runs of each rung, in order; a rung ends before the next begins. */
  readonly rungs: readonly number[];
  /** Mean seconds of a run of the first rung, without the server. */
  readonly runSeconds: number;
  /** Factor by which runs take longer from one rung to the next. */
  readonly growth: number;
  /** Number of runs in parallel. */
  readonly workers: number;
  /** Seconds that the server spends on each run; it serves one at a time. */
  readonly serverSeconds: number;
  /** Seed of the run lengths. */
  readonly seed: number;
}

/** The result of a simulated sweep. */
export interface SimulatedResult {
  /** Seconds from its start to its end. */
  readonly seconds: number;
  /** The share of that time in which the server was busy. */
  readonly serverBusy: number;
  /** The share of their time in which workers trained. */
  readonly workersBusy: number;
}

/** The spread of run lengths: the standard deviation of their logarithm. */
const SPREAD = 0.3;

/**
 * Simulates the events of a sweep: each worker takes a run from a server that serves one at a time, trains, and takes
 * the next. Half of the server's work on a run comes before the training, half after. Lengths of runs are lognormal.
 *
 * @param sweep The sweep.
 * @returns Its duration and utilisation.
 */
export function simulateSweep(sweep: SimulatedSweep): SimulatedResult {
  const { rungs, runSeconds, growth, workers, serverSeconds, seed } = sweep;
  const random = randomStream(seed, "lengths of runs");
  let now = 0;
  let serverFree = 0;
  let served = 0;
  let trained = 0;
  /** The time at which the server answers a request made at a given time. */
  const serve = (time: number) => {
    served += serverSeconds / 2;
    return serverFree = Math.max(serverFree, time) + serverSeconds / 2;
  };
  for (const [rung, runs] of rungs.entries()) {
    const mean = runSeconds * growth ** rung;
    const events = createHeap();
    let left = runs;
    const begin = (time: number) => {
      left--;
      const length = mean * Math.exp(SPREAD * normal(random) - SPREAD * SPREAD / 2);
      trained += length;
      events.push(serve(time) + length);
    };
    for (let i = 0; i < Math.min(workers, runs); i++) begin(now);
    for (let time = events.pop(); time !== undefined; time = events.pop()) {
      now = serve(time);
      if (left > 0) begin(now);
    }
  }
  return { seconds: now, serverBusy: served / now, workersBusy: trained / (workers * now) };
}

/** A standard normal number (Box and Muller 1958). */
function normal(random: { next: Prng }): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** A queue of numbers, smallest first. */
function createHeap() {
  const heap: number[] = [];
  return {
    push(value: number) {
      let i = heap.push(value) - 1;
      for (let up = (i - 1) >> 1; i > 0 && heap[up]! > value; i = up, up = (i - 1) >> 1) heap[i] = heap[up]!;
      heap[i] = value;
    },
    pop(): number | undefined {
      const first = heap[0];
      const value = heap.pop();
      if (value === undefined || heap.length === 0) return first;
      let i = 0;
      for (let down = 1; down < heap.length; i = down, down = 2 * i + 1) {
        if (down + 1 < heap.length && heap[down + 1]! < heap[down]!) down++;
        if (heap[down]! >= value) break;
        heap[i] = heap[down]!;
      }
      heap[i] = value;
      return first;
    },
  };
}
