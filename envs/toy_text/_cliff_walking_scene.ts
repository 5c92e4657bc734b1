/**
 * The picture of CliffWalking.
 *
 * @module
 */

import { figure, type Heading } from "../scenes/grid_scene.ts";
import type { Scene, Shape } from "../scenes/scene.ts";

/** The headings, in the order of the actions. */
const HEADINGS: readonly Heading[] = ["up", "right", "down", "left"];

/** Draws the grid and the walker on one of its fields. */
export function drawCliffWalking(rows: number, columns: number, state: number, lastAction: number): Scene {
  const row = Math.floor(state / columns);
  const column = state % columns;
  const fields: Shape[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const fill = (r + c) % 2 === 0 ? "#cfe3b4" : "#c2d9a4";
      fields.push({ kind: "rectangle", x: c + 0.5, y: rows - r - 0.5, width: 1, height: 1, fill });
    }
  }
  return {
    x: 0,
    y: 0,
    width: columns,
    height: rows,
    background: "#c2d9a4",
    description:
      `A hillside of ${rows} × ${columns} fields with a cliff along its lower edge; the walker is in row ${row}, ` +
      `column ${column}`,
    shapes: [
      ...fields,
      ...cliff(1, columns - 1),
      {
        kind: "rectangle",
        x: 0.5,
        y: 0.2,
        width: 0.7,
        height: 0.16,
        fill: "#c9a36b",
        stroke: "#8b6b3f",
        strokeWidth: 0.02,
      },
      ...flag(columns - 0.5, 0.5),
      ...figure(column + 0.5, rows - row - 0.45, HEADINGS[lastAction] ?? "down"),
    ],
  };
}

/** The drop between two columns, with a ragged edge. */
function cliff(left: number, right: number): Shape[] {
  const edge: number[] = [];
  for (let i = 0; i <= 4 * (right - left); i++) edge.push(left + i / 4, i % 2 === 0 ? 0.98 : 0.84);
  const cracks: Shape[] = [];
  for (let x = left; x < right; x++) {
    cracks.push(
      {
        kind: "line",
        points: [x + 0.3, 0.66, x + 0.22, 0.4, x + 0.34, 0.15],
        stroke: "#4a5568",
        strokeWidth: 0.035,
      },
      {
        kind: "line",
        points: [x + 0.72, 0.72, x + 0.8, 0.5, x + 0.7, 0.3],
        stroke: "#4a5568",
        strokeWidth: 0.035,
      },
    );
  }
  return [
    { kind: "polygon", points: [...edge, right, 0, left, 0], fill: "#2d3748" },
    { kind: "line", points: edge, stroke: "#7a6a4f", strokeWidth: 0.06 },
    ...cracks,
  ];
}

function flag(x: number, y: number): Shape[] {
  return [
    { kind: "line", points: [x - 0.15, y - 0.4, x - 0.15, y + 0.4], stroke: "#111827", strokeWidth: 0.05 },
    { kind: "polygon", points: [x - 0.15, y + 0.4, x + 0.32, y + 0.22, x - 0.15, y + 0.04], fill: "#dd6b20" },
  ];
}
