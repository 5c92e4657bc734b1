import { VERSION } from "../values/package.ts";
import { ASSIGNMENT_SPACE } from "./assignment_space.ts";
import { randomTrials } from "./sample_trials.ts";
import { parseSpace } from "./search_space.ts";
import { type SweepPlan, usefulRungs } from "./sweep_plan.ts";

/** The environment of the assignment. */
export const ASSIGNMENT_ENV = "MountainCar-v0";

/** The agent of the assignment. */
export const ASSIGNMENT_AGENT = "double-dqn";

/** The rungs of its search at most. */
export const ASSIGNMENT_RUNGS = 2;

/** One trial in so many is promoted, as by default in a sweep. */
const HALVING = 3;

/** Options of {@linkcode assignmentPlan}. */
export interface AssignmentOptions {
  /** Hyperparameter settings to try. */
  readonly trials: number;
  /** The seed of the runs and of the trials. */
  readonly seed: number;
  /** Environment steps per run of the best trials. */
  readonly steps: number;
}

/** The plan of `deno task assignment --trials --seed --steps`. */
export function assignmentPlan({ trials: count, seed, steps }: AssignmentOptions): SweepPlan {
  const space = parseSpace(ASSIGNMENT_SPACE);
  return {
    version: VERSION,
    flags: { env: ASSIGNMENT_ENV, agent: ASSIGNMENT_AGENT, steps: String(steps) },
    config: null,
    space,
    sampling: "random",
    count,
    roundSize: count,
    trials: randomTrials(space, count, seed),
    seeds: 1,
    seed,
    pruning: "halving",
    halving: HALVING,
    rungs: usefulRungs({ pruning: "halving", halving: HALVING, roundSize: count, count }, ASSIGNMENT_RUNGS),
  };
}
