import type { DiscreteAction } from "../envs/env.ts";
import { Discrete } from "../envs/spaces/discrete.ts";
import { MultiDiscrete } from "../envs/spaces/multi_discrete.ts";
import type { Space } from "../envs/spaces/space.ts";

/**
 * Actions as rows of whole numbers: a Discrete action is one, a MultiDiscrete action one per part. A network has an output for each
 * value of each part, part after part.
 */
export class ActionRows<A extends DiscreteAction> {
  /** Number of values of each part. */
  readonly counts: readonly number[];
  /** Each part's difference between a value and its column among the outputs. */
  readonly shifts: readonly number[];
  /** Each part's first value. */
  readonly starts: readonly number[];
  /** Whether an action is an Int32Array. */
  readonly isVector: boolean;
  readonly #space: Space<A>;
  /** Each part's first column among the outputs. */
  readonly #firsts: readonly number[];

  /** Throws a TypeError or a RangeError if actions are no whole numbers in int32; the message begins with "Cannot create `what`". */
  constructor(space: Space<A>, what: string) {
    this.#space = space;
    this.isVector = space instanceof MultiDiscrete;
    if (space instanceof MultiDiscrete) {
      this.counts = space.nvec;
      this.starts = space.start;
      let first = 0;
      this.#firsts = space.nvec.map((count) => (first += count) - count);
      this.shifts = space.start.map((start, i) => start - this.#firsts[i]!);
      return;
    }
    if (!(space instanceof Discrete)) {
      throw new TypeError(
        `Cannot create ${what}: the action space must be Discrete or MultiDiscrete, got ${space}`,
      );
    }
    const { start, n } = space;
    if (start < -(2 ** 31) || start + n > 2 ** 31) {
      throw new RangeError(
        `Cannot create ${what}: actions must be whole numbers from -2^31 to 2^31 - 1, got ${space}`,
      );
    }
    this.counts = [n];
    this.starts = [start];
    this.#firsts = [0];
    this.shifts = [start];
  }

  /** Number of parts of an action. */
  get width(): number {
    return this.counts.length;
  }

  /** Number of values of each part as a network's architecture needs them. */
  get outputs(): number | readonly number[] {
    return this.isVector ? this.counts : this.counts[0]!;
  }

  /** Number of values of all parts together. */
  get size(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** The action in a row of whole numbers; a vector is a copy. */
  read(rows: Int32Array, row: number): A {
    const { width } = this;
    return this.take(this.isVector ? rows.slice(row * width, (row + 1) * width) : rows[row]!);
  }

  /** The action of the chosen columns. */
  fromColumns(columns: Int32Array): A {
    const { shifts } = this;
    if (!this.isVector) return this.take(columns[0]! + shifts[0]!);
    return this.take(columns.map((column, i) => column + shifts[i]!));
  }

  /** The columns of an action, written to a list with one element per part, which is returned. */
  columnsOf(action: A, columns: Int32Array): Int32Array {
    const { shifts } = this;
    if (typeof action === "number") columns[0] = action - shifts[0]!;
    else for (let i = 0; i < columns.length; i++) columns[i] = action[i]! - shifts[i]!;
    return columns;
  }

  /** A value as an action; throws a RangeError if it is none. */
  take(value: DiscreteAction): A {
    if (this.#space.contains(value)) return value;
    throw new RangeError(`Cannot act: actions must be in ${this.#space}, got ${value}`);
  }

  /** Whether a value is an action. */
  contains(value: unknown): boolean {
    return this.#space.contains(value);
  }

  /** The first of the numbers in rows of actions that is outside its part; undefined if none is. */
  firstOdd(rows: ArrayLike<number>): number | undefined {
    const { counts, shifts, width } = this;
    const firsts = this.#firsts;
    for (let k = 0; k < rows.length; k++) {
      const i = k % width;
      const column = rows[k]! - shifts[i]! - firsts[i]!;
      if (!(column >= 0 && column < counts[i]! && Number.isInteger(column))) return rows[k];
    }
    return undefined;
  }

  /** The space in Gymnasium's notation. */
  toString(): string {
    return String(this.#space);
  }
}
