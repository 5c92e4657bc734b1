/**
 * The picture of MountainCar.
 *
 * @module
 */

import { cos } from "../../nn/math/cos.ts";
import { sin } from "../../nn/math/sin.ts";
import type { Scene, Shape } from "../scenes/scene.ts";

/** Proportions and colours after Gymnasium's `mountain_car.py`, whose window is 1.8 m wide and 600 × 400 pixels. */
const LEFT = -1.2;
const WIDTH = 1.8;
const HEIGHT = 1.2;
const CAR_WIDTH = 0.12;
const CAR_HEIGHT = 0.06;
const CLEARANCE = 0.03;
const WHEEL_RADIUS = CAR_HEIGHT / 2.5;
const SEGMENTS = 90;

/** The height of the hills, in metres. */
function elevation(x: number): number {
  return sin(3 * x) * 0.45 + 0.55;
}

/** Draws a car at `position` metres, and a flag. */
export function drawMountainCar(position: number, goal: number): Scene {
  const hills: number[] = [];
  for (let i = 0; i <= SEGMENTS; i++) {
    const x = LEFT + WIDTH * i / SEGMENTS;
    hills.push(x, elevation(x));
  }
  const foot = elevation(goal);
  const top = foot + 0.15;
  return {
    x: LEFT,
    y: 0,
    width: WIDTH,
    height: HEIGHT,
    background: "#ffffff",
    description: `A car in a valley at ${position.toFixed(2)} m, the flag at ${goal.toFixed(2)} m`,
    shapes: [
      { kind: "polygon", points: [...hills, LEFT + WIDTH, 0, LEFT, 0], fill: "#e6ebe0" },
      { kind: "line", points: hills, stroke: "#111827", strokeWidth: 0.005 },
      { kind: "line", points: [goal, foot, goal, top], stroke: "#111827", strokeWidth: 0.005 },
      {
        kind: "polygon",
        points: [goal, top, goal, top - 0.03, goal + 0.075, top - 0.015],
        fill: "#cccc00",
        stroke: "#111827",
        strokeWidth: 0.003,
      },
      ...car(position),
    ],
  };
}

/** The car, tilted to the slope. */
function car(position: number): Shape[] {
  const slope = 3 * 0.45 * cos(3 * position);
  const norm = Math.sqrt(1 + slope * slope);
  const [right, up] = [1 / norm, slope / norm];
  const height = elevation(position);
  const at = (along: number, above: number): [x: number, y: number] => [
    position + along * right - above * up,
    height + along * up + above * right,
  ];
  const half = CAR_WIDTH / 2;
  const roof = CLEARANCE + CAR_HEIGHT;
  const wheels = [-CAR_WIDTH / 4, CAR_WIDTH / 4].map((along): Shape => {
    const [x, y] = at(along, WHEEL_RADIUS);
    return {
      kind: "circle",
      x,
      y,
      radius: WHEEL_RADIUS,
      fill: "#808080",
      stroke: "#ffffff",
      strokeWidth: 0.005,
    };
  });
  return [
    {
      kind: "polygon",
      points: [...at(-half, CLEARANCE), ...at(-half, roof), ...at(half, roof), ...at(half, CLEARANCE)],
      fill: "#111827",
    },
    ...wheels,
  ];
}
