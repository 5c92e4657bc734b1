import { randomStream } from "../../agents/mod.ts";
import { flagOf, OPTIONS } from "../settings/settings.ts";
import { UsageError } from "../cli/usage_error.ts";
import type { Parameter } from "./search_space.ts";

/** The values of one trial, one per parameter, each as on the command line. */
export type TrialValues = readonly string[];

const MOST_GRID_TRIALS = 10_000;

/**
 * Draws trials independently (Bergstra and Bengio 2012, "Random Search for Hyper-Parameter Optimization"). Each value comes
 * from a stream of its own, so that more trials, or one parameter more, leave the others as they are. Numbers are rounded
 * to three digits: more would promise what no search can tell.
 *
 * @param space What to draw from.
 * @param count Number of trials.
 * @param seed The root seed.
 */
export function randomTrials(space: readonly Parameter[], count: number, seed: number): TrialValues[] {
  return Array.from({ length: count }, (_, trial) =>
    space.map((parameter) => {
      const { name, domain } = parameter;
      const random = randomStream(seed, `trial ${trial} ${name}`);
      if (domain.kind === "choice") return domain.values[random.nextIndex(domain.values.length)]!;
      if (domain.kind === "int") return String(domain.low + random.nextIndex(domain.high - domain.low + 1));
      return at(parameter, random.next());
    }));
}

/**
 * Every combination, the last parameter changing fastest.
 *
 * @throws {UsageError} If a range says no number of points, or there are more than 10,000 combinations.
 */
export function gridTrials(space: readonly Parameter[]): TrialValues[] {
  const axes = space.map(axisOf);
  const size = axes.reduce((product, axis) => product * axis.length, 1);
  if (size > MOST_GRID_TRIALS) {
    throw new UsageError(`Cannot search: the grid must have at most ${MOST_GRID_TRIALS} trials, got ${size}`);
  }
  return axes.reduce<string[][]>(
    (trials, axis) => trials.flatMap((trial) => axis.map((value) => [...trial, value])),
    [[]],
  );
}

function axisOf(parameter: Parameter): readonly string[] {
  const { name, domain } = parameter;
  if (domain.kind === "choice") return domain.values;
  const { points } = domain;
  if (points === undefined) {
    throw new UsageError(
      `Cannot search: ${
        flagOf(name).slice(2)
      } must say how many points a grid takes, as in ${domain.kind}:LOW:HIGH:POINTS`,
    );
  }
  const values = Array.from({ length: points }, (_, i) => at(parameter, i / (points - 1)));
  return [...new Set(values)];
}

/** The value at a place of a range, 0 its lower end and 1 its upper end. */
function at({ name, domain }: Parameter, place: number): string {
  if (domain.kind === "choice") throw new TypeError("Cannot find a place: a list of values has none");
  const { kind, low, high } = domain;
  const value = kind === "log"
    ? Math.exp(Math.log(low) + place * (Math.log(high) - Math.log(low)))
    : low + place * (high - low);
  const rounded = kind === "int" || OPTIONS[name].placeholder === "N"
    ? Math.round(value)
    : Number(value.toPrecision(3));
  return String(Math.min(high, Math.max(low, rounded)));
}
