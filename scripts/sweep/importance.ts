import { randomStream } from "../../agents/mod.ts";
import { meanOf } from "../values/statistics.ts";
import { cellOf } from "./axis.ts";
import { type Dimension, growLeaves, type Leaf, type Part } from "./regression_tree.ts";
import type { Parameter } from "./search_space.ts";
import type { TrialValues } from "./sample_trials.ts";

/** The share of the scores' variance that a parameter explains. */
export interface Importance {
  /** The parameter. */
  readonly parameter: Parameter;
  /** The share, from 0 to 1. */
  readonly share: number;
}

/** Number of trees in the forest. */
export const TREES = 64;
/** The most trials that a tree sees. */
const MOST_POINTS = 1_000;

/**
 * The share of the variance of the score over the search space that each parameter explains alone: functional ANOVA (Hutter et al.
 * 2014, "An Efficient Approach for Assessing Hyperparameter Importance"). A random forest predicts the score; the variance of its mean
 * over all other parameters is compared with that of the whole prediction, exactly, as sums over the leaves. The space counts
 * evenly, on the scale of each range, wherever the search has tried its trials. Interactions between parameters are what the shares
 * leave of 1. A forest also learns chance: with few trials, a parameter without effect gets some hundredths.
 *
 * @param space The parameters.
 * @param trials Values and score of each trial, all with the same budget.
 * @param seed The root seed of the forest: each tree sees trials drawn with replacement.
 * @returns One per parameter, the largest first; undefined if the scores are all equal or fewer than three.
 */
export function importanceOf(
  space: readonly Parameter[],
  trials: readonly { values: TrialValues; score: number }[],
  seed: number,
): Importance[] | undefined {
  if (trials.length < 3 || trials.every(({ score }) => score === trials[0]!.score)) return undefined;
  const dimensions = space.map(({ domain }): Dimension =>
    domain.kind === "choice" ? { choices: domain.values.length } : "position"
  );
  const points = trials.map(({ values, score }) => ({
    at: values.map((value, i) => coordinateOf(space[i]!, value)),
    score,
  }));
  const trees = Array.from({ length: TREES }, (_, tree) => {
    const random = randomStream(seed, `importance tree ${tree}`);
    const count = Math.min(points.length, MOST_POINTS);
    const drawn = Array.from({ length: count }, () => points[random.nextIndex(points.length)]!);
    return sharesOf(dimensions, growLeaves(dimensions, drawn));
  }).filter((shares) => shares !== undefined);
  if (trees.length === 0) return undefined;
  return space.map((parameter, i) => ({ parameter, share: meanOf(trees.map((shares) => shares[i]!)) }))
    .sort((a, b) => b.share - a.share);
}

/** The number of a choice, or the middle of the part of the axis that a number has. */
function coordinateOf(parameter: Parameter, value: string): number {
  const { domain } = parameter;
  if (domain.kind === "choice") return domain.values.indexOf(value);
  const { from, to } = cellOf(parameter, value);
  return (from + to) / 2;
}

/**
 * The share of the variance of a tree's prediction that each dimension explains alone.
 *
 * @param dimensions The dimensions.
 * @param leaves The leaves of the tree, which cover all of them.
 * @returns One per dimension; undefined if the prediction is the same everywhere.
 */
export function sharesOf(dimensions: readonly Dimension[], leaves: readonly Leaf[]): number[] | undefined {
  const volumes = leaves.map(({ parts }) =>
    parts.reduce((product, part, i) => product * sizeOf(part, dimensions[i]!), 1)
  );
  const mean = leaves.reduce((sum, { value }, i) => sum + volumes[i]! * value, 0);
  const variance = leaves.reduce(
    (sum, { value }, i) => sum + volumes[i]! * (value - mean) * (value - mean),
    0,
  );
  if (variance === 0) return undefined;
  return dimensions.map((dimension, i) => {
    const pieces = piecesOf(dimension, leaves.map(({ parts }) => parts[i]!));
    const means = new Float64Array(pieces.length);
    for (const [j, { parts, value }] of leaves.entries()) {
      const outside = value * volumes[j]! / sizeOf(parts[i]!, dimension);
      for (const [k, piece] of pieces.entries()) if (isIn(piece, parts[i]!)) means[k]! += outside;
    }
    const own = pieces.reduce(
      (sum, piece, k) => sum + sizeOf(piece, dimension) * (means[k]! - mean) * (means[k]! - mean),
      0,
    );
    return Math.min(1, own / variance);
  });
}

/** The share of its dimension that a part covers. */
function sizeOf(part: Part, dimension: Dimension): number {
  if ("from" in part) return part.to - part.from;
  return dimension === "position" ? 0 : part.length / dimension.choices;
}

/** The smallest parts of a dimension that the leaves distinguish. */
function piecesOf(dimension: Dimension, parts: readonly Part[]): Part[] {
  if (dimension !== "position") return Array.from({ length: dimension.choices }, (_, i) => [i]);
  const ends = parts.flatMap((part) => "from" in part ? [part.from, part.to] : []);
  const sorted = [...new Set(ends)].sort((a, b) => a - b);
  return sorted.slice(1).map((to, i) => ({ from: sorted[i]!, to }));
}

/** Whether a smallest part lies in another. */
function isIn(piece: Part, part: Part): boolean {
  if ("from" in piece) return "from" in part && part.from <= piece.from && piece.to <= part.to;
  return !("from" in part) && part.includes(piece[0]!);
}
