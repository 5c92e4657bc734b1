import type { Constants } from "./_constants.ts";
import type { OpenNode } from "./_open_model.ts";

/** The values that two streams give. */
export interface StreamValues {
  /** The name of the value's, one number. */
  readonly value: string;
  /** The name of the advantages. */
  readonly advantage: string;
}

/** Sums with more terms, or of more levels, are none of dueling streams. */
const MAX_TERMS = 3;
const MAX_LEVELS = 16;

/**
 * The two streams whose values a dueling network combines: V + A − mean A, in whatever order a program adds them up.
 *
 * @param makers The nodes of the graph by the values that they make.
 * @param output The name of the sum.
 * @param constants Of the graph.
 * @returns Undefined if the output is something else.
 */
export function duelingStreams(
  makers: ReadonlyMap<string, OpenNode>,
  output: string,
  constants: Constants,
): StreamValues | undefined {
  const [added, subtracted]: [string[], string[]] = [[], []];
  const isSum = collectTerms({ name: output, sign: 1, levels: MAX_LEVELS }, {
    makerOf: (name) => makers.get(name),
    isConstant: (name) => constants.has(name),
    take: (name, sign) => (sign > 0 ? added : subtracted).push(name) <= MAX_TERMS,
  });
  const [mean] = subtracted;
  const maker = mean === undefined ? undefined : makers.get(mean);
  if (!isSum || added.length !== 2 || subtracted.length !== 1 || maker === undefined) return undefined;
  if (!isRowMean(maker, constants)) return undefined;
  const at = added.indexOf(maker.inputs[0] ?? "");
  return at === -1 ? undefined : { advantage: added[at]!, value: added[1 - at]! };
}

interface Terms {
  makerOf(name: string): OpenNode | undefined;
  isConstant(name: string): boolean;
  /** Takes a term; false if there are too many. */
  take(name: string, sign: number): boolean;
}

interface Term {
  readonly name: string;
  readonly sign: number;
  /** How many nodes may still be followed. */
  readonly levels: number;
}

/** The terms of a sum with their signs; the bias of a layer is no term. */
function collectTerms({ name, sign, levels }: Term, terms: Terms): boolean {
  if (levels === 0) return false;
  const follow = (name: string, sign: number) => collectTerms({ name, sign, levels: levels - 1 }, terms);
  const node = terms.makerOf(name);
  const isPlain = node !== undefined && node.domain === "";
  const [first = "", second = ""] = node?.inputs ?? [];
  if (isPlain && node.operator === "Identity") return follow(first, sign);
  const isSum = isPlain && (node.operator === "Add" || node.operator === "Sub") &&
    !terms.isConstant(first) && !terms.isConstant(second);
  if (!isSum) return terms.take(name, sign);
  return follow(first, sign) && follow(second, node.operator === "Sub" ? -sign : sign);
}

/** Whether a node is the mean of each row, in a column. */
function isRowMean({ operator, domain, attributes, inputs }: OpenNode, constants: Constants): boolean {
  if (operator !== "ReduceMean" || domain !== "" || (attributes.get("keepdims")?.int ?? 1) !== 1) {
    return false;
  }
  // The axes are an input from operator set 18 on.
  const axes = inputs[1] === undefined ? attributes.get("axes")?.ints : constants.integers(inputs[1]);
  return axes?.length === 1 && (axes[0] === 1 || axes[0] === -1);
}
