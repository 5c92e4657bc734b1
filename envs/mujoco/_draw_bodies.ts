/**
 * Pictures of simulated bodies.
 *
 * @module
 */

import type { Scene, Shape } from "../scenes/scene.ts";
import type { World } from "./_world.ts";

/** The view of a body: from the side or from above, and the part of the world in the picture. */
export interface View {
  /** From the side, x to the right and z up, or from above, x to the right and y up. */
  readonly from: "side" | "above";
  /** The shape that the camera follows, from above in both directions; undefined for a fixed camera. */
  readonly follow?: number;
  /** Lower edge from the side in metres; from above half the height is below the middle. */
  readonly bottom: number;
  /** Width in metres. */
  readonly width: number;
  /** Height in metres. */
  readonly height: number;
  /** The colour of each shape; shapes without a colour are not drawn. */
  readonly colours: readonly (string | undefined)[];
  /** Whether there is no ground. @default {false} */
  readonly floats?: boolean;
}

/** Kinds of shapes, MuJoCo's `mjtGeom`. */
const SPHERE = 2;
const CAPSULE = 3;
const BACKGROUND = "#ffffff";
const GROUND = "#e5e7eb";
const MARK = "#9ca3af";
const TICK = 0.03;

/** Draws the present state. */
export function drawBodies(world: World, view: View, description: string): Scene {
  const { centres, axes } = world.shapes();
  const up = view.from === "side" ? 2 : 1;
  const middle = view.follow === undefined ? 0 : centres[3 * view.follow]!;
  const x = middle - view.width / 2;
  const y = view.from === "side" || view.follow === undefined
    ? view.bottom
    : centres[3 * view.follow + 1]! - view.height / 2;
  const scene = { x, y, width: view.width, height: view.height, background: BACKGROUND, description };
  const ground = view.floats ? [] : view.from === "side" ? drawGround(scene) : drawGrid(scene);
  return { ...scene, shapes: [...ground, ...drawShapes(world, view, centres, axes, up)] };
}

/** Every coloured shape, from back to front. */
function drawShapes(
  { model }: World,
  { colours }: View,
  centres: Float64Array,
  axes: Float64Array,
  up: number,
): Shape[] {
  const depth = up === 2 ? 1 : 2;
  const sign = up === 2 ? -1 : 1;
  const order = colours.flatMap((colour, i) => colour === undefined ? [] : [i])
    .toSorted((a, b) => sign * (centres[3 * a + depth]! - centres[3 * b + depth]!) || a - b);
  return order.flatMap((i): Shape[] => {
    const fill = colours[i]!;
    const radius = model.geom_size[3 * i]!;
    const [x, y] = [centres[3 * i]!, centres[3 * i + up]!];
    if (model.geom_type[i] === SPHERE) return [{ kind: "circle", x, y, radius, fill }];
    if (model.geom_type[i] !== CAPSULE) return [];
    const half = model.geom_size[3 * i + 1]!;
    const [dx, dy] = [half * axes[9 * i + 2]!, half * axes[9 * i + 3 * up + 2]!];
    return capsule(x, y, dx, dy, radius, fill);
  });
}

/** A rectangle with round ends; a circle if seen from its end. */
function capsule(x: number, y: number, dx: number, dy: number, radius: number, fill: string): Shape[] {
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length < 1e-6) return [{ kind: "circle", x, y, radius, fill }];
  const [sideX, sideY] = [-dy / length * radius, dx / length * radius];
  const points = [
    x - dx + sideX,
    y - dy + sideY,
    x + dx + sideX,
    y + dy + sideY,
    x + dx - sideX,
    y + dy - sideY,
    x - dx - sideX,
    y - dy - sideY,
  ];
  return [
    { kind: "polygon", points, fill },
    { kind: "circle", x: x - dx, y: y - dy, radius, fill },
    { kind: "circle", x: x + dx, y: y + dy, radius, fill },
  ];
}

type Frame = Pick<Scene, "x" | "y" | "width" | "height">;

/** The ground up to z = 0, with a mark every half metre, every other one longer. */
function drawGround({ x, y, width }: Frame): Shape[] {
  const marks = multiples(x, width, 0.5).map((at): Shape => ({
    kind: "line",
    points: [at, 0, at, Number.isInteger(at) ? -3 * TICK : -1.5 * TICK],
    stroke: MARK,
    strokeWidth: 0.012,
  }));
  return [
    { kind: "polygon", points: [x, y, x + width, y, x + width, 0, x, 0], fill: GROUND },
    { kind: "line", points: [x, 0, x + width, 0], stroke: MARK, strokeWidth: 0.012 },
    ...marks,
  ];
}

/** Lines every metre. */
function drawGrid({ x, y, width, height }: Frame): Shape[] {
  const line = (points: readonly number[]): Shape => (
    { kind: "line", points, stroke: GROUND, strokeWidth: width / 200 }
  );
  const step = width < 2 ? 0.1 : 1;
  return [
    ...multiples(x, width, step).map((at) => line([at, y, at, y + height])),
    ...multiples(y, height, step).map((at) => line([x, at, x + width, at])),
  ];
}

/** The multiples of a length in a range. */
function multiples(from: number, length: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const last = Math.floor((from + length) / step);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}
