/**
 * The picture of CartPole.
 *
 * @module
 */

import { sinCos } from "../../nn/math/trig.ts";
import type { Scene } from "../scenes/scene.ts";

/** Proportions and colours after Gymnasium's `cartpole.py`, whose window is 4.8 m wide and 600 × 400 pixels. */
const CART_WIDTH = 0.4;
const CART_HEIGHT = 0.24;
const POLE_WIDTH = 0.08;
const POLE_LENGTH = 1;
const AXLE_HEIGHT = 0.06;

/** Draws a cart at `x` metres with its pole at `angle` radians. */
export function drawCartPole(x: number, angle: number): Scene {
  const direction = new Float64Array(2);
  sinCos(angle, direction);
  const [right, up] = [direction[0]!, direction[1]!];
  // The pole sticks out below its axle by half its width.
  const middle = (POLE_LENGTH - POLE_WIDTH) / 2;
  return {
    x: -2.4,
    y: -0.8,
    width: 4.8,
    height: 3.2,
    background: "#ffffff",
    description: `A cart at ${x.toFixed(2)} m with its pole leaning ${lean(angle)}`,
    shapes: [
      { kind: "rectangle", x: 0, y: -0.4, width: 4.8, height: 0.8, fill: "#eef1f5" },
      { kind: "line", points: [-2.4, 0, 2.4, 0], stroke: "#111827", strokeWidth: 0.012 },
      { kind: "line", points: [0, 0, 0, -0.08], stroke: "#9ca3af", strokeWidth: 0.012 },
      { kind: "rectangle", x, y: 0, width: CART_WIDTH, height: CART_HEIGHT, fill: "#111827" },
      {
        kind: "rectangle",
        x: x + middle * right,
        y: AXLE_HEIGHT + middle * up,
        width: POLE_WIDTH,
        height: POLE_LENGTH,
        angle: -angle,
        fill: "#ca9865",
      },
      { kind: "circle", x, y: AXLE_HEIGHT, radius: POLE_WIDTH / 2, fill: "#8184cb" },
    ],
  };
}

function lean(angle: number): string {
  const degrees = (Math.abs(angle) * 180 / Math.PI).toFixed(1);
  return `${degrees} degrees to the ${angle < 0 ? "left" : "right"}`;
}
