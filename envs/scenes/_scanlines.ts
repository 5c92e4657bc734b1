/**
 * Colours along horizontal lines, eight for each row of an image.
 *
 * @module
 */

/** Lines in each row of pixels. */
export const LINES = 8;

/**
 * Lines of colours, `0xrrggbb`, to fill shapes in. x is in pixels to the right, y in lines downwards, and line `i` is at the height
 * `i + 0.5`. Where a colour ends is exact, so that the mean of a pixel tells how far an upright edge is within it. Nothing but +, −, ×, ÷
 * and √ is computed, each rounded once, so that every engine gets the same colours.
 */
export class Scanlines {
  /** Number of lines. */
  readonly lines: number;
  /** Width in pixels. */
  readonly columns: number;
  /** Where each colour starts, ascending from 0: up to `#most` per line. */
  #starts: Float64Array;
  #colours: Uint32Array;
  /** How many colours each line has. */
  readonly #counts: Int32Array;
  #most = 8;
  /** How red, green and blue change from one pixel to the next, summed over the lines of a row. */
  readonly #changes: Float64Array;
  /** Where the edges of a polygon cross a line, ascending, and whether each leads down (1) or up (-1). */
  #crossings = new Float64Array(16);
  #directions = new Int8Array(16);

  /** Creates the lines of an image of so many pixels. */
  constructor(rows: number, columns: number) {
    this.lines = rows * LINES;
    this.columns = columns;
    this.#starts = new Float64Array(this.lines * this.#most);
    this.#colours = new Uint32Array(this.lines * this.#most);
    this.#counts = new Int32Array(this.lines);
    this.#changes = new Float64Array((columns + 1) * 3);
  }

  /** Fills all of it. */
  clear(colour: number): void {
    this.#counts.fill(1);
    for (let at = 0; at < this.#starts.length; at += this.#most) {
      this.#starts[at] = 0;
      this.#colours[at] = colour;
    }
  }

  /** Writes the mean colours of a row of pixels, red, green and blue from 0 to 255, rounded to the nearest whole number, halves up. */
  means(row: number, into: Uint8Array): void {
    const changes = this.#changes.fill(0);
    for (let line = row * LINES; line < (row + 1) * LINES; line++) {
      const start = line * this.#most;
      let before = 0;
      for (let at = start; at < start + this.#counts[line]!; at++) {
        const x = this.#starts[at]!, colour = this.#colours[at]!;
        const pixel = Math.floor(x), right = x - pixel, left = 1 - right;
        const red = (colour >> 16) - (before >> 16);
        const green = (colour >> 8 & 255) - (before >> 8 & 255);
        const blue = (colour & 255) - (before & 255);
        changes[3 * pixel]! += red * left;
        changes[3 * pixel + 1]! += green * left;
        changes[3 * pixel + 2]! += blue * left;
        changes[3 * pixel + 3]! += red * right;
        changes[3 * pixel + 4]! += green * right;
        changes[3 * pixel + 5]! += blue * right;
        before = colour;
      }
    }
    let red = LINES / 2, green = LINES / 2, blue = LINES / 2;
    for (let at = 0; at < 3 * this.columns; at += 3) {
      red += changes[at]!;
      green += changes[at + 1]!;
      blue += changes[at + 2]!;
      into[at] = Math.floor(red / LINES);
      into[at + 1] = Math.floor(green / LINES);
      into[at + 2] = Math.floor(blue / LINES);
    }
  }

  /** Fills a polygon, x0, y0, x1, y1, …, wherever it winds around a point. */
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
    const end = this.#endLine(bottom);
    for (let line = this.#firstLine(top); line < end; line++) {
      const count = this.#cross(points, line + 0.5);
      let winding = 0;
      for (let i = 0; i + 1 < count; i++) {
        winding += this.#directions[i]!;
        if (winding !== 0) this.#fillSpan(line, this.#crossings[i]!, this.#crossings[i + 1]!, colour);
      }
    }
  }

  /** Fills the part of an ellipse that lies outside of another with the same centre; radii of 0 leave it whole. */
  fillRing(
    { x, y, radiusX, radiusY, innerX, innerY }: Ring,
    colour: number,
  ): void {
    const end = this.#endLine(y + radiusY);
    for (let line = this.#firstLine(y - radiusY); line < end; line++) {
      const half = halfWidth(line + 0.5 - y, radiusX, radiusY);
      const hole = halfWidth(line + 0.5 - y, innerX, innerY);
      if (hole === 0) this.#fillSpan(line, x - half, x + half, colour);
      else {
        this.#fillSpan(line, x - half, x - hole, colour);
        this.#fillSpan(line, x + hole, x + half, colour);
      }
    }
  }

  /** The first line that is not above y. */
  #firstLine(y: number): number {
    return Math.max(0, Math.ceil(y - 0.5));
  }

  /** The line after the last one above y. */
  #endLine(y: number): number {
    return Math.min(this.lines, Math.ceil(y - 0.5));
  }

  /** Fills a line from one place to another. */
  #fillSpan(line: number, from: number, to: number, colour: number): void {
    from = Math.max(0, from);
    to = Math.min(this.columns, to);
    if (!(from < to)) return; // neither if one of them overflowed
    if (this.#counts[line]! + 2 > this.#most) this.#widen();
    const starts = this.#starts, colours = this.#colours;
    const start = line * this.#most, end = start + this.#counts[line]!;
    // What starts from `first` up to `next` is covered; the last of it, or what is to the left, goes on at the right end.
    let first = end;
    while (first > start && starts[first - 1]! >= from) first--;
    let next = first;
    while (next < end && starts[next]! <= to) next++;
    const after = colours[next - 1]!;
    const added = to < this.columns ? 2 : 1;
    starts.copyWithin(first + added, next, end);
    colours.copyWithin(first + added, next, end);
    starts[first] = from;
    colours[first] = colour;
    if (added === 2) {
      starts[first + 1] = to;
      colours[first + 1] = after;
    }
    this.#counts[line] = end - start + added - (next - first);
  }

  /** Makes room for twice as many colours in each line. */
  #widen(): void {
    const most = this.#most, starts = this.#starts, colours = this.#colours;
    this.#most = 2 * most;
    this.#starts = new Float64Array(2 * starts.length);
    this.#colours = new Uint32Array(2 * colours.length);
    for (let from = 0; from < starts.length; from += most) {
      this.#starts.set(starts.subarray(from, from + most), 2 * from);
      this.#colours.set(colours.subarray(from, from + most), 2 * from);
    }
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

/** An ellipse with a hole: x in pixels, y in lines. */
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
