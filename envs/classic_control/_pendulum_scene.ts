/**
 * The picture of Pendulum.
 *
 * @module
 */

import { cos } from "../../nn/math/cos.ts";
import type { Scene, Shape } from "../scenes/scene.ts";
import { sin } from "../../nn/math/sin.ts";

/** Proportions and colours after Gymnasium's `pendulum.py`; the view is closer. */
const HALF_VIEW = 1.4;
const ROD_LENGTH = 1;
const ROD_WIDTH = 0.2;
const ARROW_RADIUS = 0.42;
const ARROW_COLOUR = "#374151";
const SEGMENTS = 24;

/** Draws a rod at `angle` radians from upright, counter-clockwise, and an arrow whose length shows `torque`. */
export function drawPendulum(angle: number, torque: number): Scene {
  const x = -sin(angle) * ROD_LENGTH;
  const y = cos(angle) * ROD_LENGTH;
  const upright = Math.abs(angle % (2 * Math.PI));
  const lean = Math.min(upright, 2 * Math.PI - upright) * 180 / Math.PI;
  return {
    x: -HALF_VIEW,
    y: -HALF_VIEW,
    width: 2 * HALF_VIEW,
    height: 2 * HALF_VIEW,
    background: "#ffffff",
    description: `A rod ${lean.toFixed(1)} degrees from upright, pushed with ${torque.toFixed(2)} N m`,
    shapes: [
      {
        kind: "rectangle",
        x: x / 2,
        y: y / 2,
        width: ROD_WIDTH,
        height: ROD_LENGTH,
        angle: angle % (2 * Math.PI),
        fill: "#cc4d4d",
      },
      { kind: "circle", x: 0, y: 0, radius: ROD_WIDTH / 2, fill: "#cc4d4d" },
      { kind: "circle", x, y, radius: ROD_WIDTH / 2, fill: "#cc4d4d" },
      ...(torque === 0 ? [] : arrow(torque)),
      { kind: "circle", x: 0, y: 0, radius: 0.05, fill: "#111827" },
    ],
  };
}

/** An arc with a head about the axle, from below; half a turn means 2 N m. */
function arrow(torque: number): Shape[] {
  const span = torque * Math.PI / 2;
  const start = -Math.PI / 2 - span / 2;
  const points: number[] = [];
  for (let i = 0; i <= SEGMENTS; i++) {
    const at = start + span * i / SEGMENTS;
    points.push(ARROW_RADIUS * cos(at), ARROW_RADIUS * sin(at));
  }
  const end = start + span;
  const [right, up] = [cos(end), sin(end)];
  const forward = torque > 0 ? 0.11 : -0.11;
  return [
    { kind: "line", points, stroke: ARROW_COLOUR, strokeWidth: 0.035 },
    {
      kind: "polygon",
      points: [
        (ARROW_RADIUS + 0.08) * right,
        (ARROW_RADIUS + 0.08) * up,
        (ARROW_RADIUS - 0.08) * right,
        (ARROW_RADIUS - 0.08) * up,
        ARROW_RADIUS * right - forward * up,
        ARROW_RADIUS * up + forward * right,
      ],
      fill: ARROW_COLOUR,
    },
  ];
}
