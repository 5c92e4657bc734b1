/**
 * The picture of Acrobot.
 *
 * @module
 */

import { cos } from "../../nn/math/cos.ts";
import type { Scene, Shape } from "../scenes/scene.ts";
import { sin } from "../../nn/math/sin.ts";

/** Proportions and colours after Gymnasium's `acrobot.py`, whose window shows 4.4 m × 4.4 m. */
const HALF_VIEW = 2.2;
const LINK_LENGTH = 1;
const LINK_WIDTH = 0.2;

/** Draws the arm, the upper link at `angle1` from hanging down and the lower at `angle2` from the upper. */
export function drawAcrobot(angle1: number, angle2: number): Scene {
  const elbowX = sin(angle1);
  const elbowY = -cos(angle1);
  const tipY = elbowY - cos(angle1 + angle2);
  return {
    x: -HALF_VIEW,
    y: -HALF_VIEW,
    width: 2 * HALF_VIEW,
    height: 2 * HALF_VIEW,
    background: "#ffffff",
    description: `A two-link arm whose free end is at a height of ${
      tipY.toFixed(2)
    } m, to be raised above 1 m`,
    shapes: [
      {
        kind: "line",
        points: [-HALF_VIEW, LINK_LENGTH, HALF_VIEW, LINK_LENGTH],
        stroke: "#111827",
        strokeWidth: 0.012,
      },
      ...link(0, 0, angle1),
      ...link(elbowX, elbowY, angle1 + angle2),
    ],
  };
}

/** A link that starts at a joint, `angle` from hanging down, and the joint. */
function link(x: number, y: number, angle: number): Shape[] {
  return [
    {
      kind: "rectangle",
      x: x + sin(angle) * LINK_LENGTH / 2,
      y: y - cos(angle) * LINK_LENGTH / 2,
      width: LINK_WIDTH,
      height: LINK_LENGTH,
      angle,
      fill: "#00cccc",
    },
    { kind: "circle", x, y, radius: LINK_WIDTH / 2, fill: "#cccc00" },
  ];
}
