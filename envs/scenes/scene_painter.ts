/**
 * Scenes as pixels, into memory that is used again.
 *
 * @module
 */

import { sinCos } from "../../nn/math/trig.ts";
import { refusal } from "../values/describe.ts";
import { grayOf } from "./gray_of.ts";
import { LINES, type Ring, Scanlines } from "./_scanlines.ts";
import type { Scene, Shape } from "./scene.ts";

/** A whole turn, in radians. */
const TURN = 2 * Math.PI;

/** The least width of a line, in pixels. */
const THINNEST = 0.25;

/** How a {@linkcode ScenePainter} paints. */
export interface PainterOptions {
  /** Whether there is one gray channel instead of red, green and blue. */
  readonly gray: boolean;
  /** Whether each channel of a pixel is its distance from that of the background. */
  readonly blackBackground: boolean;
}

/** Paints scenes as images of one size. */
export class ScenePainter {
  readonly #rows: number;
  readonly #columns: number;
  readonly #isGray: boolean;
  readonly #onBlack: boolean;
  readonly #canvas: Scanlines;
  /** Red, green and blue of a row of pixels. */
  readonly #row: Uint8Array;
  readonly #colours = new Map<string, number>();
  readonly #direction = new Float64Array(2);
  readonly #quad = new Float64Array(8);
  readonly #ring: Ring = { x: 0, y: 0, radiusX: 0, radiusY: 0, innerX: 0, innerY: 0 };
  /** Pixels and lines per unit of the world, and the world's left and upper edge. */
  #scaleX = 1;
  #scaleY = 1;
  #left = 0;
  #top = 0;

  /** Creates a painter of images of so many rows and columns. */
  constructor(rows: number, columns: number, { gray, blackBackground }: PainterOptions) {
    this.#rows = rows;
    this.#columns = columns;
    this.#isGray = gray;
    this.#onBlack = blackBackground;
    this.#canvas = new Scanlines(rows, columns);
    this.#row = new Uint8Array(3 * columns);
  }

  /** Paints a scene; returns a new array of rows × columns × channels bytes. */
  paint(scene: Scene): Uint8Array {
    this.#left = finite(scene.x);
    this.#top = finite(scene.y + scene.height);
    this.#scaleX = finite(this.#canvas.columns / scene.width);
    this.#scaleY = finite(this.#canvas.lines / scene.height);
    const background = this.#colourOf(scene.background);
    this.#canvas.clear(background);
    for (const shape of scene.shapes) this.#draw(shape);
    return this.#resolve(this.#onBlack ? background : 0);
  }

