import { randomStream } from "../../agents/mod.ts";
import { flagName } from "../settings/settings.ts";
import { UsageError } from "../cli/usage_error.ts";
import { valueAt } from "./axis.ts";
import { gridOf } from "./range_values.ts";
import { isWhole, type Parameter } from "./search_space.ts";

/** The values of one trial, one per parameter, as written on the command line. */
export type TrialValues = readonly string[];

const MOST_GRID_TRIALS = 10_000;

/**
 * Draws trials independently (Bergstra and Bengio 2012, "Random Search for Hyper-Parameter Optimization"). Each value has
 * its own stream, so that more trials, or another parameter, leave the other values unchanged. Numbers are rounded
 * to a thousandth of the width of their range or less: more digits would promise a precision that no search has.
 *
 * @param space The search space.
 * @param count Number of trials.
 * @param seed The root seed.
 */
export function randomTrials(space: readonly Parameter[], count: number, seed: number): TrialValues[] {
  return Array.from({ length: count }, (_, trial) =>
    space.map((parameter) => {
      const { name, domain } = parameter;
      const random = randomStream(seed, `trial ${trial} ${name}`);
      if (domain.kind === "choice") return domain.values[random.nextIndex(domain.values.length)]!;
      return valueAt(parameter, random.next());
    }));
}

/**
 * Every combination, the last parameter changing fastest.
 *
 * @param space The search space; each range has a number of points.
 * @throws {UsageError} If a range has no number of points, or there are more than 10,000 combinations.
 */
export function gridTrials(space: readonly Parameter[]): TrialValues[] {
  const size = space.reduce((product, parameter) => product * pointsOf(parameter), 1);
  if (size > MOST_GRID_TRIALS) {
    throw new UsageError(`Cannot search: the grid must have at most ${MOST_GRID_TRIALS} trials, got ${size}`);
  }
  return space.map(axisOf).reduce<string[][]>(
    (trials, axis) => trials.flatMap((trial) => axis.map((value) => [...trial, value])),
    [[]],
  );
}

function axisOf(parameter: Parameter): readonly string[] {
  const { name, domain } = parameter;
  if (domain.kind === "choice") return domain.values;
  const values = gridOf(domain, pointsOf(parameter), isWhole(parameter)).map(String);
  const distinct = new Set(values).size;
  if (distinct === values.length) return values;
  throw new UsageError(
    `Cannot search: ${flagName(name)} must have at most ${distinct} points, got ${values.length}`,
  );
}

/** The number of values of a parameter in a grid. */
function pointsOf({ name, domain }: Parameter): number {
  if (domain.kind === "choice") return domain.values.length;
  if (domain.points !== undefined) return domain.points;
  throw new UsageError(
    `Cannot search: ${
      flagName(name)
    } must say how many points a grid takes, as in ${domain.kind}:LOW:HIGH:POINTS`,
  );
}
