/**
 * The checks of a picture by {@linkcode checkEnv}.
 *
 * @module
 */

import { describe } from "./values/describe.ts";
import { isPlain } from "./values/plain_values.ts";

/** The numbers that each kind of shape must have. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  rectangle: ["x", "y", "width", "height"],
  circle: ["x", "y", "radius"],
  line: [],
  polygon: [],
};

const isFinite = (value: unknown): boolean => typeof value === "number" && value - value === 0;

/** The fault of a picture, "… must be …, got …"; undefined if there is none. */
export function faultOfScene(scene: unknown): string | undefined {
  if (!isPlain(scene)) return `render() must return a scene, an object with shapes, got ${describe(scene)}`;
  for (const name of ["x", "y", "width", "height"]) {
    const value = scene[name];
    const positive = name === "x" || name === "y" || (typeof value === "number" && value > 0);
    if (!isFinite(value) || !positive) {
      const range = name === "x" || name === "y" ? "finite" : "above 0";
      return `render().${name} must be a number, ${range}, got ${describe(value)}`;
    }
  }
  for (const name of ["background", "description"]) {
    const value = scene[name];
    if (typeof value !== "string" || value === "") {
      return `render().${name} must be text, got ${describe(value)}`;
    }
  }
  const { shapes } = scene;
  if (!Array.isArray(shapes)) return `render().shapes must be an array, got ${describe(shapes)}`;
  return shapes.map((shape: unknown, i) => faultOfShape(`render().shapes[${i}]`, shape))
    .find((fault) => fault !== undefined);
}

function faultOfShape(name: string, shape: unknown): string | undefined {
  if (!isPlain(shape)) return `${name} must be an object, got ${describe(shape)}`;
  const { kind, points } = shape;
  const numbers = typeof kind === "string" ? NUMBERS[kind] : undefined;
  if (numbers === undefined) {
    return `${name}.kind must be one of ${Object.keys(NUMBERS).join(", ")}, got ${describe(kind)}`;
  }
  const bad = numbers.find((key) => !isFinite(shape[key]));
  if (bad !== undefined) return `${name}.${bad} must be a finite number, got ${describe(shape[bad])}`;
  if (numbers.length > 0) return undefined;
  if (!Array.isArray(points) || points.length < 4 || points.length % 2 !== 0) {
    return `${name}.points must be x0, y0, x1, y1, …, got ${describe(points)}`;
  }
  const spoiled = points.find((value: unknown) => !isFinite(value));
  return spoiled === undefined
    ? undefined
    : `${name}.points must be finite numbers, got ${describe(spoiled)}`;
}