  #draw(shape: Shape): void {
    const { fill, stroke } = shape;
    const least = THINNEST / 2 / Math.min(this.#scaleX, this.#scaleY / LINES);
    const half = Math.max((shape.strokeWidth ?? 0) / 2, least);
    if (shape.kind === "circle") {
      if (fill !== undefined) this.#drawRing(shape.x, shape.y, shape.radius, 0, fill);
      if (stroke !== undefined) {
        this.#drawRing(shape.x, shape.y, shape.radius + half, Math.max(0, shape.radius - half), stroke);
      }
      return;
    }
    const points = shape.kind === "rectangle" ? this.#corners(shape) : shape.points;
    if (fill !== undefined) {
      const across = points.map((value, i) => i % 2 === 0 ? this.#across(value) : this.#down(value));
      this.#canvas.fillPolygon(across, this.#colourOf(fill));
    }
    if (stroke !== undefined) this.#drawPath(points, shape.kind !== "line", half, stroke);
  }

  /** The corners of a rectangle, turned. */
  #corners({ x, y, width, height, angle = 0 }: Shape & { kind: "rectangle" }): number[] {
    const [halfWidth, halfHeight] = [width / 2, height / 2];
    if (angle === 0) {
      const [left, right, lower, upper] = [x - halfWidth, x + halfWidth, y - halfHeight, y + halfHeight];
      return [left, lower, right, lower, right, upper, left, upper];
    }
    sinCos(finite(angle) % TURN, this.#direction);
    const [sine, cosine] = [this.#direction[0]!, this.#direction[1]!];
    const [alongX, alongY] = [halfWidth * cosine, halfWidth * sine];
    const [upX, upY] = [-halfHeight * sine, halfHeight * cosine];
    return [
      x - alongX - upX,
      y - alongY - upY,
      x + alongX - upX,
      y + alongY - upY,
      x + alongX + upX,
      y + alongY + upY,
      x - alongX + upX,
      y - alongY + upY,
    ];
  }

  /** Draws the segments of a path as bars with round ends. */
  #drawPath(points: readonly number[], isClosed: boolean, half: number, stroke: string): void {
    const last = points.length - 2;
    let [fromX, fromY] = isClosed ? [points[last]!, points[last + 1]!] : [points[0]!, points[1]!];
    for (let i = 0; i <= last; i += 2) {
      const [toX, toY] = [points[i]!, points[i + 1]!];
      this.#drawRing(toX, toY, half, 0, stroke);
      const [dx, dy] = [toX - fromX, toY - fromY];
      const length = Math.sqrt(dx * dx + dy * dy);
      if (length > 0) {
        const [sideX, sideY] = [-dy / length * half, dx / length * half];
        const quad = this.#quad;
        quad[0] = this.#across(fromX + sideX);
        quad[1] = this.#down(fromY + sideY);
        quad[2] = this.#across(toX + sideX);
        quad[3] = this.#down(toY + sideY);
        quad[4] = this.#across(toX - sideX);
        quad[5] = this.#down(toY - sideY);
        quad[6] = this.#across(fromX - sideX);
        quad[7] = this.#down(fromY - sideY);
        this.#canvas.fillPolygon(quad, this.#colourOf(stroke));
      }
      [fromX, fromY] = [toX, toY];
    }
  }

  #drawRing(x: number, y: number, radius: number, inner: number, colour: string): void {
    const ring = this.#ring;
    ring.x = this.#across(x);
    ring.y = this.#down(y);
    ring.radiusX = finite(radius * this.#scaleX);
    ring.radiusY = finite(radius * this.#scaleY);
    ring.innerX = inner * this.#scaleX;
    ring.innerY = inner * this.#scaleY;
    this.#canvas.fillRing(ring, this.#colourOf(colour));
  }

  #across(x: number): number {
    return finite((x - this.#left) * this.#scaleX);
  }

  #down(y: number): number {
    return finite((this.#top - y) * this.#scaleY);
  }

  /** A colour as `0xrrggbb`. */
  #colourOf(text: string): number {
    const known = this.#colours.get(text);
    if (known !== undefined) return known;
    if (!/^#[0-9a-f]{6}$/i.test(text)) {
      throw refusal(RangeError, "draw a scene", "colours must be #rrggbb", text);
    }
    const colour = Number.parseInt(text.slice(1), 16);
    if (this.#colours.size < 4096) this.#colours.set(text, colour);
    return colour;
  }

  /** The mean colour of each pixel, or, of each channel, its distance from a colour. */
  #resolve(from: number): Uint8Array {
    const [fromRed, fromGreen, fromBlue] = [from >> 16, from >> 8 & 255, from & 255];
    const fromGray = grayOf(fromRed, fromGreen, fromBlue);
    const image = new Uint8Array(this.#rows * this.#columns * (this.#isGray ? 1 : 3));
    const means = this.#row;
    for (let row = 0, to = 0; row < this.#rows; row++) {
      this.#canvas.means(row, means);
      for (let at = 0; at < means.length; at += 3) {
        const red = means[at]!, green = means[at + 1]!, blue = means[at + 2]!;
        if (this.#isGray) {
          image[to++] = Math.abs(grayOf(red, green, blue) - fromGray);
        } else {
          image[to++] = Math.abs(red - fromRed);
          image[to++] = Math.abs(green - fromGreen);
          image[to++] = Math.abs(blue - fromBlue);
        }
      }
    }
    return image;
  }
}

function finite(value: number): number {
  if (value - value !== 0) throw refusal(RangeError, "draw a scene", "numbers must be finite", value);
  return value;
}
