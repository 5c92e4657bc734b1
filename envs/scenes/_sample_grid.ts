/**
 * Colours on a grid of samples, four by four for each pixel of an image.
 *
 * @module
 */

/** Samples per pixel along each axis. */
export const SAMPLES = 4;

/**
 * A grid of colours, `0xrrggbb`, to fill shapes in: a sample takes a shape's colour if its centre lies inside. Lengths are in samples,
 * x to the right and y down; sample (i, j) has its centre at (i + 0.5, j + 0.5). Nothing but +, −, ×, ÷ and √ is computed, each rounded
 * once, so that every engine fills the same samples.
 */
export class SampleGrid {
  /** Number of rows of samples. */
  readonly rows: number;
  /** Number of columns of samples. */
  readonly columns: number;
  /** The colours, row after row. */
  readonly colours: Uint32Array;
  /** Whether a pixel may have several colours in one row of samples: an edge lies within it. */
  readonly #isCut: Uint8Array;
  readonly #pixelColumns: number;
  /** Where the edges of a polygon cross the centres of a row, ascending, and whether each leads down (1) or up (-1). */
  #crossings = new Float64Array(16);
  #directions = new Int8Array(16);

  /** Creates a grid for an image of so many pixels. */
  constructor(rows: number, columns: number) {
    this.rows = rows * SAMPLES;
    this.columns = columns * SAMPLES;
    this.colours = new Uint32Array(this.rows * this.columns);
    this.#isCut = new Uint8Array(rows * columns);
    this.#pixelColumns = columns;
  }

  /** Fills all of it. */
  clear(colour: number): void {
    this.colours.fill(colour);
    this.#isCut.fill(0);
  }

  /** The colour of all samples of a pixel, given its first one; -1 if they may differ. */
  colourOf(pixel: number, start: number): number {
    if (this.#isCut[pixel] !== 0) return -1;
    const colour = this.colours[start]!;
    for (let row = 1, at = start + this.columns; row < SAMPLES; row++, at += this.columns) {
      if (this.colours[at] !== colour) return -1;
    }
    return colour;
  }

  /** Fills a polygon, x0, y0, x1, y1, …, wherever it winds around a sample. */
  fillPolygon(points: ArrayLike<number>, colour: number): void {
    let [top, bottom] = [Infinity, -Infinity];
    for (let i = 1; i < points.length; i += 2) {
      if (points[i]! < top) top = points[i]!;
      if (points[i]! > bottom) bottom = points[i]!;
    }
    if (this.#crossings.length < points.length / 2) {
      this.#crossings = new Float64Array(points.length);
      this.#directions = new Int8Array(points.length);
    }
    const end = this.#endRow(bottom);
    for (let row = this.#firstRow(top); row < end; row++) {
      const count = this.#cross(points, row + 0.5);
      let winding = 0;
      for (let i = 0; i + 1 < count; i++) {
        winding += this.#directions[i]!;
        if (winding !== 0) this.#fillSpan(row, this.#crossings[i]!, this.#crossings[i + 1]!, colour);
      }
    }
  }

  /** Fills the part of an ellipse that lies outside of another with the same centre; radii of 0 leave it whole. */
  fillRing(
    { x, y, radiusX, radiusY, innerX, innerY }: Ring,
    colour: number,
  ): void {
    const end = this.#endRow(y + radiusY);
    for (let row = this.#firstRow(y - radiusY); row < end; row++) {
      const half = halfWidth(row + 0.5 - y, radiusX, radiusY);
      const hole = halfWidth(row + 0.5 - y, innerX, innerY);
      if (hole === 0) this.#fillSpan(row, x - half, x + half, colour);
      else {
        this.#fillSpan(row, x - half, x - hole, colour);
        this.#fillSpan(row, x + hole, x + half, colour);
      }
    }
  }

  /** The first row whose centre is not above y. */
  #firstRow(y: number): number {
    return Math.max(0, Math.ceil(y - 0.5));
  }

  /** The row after the last one whose centre is above y. */
  #endRow(y: number): number {
    return Math.min(this.rows, Math.ceil(y - 0.5));
  }

  /** Fills the samples of a row whose centres lie from one place up to, but without, another. */
  #fillSpan(row: number, from: number, to: number, colour: number): void {
    const first = Math.max(0, Math.ceil(from - 0.5));
    const end = Math.min(this.columns, Math.ceil(to - 0.5));
    if (first >= end) return;
    const start = row * this.columns;
    this.colours.fill(colour, start + first, start + end);
    const pixels = Math.floor(row / SAMPLES) * this.#pixelColumns;
    if (first % SAMPLES !== 0) this.#isCut[pixels + Math.floor(first / SAMPLES)] = 1;
    if (end % SAMPLES !== 0) this.#isCut[pixels + Math.floor(end / SAMPLES)] = 1;
  }

  /** Finds where the edges of a polygon cross a height; returns how often they do. */
  #cross(points: ArrayLike<number>, y: number): number {
    const crossings = this.#crossings, directions = this.#directions;
    let count = 0;
    let fromX = points[points.length - 2]!, fromY = points[points.length - 1]!;
    for (let i = 0; i < points.length; i += 2) {
      const toX = points[i]!, toY = points[i + 1]!;
      if ((fromY <= y) !== (toY <= y)) {
        const x = fromX + (y - fromY) * (toX - fromX) / (toY - fromY);
        const direction = fromY <= y ? 1 : -1;
        let at = count++;
        for (; at > 0 && crossings[at - 1]! > x; at--) {
          crossings[at] = crossings[at - 1]!;
          directions[at] = directions[at - 1]!;
        }
        crossings[at] = x;
        directions[at] = direction;
      }
      fromX = toX;
      fromY = toY;
    }
    return count;
  }
}

/** An ellipse with a hole, in samples. */
export interface Ring {
  /** Centre. */
  x: number;
  /** Centre. */
  y: number;
  /** Outer radius along x. */
  radiusX: number;
  /** Outer radius along y. */
  radiusY: number;
  /** Radius of the hole along x. */
  innerX: number;
  /** Radius of the hole along y. */
  innerY: number;
}

/** Half the width of an ellipse at a distance from its centre along y; 0 outside. */
function halfWidth(distance: number, radiusX: number, radiusY: number): number {
  const part = distance / radiusY;
  const rest = 1 - part * part;
  return rest > 0 ? radiusX * Math.sqrt(rest) : 0;
}
