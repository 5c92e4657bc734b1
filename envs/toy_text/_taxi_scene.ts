/**
 * The picture of Taxi.
 *
 * @module
 */

import { figure, gridLines } from "../scenes/grid_scene.ts";
import { strokeText } from "../scenes/stroke_text.ts";
import { ABOARD, SIZE, STANDS, type TaxiPlaces, WALLS } from "./_taxi_map.ts";
import type { Scene, Shape } from "../scenes/scene.ts";

/** Red, green, yellow and blue: the colour of a stand, and of its letter. */
const PAINTS = ["#f5b5b5", "#b4e0c2", "#f5e3a1", "#b5d3f2"] as const;
const INKS = ["#9b2c2c", "#276749", "#8a6116", "#2c5282"] as const;
const NAMES = ["red", "green", "yellow", "blue"] as const;

/** South, north, east, west: the forward direction. */
const HEADINGS = [[0, -1], [0, 1], [1, 0], [-1, 0]] as const;

const MARGIN = 0.1;

/** The centre of a tile. */
function middle([row, column]: readonly [row: number, column: number]): [x: number, y: number] {
  return [column + 0.5, SIZE - row - 0.5];
}

/** Draws the town and everything in it; `heading` is the direction of the taxi's last move. */
export function drawTaxi(places: TaxiPlaces, heading: number): Scene {
  const { row, column, passenger, destination } = places;
  const isAboard = passenger === ABOARD;
  const waiting = isAboard ? [] : figure(...middle(STANDS[passenger]!), "down");
  const where = isAboard ? "is aboard" : `waits at ${NAMES[passenger]}`;
  return {
    x: -MARGIN,
    y: -MARGIN,
    width: SIZE + 2 * MARGIN,
    height: SIZE + 2 * MARGIN,
    background: "#d9dce1",
    description: `A taxi in row ${row}, column ${column}; the passenger ${where} and wants to go to ` +
      `${NAMES[destination]}`,
    shapes: [
      { kind: "rectangle", x: SIZE / 2, y: SIZE / 2, width: SIZE, height: SIZE, fill: "#eceef1" },
      ...STANDS.flatMap((stand, i) => drawStand(...middle(stand), i)),
      ...gridLines(SIZE, SIZE, "#d0d4da"),
      ...walls(),
      ...house(...middle(STANDS[destination]!), INKS[destination]!),
      ...cab(...middle([row, column]), HEADINGS[heading]!, isAboard),
      ...waiting,
    ],
  };
}

function drawStand(x: number, y: number, stand: number): Shape[] {
  return [
    { kind: "rectangle", x, y, width: 1, height: 1, fill: PAINTS[stand]! },
    ...strokeText("RGYB"[stand]!, x - 0.36, y + 0.34, 0.16, INKS[stand]!),
  ];
}

function walls(): Shape[] {
  const outline = [0, 0, SIZE, 0, SIZE, SIZE, 0, SIZE, 0, 0];
  return [
    { kind: "line", points: outline, stroke: "#374151", strokeWidth: 0.08 },
    ...WALLS.flatMap((columns, row) =>
      columns.map((column): Shape => ({
        kind: "line",
        points: [column + 1, SIZE - row, column + 1, SIZE - row - 1],
        stroke: "#374151",
        strokeWidth: 0.1,
      }))
    ),
  ];
}

/** The destination, in the upper right of a tile. */
function house(x: number, y: number, fill: string): Shape[] {
  return [
    { kind: "rectangle", x: x + 0.3, y: y + 0.2, width: 0.26, height: 0.22, fill },
    { kind: "polygon", points: [x + 0.12, y + 0.3, x + 0.48, y + 0.3, x + 0.3, y + 0.46], fill },
    { kind: "rectangle", x: x + 0.3, y: y + 0.15, width: 0.08, height: 0.12, fill: "#ffffff" },
  ];
}

/** The taxi from above, its bonnet forward; a passenger's cap shows through the roof. */
function cab(
  x: number,
  y: number,
  [right, up]: readonly [right: number, up: number],
  isAboard: boolean,
): Shape[] {
  /** A rectangle along the taxi, `ahead` of its middle. */
  const part = (ahead: number, aside: number, length: number, width: number, fill: string): Shape => ({
    kind: "rectangle",
    x: x + ahead * right + aside * up,
    y: y + ahead * up - aside * right,
    width: right === 0 ? width : length,
    height: right === 0 ? length : width,
    fill,
  });
  const wheels = [[-0.2, -0.19], [-0.2, 0.19], [0.2, -0.19], [0.2, 0.19]].map(([ahead, aside]) =>
    part(ahead!, aside!, 0.16, 0.08, "#1a202c")
  );
  return [
    ...wheels,
    part(0, 0, 0.7, 0.38, "#f6c90e"),
    part(0.29, -0.13, 0.06, 0.08, "#fffbe0"),
    part(0.29, 0.13, 0.06, 0.08, "#fffbe0"),
    part(-0.32, -0.13, 0.05, 0.08, "#c53030"),
    part(-0.32, 0.13, 0.05, 0.08, "#c53030"),
    part(0.12, 0, 0.1, 0.3, "#2d3748"),
    part(-0.22, 0, 0.07, 0.3, "#2d3748"),
    part(-0.05, 0, 0.2, 0.32, "#e0b50c"),
    ...(isAboard
      ? [
        {
          kind: "circle",
          x: x - 0.05 * right,
          y: y - 0.05 * up,
          radius: 0.1,
          fill: "#c53030",
        } satisfies Shape,
      ]
      : [part(-0.05, 0, 0.08, 0.2, "#1a202c")]),
  ];
}
