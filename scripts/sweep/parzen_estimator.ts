import type { Pcg32 } from "../../agents/mod.ts";
import { pow } from "../../nn/math/pow.ts";
import type { Cell } from "./axis.ts";
import { drawInside, normalBelow, normalDensity } from "./normal.ts";
import type { Parameter } from "./search_space.ts";

/** A distribution over a search space. */
export interface ParzenEstimator {
  /** The density at a point: a probability for choices and whole numbers, a density on the axis for real numbers. */
  density(point: readonly Cell[]): number;
  /** Draws a point: one position from 0 to 1 per parameter. */
  sample(random: Pcg32): number[];
}

/** The width of a kernel if there were one point and many parameters, as a part of the axis. */
const WIDTH = 0.2;
/** No kernel is narrower than one part of so many. */
const MOST_PARTS = 100;
/** The number of latest points with full weight. */
const RECENT = 25;

/** One factor of a kernel: the distribution of one parameter. */
interface Factor {
  density(cell: Cell): number;
  sample(random: Pcg32): number;
}

/**
 * A Parzen estimator over all parameters together: a mixture of one kernel per point and one for the whole space, each the product
 * of a distribution per parameter. A range has a normal distribution around the point, cut off at the ends; a list gives its
 * point's choice 1 more than the others' 1 / kernels, before both are divided by their sum. Bergstra et al. 2011 use one
 * estimator per parameter; a kernel over all of them keeps what goes together (Falkner et al. 2018). Widths and weights are
 * those of Optuna's `TPESampler(multivariate=True)`.
 *
 * @param space The parameters.
 * @param points The points in the order in which they were tried; the last 25 have full weight, earlier ones less.
 */
export function parzenEstimator(
  space: readonly Parameter[],
  points: readonly (readonly Cell[])[],
): ParzenEstimator {
  const count = points.length + 1;
  const narrowest = 1 / Math.min(MOST_PARTS, 1 + count);
  const width = Math.max(narrowest, WIDTH * pow(Math.max(1, points.length), -1 / (space.length + 4)));
  const kernels = [
    ...points.map((point) => point.map((cell, i) => factorAround(space[i]!, cell, width, count))),
    space.map((parameter) => parameter.domain.kind === "choice" ? uniform() : normal(0.5, 1)),
  ];
  const weights = [...recencyWeights(points.length), 1];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    density: (point) =>
      kernels.reduce(
        (sum, kernel, k) =>
          sum +
          kernel.reduce((product, factor, i) => product * factor.density(point[i]!), weights[k]! / total),
        0,
      ),
    sample(random) {
      let left = random.next() * total;
      const drawn = weights.findIndex((weight) => (left -= weight) < 0);
      return (kernels[drawn] ?? kernels.at(-1)!).map((factor) => factor.sample(random));
    },
  };
}

/**
 * The weights of points by age: 1 for the latest 25, and rising evenly from 1 / points to 1 for those before.
 *
 * @param count Number of points, the oldest first.
 */
export function recencyWeights(count: number): number[] {
  const old = Math.max(0, count - RECENT);
  return Array.from({ length: count }, (_, i) => {
    if (i >= old) return 1;
    return old === 1 ? 1 / count : 1 / count + (1 - 1 / count) * i / (old - 1);
  });
}

function factorAround({ domain }: Parameter, cell: Cell, width: number, kernels: number): Factor {
  return domain.kind === "choice"
    ? choices(cell, domain.values.length, kernels)
    : normal((cell.from + cell.to) / 2, width);
}

function normal(mean: number, deviation: number): Factor {
  const below = (place: number) => normalBelow((place - mean) / deviation);
  const inside = below(1) - below(0);
  return {
    density({ from, to }) {
      const part = from === to
        ? normalDensity((from - mean) / deviation) / deviation
        : below(to) - below(from);
      return part / inside;
    },
    sample: (random) => drawInside(mean, deviation, random),
  };
}

function choices(own: Cell, values: number, kernels: number): Factor {
  const other = 1 / (kernels + values);
  const isOwn = ({ from }: Cell) => from === own.from;
  return {
    density: (cell) => isOwn(cell) ? other + kernels * other : other,
    sample(random) {
      // With this probability the own choice, otherwise any.
      const place = random.next();
      return random.next() < kernels * other ? (own.from + own.to) / 2 : place;
    },
  };
}

function uniform(): Factor {
  return { density: ({ from, to }) => to - from, sample: (random) => random.next() };
}
