/** One part of all transitions in a replay buffer: a fixed number of elements per row, row after row. */
export interface ReplayColumn<T> {
  /** All rows. */
  readonly data: T;
  /** Elements of a row. */
  readonly width: number;
  /** The rule for its elements. */
  readonly rule: ColumnRule;

  /** The first rows, as a copy or as a view. */
  first(rows: number, asView: boolean): T;

  /** Overwrites the first rows. */
  restore(rows: T): void;
}

/** A rule for the elements of a column, stricter than the type of its array. */
export interface ColumnRule {
  /** To follow "must be". */
  readonly words: string;
  /** The first element that breaks the rule. */
  firstOdd(values: ColumnValues): number | undefined;
}

/** Values that can be searched. */
interface ColumnValues {
  find(predicate: (value: number) => boolean): number | undefined;
}

/** The part of an array that a column uses. */
interface ColumnArray<T> {
  subarray(begin: number, end: number): T;
  slice(): T;
  set(source: T): void;
}

/**
 * Makes a column.
 *
 * @param data All rows, without padding.
 * @param rule The rule for its elements.
 * @param width Elements of a row.
 * @returns The column, which writes into `data`.
 */
export function createColumn<T extends ColumnArray<T>>(
  data: T,
  rule: ColumnRule,
  width = 1,
): ReplayColumn<T> {
  return new ArrayColumn(data, rule, width);
}

class ArrayColumn<T extends ColumnArray<T>> implements ReplayColumn<T> {
  readonly data: T;
  readonly rule: ColumnRule;
  readonly width: number;

  constructor(data: T, rule: ColumnRule, width: number) {
    this.data = data;
    this.rule = rule;
    this.width = width;
  }

  first(rows: number, asView: boolean): T {
    const view = this.data.subarray(0, rows * this.width);
    return asView ? view : view.slice();
  }

  restore(rows: T): void {
    this.data.set(rows);
  }
}
