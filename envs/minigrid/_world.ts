/**
 * A grid with a player in it.
 *
 * @module
 */

import type { Generator } from "../random/generator.ts";
import { EMPTY, WALL } from "./_cells.ts";

/** How far the player sees: fields ahead of the own one, with as many columns. */
export const VIEW_SIZE = 7;

/** Walls around the grid, so that no view leaves the array. */
const MARGIN = VIEW_SIZE - 1;

/** A part of the grid: its upper left field and its size. */
export interface Area {
  /** Left column. */
  readonly x: number;
  /** Upper row. */
  readonly y: number;
  /** Number of columns. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
}

/** The grid, the player, and what a task remembers. Fields are named by column and row, or by their index. */
export class World {
  /** Number of columns. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
  /** The distance of two fields, one below the other, in {@linkcode cells}. */
  readonly stride: number;
  /** The fields row by row, within walls. */
  readonly cells: Uint16Array;
  /** Fields or objects that the task remembers. */
  readonly marks: Int32Array;
  /** The field of the player; 0 while there is none. */
  agent = 0;
  /** Where the player looks: 0 right, 1 down, 2 left, 3 up. */
  direction = 0;
  /** The object carried, 0 for none. */
  carrying = 0;
  readonly #stream: { readonly generator: Generator };

  constructor(width: number, height: number, marks: number, stream: { readonly generator: Generator }) {
    this.width = width;
    this.height = height;
    this.stride = width + 2 * MARGIN;
    this.cells = new Uint16Array(this.stride * (height + 2 * MARGIN)).fill(WALL);
    this.marks = new Int32Array(marks);
    this.#stream = stream;
  }

  /** The environment's stream. */
  get generator(): Generator {
    return this.#stream.generator;
  }

  /** The index of a field. */
  at(x: number, y: number): number {
    return (y + MARGIN) * this.stride + x + MARGIN;
  }

  /** The column of a field. */
  columnOf(index: number): number {
    return index % this.stride - MARGIN;
  }

  /** The row of a field. */
  rowOf(index: number): number {
    return Math.floor(index / this.stride) - MARGIN;
  }

  /** Puts an object into a field. */
  set(x: number, y: number, cell: number): void {
    this.cells[this.at(x, y)] = cell;
  }

  /** The distance from a field to the next in a direction. */
  ahead(direction: number): number {
    const length = direction % 2 === 0 ? 1 : this.stride;
    return direction < 2 ? length : -length;
  }

  /** The field that the player looks at. */
  get front(): number {
    return this.agent + this.ahead(this.direction);
  }

  /** Takes everything away. */
  clear(): void {
    for (let y = 0; y < this.height; y++) this.fill({ x: 0, y, width: this.width, height: 1 }, EMPTY);
    this.agent = 0;
    this.carrying = 0;
  }

  /** Puts an object into each field of an area. */
  fill({ x, y, width, height }: Area, cell: number): void {
    for (let row = y; row < y + height; row++) {
      const start = this.at(x, row);
      this.cells.fill(cell, start, start + width);
    }
  }

  /** Puts walls on the four sides of an area. */
  enclose({ x, y, width, height }: Area): void {
    this.fill({ x, y, width, height: 1 }, WALL);
    this.fill({ x, y: y + height - 1, width, height: 1 }, WALL);
    this.fill({ x, y, width: 1, height }, WALL);
    this.fill({ x: x + width - 1, y, width: 1, height }, WALL);
  }

  /** The whole grid. */
  get area(): Area {
    return { x: 0, y: 0, width: this.width, height: this.height };
  }
}
