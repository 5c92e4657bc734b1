/** A dimension of the points: a position from 0 to 1, or one of so many choices, by its number from 0. */
export type Dimension = "position" | { readonly choices: number };

/** The part of a dimension: an interval, or a set of choices. */
export type Part = { readonly from: number; readonly to: number } | readonly number[];

/** A leaf of a tree: a part of each dimension, and the mean score of the points there. */
export interface Leaf {
  readonly parts: readonly Part[];
  readonly value: number;
}

/** A point with its score. */
export interface ScoredPoint {
  /** One number per dimension. */
  readonly at: readonly number[];
  readonly score: number;
}

interface Split {
  readonly dimension: number;
  readonly parts: readonly [Part, Part];
  readonly sides: readonly [ScoredPoint[], ScoredPoint[]];
}

/**
 * Grows a regression tree until the points of each leaf have one score or one place (Breiman et al. 1984): a node is split where
 * the squared distances of the scores from the two means are smallest. Choices are split in the order of their mean scores.
 *
 * @param dimensions The dimensions.
 * @param points At least one; the same point may be there several times.
 * @param parts The part of each dimension that the tree covers.
 * @returns Its leaves, which together cover all of it.
 */
export function growLeaves(
  dimensions: readonly Dimension[],
  points: readonly ScoredPoint[],
  parts: readonly Part[] = dimensions.map(wholeOf),
): Leaf[] {
  const split = points.every(({ score }) => score === points[0]!.score)
    ? undefined
    : bestSplit(dimensions, points, parts);
  if (split === undefined) return [{ parts, value: sumOf(points) / points.length }];
  return [0, 1].flatMap((side) =>
    growLeaves(dimensions, split.sides[side]!, parts.with(split.dimension, split.parts[side]!))
  );
}

function wholeOf(dimension: Dimension): Part {
  return dimension === "position"
    ? { from: 0, to: 1 }
    : Array.from({ length: dimension.choices }, (_, i) => i);
}

/** The best split, the first of equally good ones; undefined if all points are in one place. */
function bestSplit(
  dimensions: readonly Dimension[],
  points: readonly ScoredPoint[],
  parts: readonly Part[],
): Split | undefined {
  let best: Split | undefined;
  let most = -Infinity;
  for (const dimension of dimensions.keys()) {
    const keys = keysOf(dimensions[dimension]!, points, dimension);
    const sorted = points.toSorted((a, b) => keys(a) - keys(b));
    const total = sumOf(points);
    let below = 0;
    for (let count = 1; count < sorted.length; count++) {
      const [last, next] = [sorted[count - 1]!, sorted[count]!];
      below += last.score;
      if (keys(last) === keys(next)) continue;
      // The less is left of the squares, the more these are.
      const gain = below * below / count + (total - below) * (total - below) / (sorted.length - count);
      if (gain <= most) continue;
      most = gain;
      const sides = [sorted.slice(0, count), sorted.slice(count)] as const;
      best = { dimension, sides: [...sides], parts: cut(parts[dimension]!, sides, dimension) };
    }
  }
  return best;
}

/** The number by which points are sorted: the position, or the rank of the choice by mean score. */
function keysOf(
  dimension: Dimension,
  points: readonly ScoredPoint[],
  index: number,
): (point: ScoredPoint) => number {
  if (dimension === "position") return ({ at }) => at[index]!;
  const groups = Array.from(
    { length: dimension.choices },
    (_, i) => points.filter(({ at }) => at[index] === i),
  );
  const means = groups.map((group) => group.length === 0 ? 0 : sumOf(group) / group.length);
  const order = [...means.keys()].sort((a, b) => means[a]! - means[b]! || a - b);
  return ({ at }) => order.indexOf(at[index]!);
}

/** Cuts a part in the middle between two positions, or into the choices of each side; those without points join the larger side. */
function cut(
  part: Part,
  [left, right]: readonly [readonly ScoredPoint[], readonly ScoredPoint[]],
  index: number,
): [Part, Part] {
  if ("from" in part) {
    const middle = (left.at(-1)!.at[index]! + right[0]!.at[index]!) / 2;
    return [{ from: part.from, to: middle }, { from: middle, to: part.to }];
  }
  const [own, other] = [left, right].map((side) => new Set(side.map(({ at }) => at[index]!)));
  const isLeft = (choice: number) => own!.has(choice) || (!other!.has(choice) && left.length > right.length);
  return [part.filter(isLeft), part.filter((choice) => !isLeft(choice))];
}

function sumOf(points: readonly ScoredPoint[]): number {
  return points.reduce((sum, { score }) => sum + score, 0);
}
