/**
 * Short texts as lines, so that a scene needs no fonts and looks the same everywhere.
 *
 * @module
 */

import type { Shape } from "./scene.ts";

/** Strokes on a grid two wide and four high, x0, y0, x1, y1, …, from the lower left. */
const GLYPHS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  "0": [[0.5, 0, 1.5, 0, 2, 0.6, 2, 3.4, 1.5, 4, 0.5, 4, 0, 3.4, 0, 0.6, 0.5, 0]],
  "1": [[0.3, 3.2, 1.1, 4, 1.1, 0], [0.4, 0, 1.8, 0]],
  "2": [[0, 3.3, 0.5, 4, 1.5, 4, 2, 3.4, 2, 2.7, 0, 0, 2, 0]],
  "3": [[0, 3.4, 0.5, 4, 1.5, 4, 2, 3.4, 2, 2.6, 1.5, 2.1, 0.8, 2.1], [
    1.5,
    2.1,
    2,
    1.5,
    2,
    0.6,
    1.5,
    0,
    0.5,
    0,
    0,
    0.6,
  ]],
  "4": [[1.5, 0, 1.5, 4, 0, 1.2, 2.1, 1.2]],
  "5": [[1.8, 4, 0.2, 4, 0.1, 2.2, 1.4, 2.3, 2, 1.7, 2, 0.6, 1.5, 0, 0.5, 0, 0, 0.5]],
  "6": [[
    1.8,
    3.6,
    1.4,
    4,
    0.6,
    4,
    0,
    3.3,
    0,
    0.6,
    0.5,
    0,
    1.5,
    0,
    2,
    0.6,
    2,
    1.7,
    1.5,
    2.3,
    0.5,
    2.3,
    0,
    1.7,
  ]],
  "7": [[0, 4, 2, 4, 0.7, 0]],
  "8": [[
    0.5,
    2.1,
    0,
    2.6,
    0,
    3.4,
    0.5,
    4,
    1.5,
    4,
    2,
    3.4,
    2,
    2.6,
    1.5,
    2.1,
    0.5,
    2.1,
    0,
    1.5,
    0,
    0.6,
    0.5,
    0,
  ], [
    0.5,
    0,
    1.5,
    0,
    2,
    0.6,
    2,
    1.5,
    1.5,
    2.1,
  ]],
  "9": [[
    0.2,
    0.4,
    0.6,
    0,
    1.4,
    0,
    2,
    0.7,
    2,
    3.4,
    1.5,
    4,
    0.5,
    4,
    0,
    3.4,
    0,
    2.3,
    0.5,
    1.7,
    1.5,
    1.7,
    2,
    2.3,
  ]],
  "A": [[0, 0, 1, 4, 2, 0], [0.35, 1.3, 1.65, 1.3]],
  "B": [[0, 2.1, 1.4, 2.1, 1.9, 2.6, 1.9, 3.5, 1.4, 4, 0, 4, 0, 0, 1.4, 0, 2, 0.5, 2, 1.6, 1.4, 2.1]],
  "G": [[2, 3.3, 1.5, 4, 0.5, 4, 0, 3.4, 0, 0.6, 0.5, 0, 1.5, 0, 2, 0.6, 2, 1.8, 1.2, 1.8]],
  "J": [[0.7, 4, 2, 4], [1.5, 4, 1.5, 0.6, 1, 0, 0.5, 0, 0, 0.6]],
  "K": [[0, 0, 0, 4], [2, 4, 0, 1.6], [0.7, 2.4, 2, 0]],
  "Q": [[0.5, 0, 1.5, 0, 2, 0.6, 2, 3.4, 1.5, 4, 0.5, 4, 0, 3.4, 0, 0.6, 0.5, 0], [1.2, 1, 2.1, -0.3]],
  "R": [[0, 0, 0, 4, 1.4, 4, 2, 3.4, 2, 2.6, 1.4, 2, 0, 2], [1, 2, 2, 0]],
  "Y": [[0, 4, 1, 2, 2, 4], [1, 2, 1, 0]],
};

/** Width of a glyph and the gap behind it, on the grid. */
const GLYPH_WIDTH = 2;
const GAP = 0.9;

/** Draws digits and some capital letters around a point, `height` high. */
export function strokeText(text: string, x: number, y: number, height: number, stroke: string): Shape[] {
  const scale = height / 4;
  const left = x - (text.length * (GLYPH_WIDTH + GAP) - GAP) * scale / 2;
  return [...text].flatMap((letter, i) =>
    (GLYPHS[letter] ?? []).map((strokes): Shape => ({
      kind: "line",
      points: strokes.map((value, j) =>
        j % 2 === 0 ? left + (i * (GLYPH_WIDTH + GAP) + value) * scale : y + (value - 2) * scale
      ),
      stroke,
      strokeWidth: 0.6 * scale,
    }))
  );
}
