/**
 * Drawings of the objects in a grid.
 *
 * @module
 */

import type { Shape } from "../scenes/scene.ts";
import {
  BALL,
  BOX,
  CLOSED,
  colourOf,
  COLOURS,
  DOOR,
  GOAL_KIND,
  KEY,
  kindOf,
  LAVA_KIND,
  OPEN,
  stateOf,
} from "./_cells.ts";

/** The paints of the colours, by their numbers; those of a locked door's panel are darker. */
const PAINTS = ["#ef4444", "#22c55e", "#3b82f6", "#a855f7", "#facc15", "#9ca3af"] as const;
const PANELS = ["#7f1d1d", "#14532d", "#1e3a8a", "#581c87", "#713f12", "#4b5563"] as const;
const DARK = "#111827";

/** Draws an object around a point; a field is one unit wide, times `scale`. */
export function objectShapes(cell: number, x: number, y: number, scale = 1): Shape[] {
  const colour = colourOf(cell);
  const fill = PAINTS[colour]!;
  /** A rectangle by its middle, from the point, and its size. */
  const bar = (right: number, up: number, width: number, height: number, paint: string = fill): Shape => ({
    kind: "rectangle",
    x: x + right * scale,
    y: y + up * scale,
    width: width * scale,
    height: height * scale,
    fill: paint,
  });
  const disc = (right: number, up: number, radius: number, paint: string = fill): Shape => ({
    kind: "circle",
    x: x + right * scale,
    y: y + up * scale,
    radius: radius * scale,
    fill: paint,
  });
  switch (kindOf(cell)) {
    case GOAL_KIND:
      return [bar(0, 0, 1, 1)];
    case LAVA_KIND:
      return [bar(0, 0, 1, 1, "#f97316"), ...[-0.22, 0, 0.22].map((up) => wave(x, y + up * scale, scale))];
    case BALL:
      return [disc(0, 0, 0.31)];
    case BOX:
      return [bar(0, 0, 0.72, 0.72), bar(0, 0, 0.58, 0.58, DARK), bar(0, 0, 0.66, 0.08)];
    case KEY:
      return [
        bar(0.06, -0.1, 0.12, 0.56),
        bar(-0.06, -0.14, 0.14, 0.08),
        bar(-0.06, -0.34, 0.14, 0.08),
        disc(0.06, 0.22, 0.19),
        disc(0.06, 0.22, 0.07, DARK),
      ];
    case DOOR:
      return doorShapes(stateOf(cell), fill, PANELS[colour]!, bar, disc);
  }
  return [];
}

function doorShapes(
  state: number,
  fill: string,
  panel: string,
  bar: (right: number, up: number, width: number, height: number, paint?: string) => Shape,
  disc: (right: number, up: number, radius: number, paint?: string) => Shape,
): Shape[] {
  if (state === OPEN) return [bar(0.43, 0, 0.14, 1), bar(0.43, 0, 0.05, 0.9, DARK)];
  if (state === CLOSED) {
    return [
      bar(0, 0, 1, 1),
      bar(0, 0, 0.9, 0.9, DARK),
      bar(0, 0, 0.8, 0.8),
      bar(0, 0, 0.7, 0.7, DARK),
      disc(0.24, 0, 0.08),
    ];
  }
  return [bar(0, 0, 1, 1), bar(0, 0, 0.86, 0.86, panel), bar(0.14, -0.03, 0.24, 0.08, fill)];
}

function wave(x: number, y: number, scale: number): Shape {
  const points = [-0.4, -0.2, 0, 0.2, 0.4].flatMap((right, i) => [
    x + right * scale,
    y + (i % 2 === 0 ? -0.05 : 0.05) * scale,
  ]);
  return { kind: "line", points, stroke: DARK, strokeWidth: 0.05 * scale };
}

/** Half of the player's length and width. */
const [LENGTH, WIDTH] = [0.38, 0.32] as const;

/** Draws the player, a pointed figure that looks right, down, left or up. */
export function agentShape(x: number, y: number, direction: number): Shape {
  const [right, up] = ([[1, 0], [0, -1], [-1, 0], [0, 1]] as const)[direction]!;
  const corner = (
    ahead: number,
    aside: number,
  ) => [x + ahead * right + aside * up, y + ahead * up - aside * right];
  return {
    kind: "polygon",
    points: [...corner(LENGTH, 0), ...corner(-LENGTH, WIDTH), ...corner(-LENGTH, -WIDTH)],
    fill: PAINTS[0],
    stroke: "#ffffff",
    strokeWidth: 0.04,
  };
}

/** What an object is called, such as `yellow key`. */
export function objectName(cell: number): string {
  const kinds: Readonly<Record<number, string>> = { [KEY]: "key", [BALL]: "ball", [BOX]: "box" };
  return `${COLOURS[colourOf(cell)]} ${kinds[kindOf(cell)] ?? "object"}`;
}
