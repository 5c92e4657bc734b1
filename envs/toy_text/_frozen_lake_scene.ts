/**
 * The picture of FrozenLake.
 *
 * @module
 */

import { cap, figure, gridLines, type Heading } from "../scenes/grid_scene.ts";
import type { Scene, Shape } from "../scenes/scene.ts";

/** The headings, in the order of the actions. */
const HEADINGS: readonly Heading[] = ["left", "down", "right", "up"];

/** Draws a map and the walker on one of its tiles. */
export function drawFrozenLake(desc: readonly string[], state: number, lastAction: number): Scene {
  const [rows, columns] = [desc.length, desc[0]!.length];
  const row = Math.floor(state / columns);
  const column = state % columns;
  const [x, y] = [column + 0.5, rows - row - 0.5];
  const letter = desc[row]![column]!;
  const place = letter === "H" ? "in a hole" : letter === "G" ? "at the goal" : "on the ice";
  return {
    x: 0,
    y: 0,
    width: columns,
    height: rows,
    background: "#e6f0fa",
    description:
      `A frozen lake of ${rows} × ${columns} tiles; the walker is ${place} in row ${row}, column ${column}`,
    shapes: [
      ...desc.flatMap((letters, r) =>
        [...letters].flatMap((tile, c) => drawTile(tile, c + 0.5, rows - r - 0.5))
      ),
      ...gridLines(rows, columns, "#b4c8e6"),
      ...(letter === "H" ? splash(x, y) : figure(x, y, HEADINGS[lastAction] ?? "down")),
    ],
  };
}

function drawTile(letter: string, x: number, y: number): Shape[] {
  switch (letter) {
    case "H":
      return hole(x, y);
    case "S":
      return [
        {
          kind: "rectangle",
          x,
          y: y - 0.3,
          width: 0.7,
          height: 0.16,
          fill: "#c9a36b",
          stroke: "#8b6b3f",
          strokeWidth: 0.02,
        },
        { kind: "rectangle", x: x - 0.25, y: y - 0.42, width: 0.08, height: 0.1, fill: "#8b6b3f" },
        { kind: "rectangle", x: x + 0.25, y: y - 0.42, width: 0.08, height: 0.1, fill: "#8b6b3f" },
      ];
    case "G":
      return present(x, y);
    default:
      return [
        { kind: "line", points: [x - 0.3, y + 0.1, x - 0.1, y + 0.3], stroke: "#ffffff", strokeWidth: 0.03 },
        {
          kind: "line",
          points: [x + 0.08, y - 0.3, x + 0.3, y - 0.08],
          stroke: "#ffffff",
          strokeWidth: 0.03,
        },
      ];
  }
}

function hole(x: number, y: number): Shape[] {
  return [
    { kind: "circle", x, y, radius: 0.36, fill: "#1f4e79", stroke: "#ffffff", strokeWidth: 0.05 },
    { kind: "circle", x, y: y - 0.04, radius: 0.27, fill: "#17395a" },
  ];
}

function present(x: number, y: number): Shape[] {
  return [
    { kind: "rectangle", x, y: y - 0.08, width: 0.52, height: 0.44, fill: "#b83280" },
    { kind: "rectangle", x, y: y + 0.17, width: 0.6, height: 0.14, fill: "#d53f8c" },
    { kind: "rectangle", x, y: y - 0.02, width: 0.12, height: 0.56, fill: "#f6e05e" },
    {
      kind: "polygon",
      points: [x, y + 0.25, x - 0.2, y + 0.38, x - 0.2, y + 0.2],
      fill: "#f6e05e",
    },
    { kind: "polygon", points: [x, y + 0.25, x + 0.2, y + 0.38, x + 0.2, y + 0.2], fill: "#f6e05e" },
  ];
}

/** Broken ice and a floating cap. */
function splash(x: number, y: number): Shape[] {
  const cracks = [[-0.45, 0.4], [0.42, 0.45], [-0.4, -0.45], [0.46, -0.36]].map(([dx, dy]): Shape => ({
    kind: "line",
    points: [x + dx! * 0.72, y + dy! * 0.72, x + dx! * 0.95, y + dy! * 0.8, x + dx!, y + dy!],
    stroke: "#4a7fb0",
    strokeWidth: 0.03,
  }));
  return [
    ...cracks,
    { kind: "circle", x, y: y - 0.06, radius: 0.2, stroke: "#7fb0da", strokeWidth: 0.03 },
    ...cap(x, y - 0.05, 0),
  ];
}
