/** One part of all transitions in a replay buffer: so many elements a row, row after row. */
export interface ReplayColumn<T> {
  /** All rows. */
  readonly data: T;
  /** Elements of a row. */
  readonly width: number;

  /** The first rows, as a copy or as a view. */
  first(rows: number, asView: boolean): T;

  /** Takes over the first rows. */
  restore(rows: T): void;
}

/** What a column needs of its array. */
interface ColumnArray<T> {
  subarray(begin: number, end: number): T;
  slice(): T;
  set(source: T): void;
}

/**
 * Makes a column.
 *
 * @param data All rows, without padding.
 * @param width Elements of a row.
 * @returns The column, which writes into `data`.
 */
export function createColumn<T extends ColumnArray<T>>(data: T, width = 1): ReplayColumn<T> {
  return new ArrayColumn(data, width);
}

class ArrayColumn<T extends ColumnArray<T>> implements ReplayColumn<T> {
  readonly data: T;
  readonly width: number;

  constructor(data: T, width: number) {
    this.data = data;
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
