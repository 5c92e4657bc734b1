/**
 * Parts shared by pictures of grid worlds. One tile is one unit; the centre of the tile in row r and column c is
 * (c + 0.5, rows − r − 0.5).
 *
 * @module
 */

import type { Shape } from "./scene.ts";

/** The direction in which a figure looks. */
export type Heading = "left" | "down" | "right" | "up";

/** The lines around all tiles. */
export function gridLines(rows: number, columns: number, stroke: string): Shape[] {
  const lines: Shape[] = [];
  for (let x = 0; x <= columns; x++) {
    lines.push({ kind: "line", points: [x, 0, x, rows], stroke, strokeWidth: 0.02 });
  }
  for (let y = 0; y <= rows; y++) {
    lines.push({ kind: "line", points: [0, y, columns, y], stroke, strokeWidth: 0.02 });
  }
  return lines;
}

/** A little person in a coat and a cap, in the middle of a tile. */
export function figure(x: number, y: number, heading: Heading): Shape[] {
  const side = heading === "left" ? -1 : heading === "right" ? 1 : 0;
  const eyes: Shape[] = heading === "up" ? [] : [-0.06, 0.06].map((offset) => ({
    kind: "circle",
    x: x + 0.05 * side + offset * (side === 0 ? 1 : 0.6),
    y: y + 0.1,
    radius: 0.022,
    fill: "#111827",
  }));
  return [
    { kind: "rectangle", x: x - 0.08, y: y - 0.33, width: 0.1, height: 0.12, fill: "#4b3621" },
    { kind: "rectangle", x: x + 0.08, y: y - 0.33, width: 0.1, height: 0.12, fill: "#4b3621" },
    {
      kind: "polygon",
      points: [x - 0.21, y - 0.3, x + 0.21, y - 0.3, x + 0.1, y + 0.06, x - 0.1, y + 0.06],
      fill: "#2f855a",
    },
    { kind: "circle", x, y: y + 0.1, radius: 0.15, fill: "#f2c9a0" },
    ...eyes,
    ...cap(x, y + 0.15, side),
  ];
}

/** A cap with its brim at a given height; it leans against the direction of travel. */
export function cap(x: number, y: number, side: number): Shape[] {
  return [
    {
      kind: "polygon",
      points: [x - 0.17, y, x + 0.17, y, x - 0.1 * side, y + 0.25],
      fill: "#c53030",
    },
    { kind: "line", points: [x - 0.16, y, x + 0.16, y], stroke: "#ffffff", strokeWidth: 0.05 },
    { kind: "circle", x: x - 0.1 * side, y: y + 0.25, radius: 0.045, fill: "#ffffff" },
  ];
}
