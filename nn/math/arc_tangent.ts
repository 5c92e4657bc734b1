/**
 * The angle of a direction, the same in every engine.
 *
 * @module
 */

import { sinCos } from "./trig.ts";

const DIRECTION: Float64Array = new Float64Array(2);

/**
 * The result of `Math.atan2`, to about one unit in the last place: a first guess to 0.005, then steps that each cube the
 * error. The sign of zeros is ignored.
 */
export function arcTangent2(y: number, x: number): number {
  const length = Math.sqrt(x * x + y * y);
  if (length === 0) return 0;
  let angle = Math.abs(y) <= Math.abs(x)
    ? guess(y / x) + (x > 0 ? 0 : y < 0 ? -Math.PI : Math.PI)
    : (y > 0 ? Math.PI / 2 : -Math.PI / 2) - guess(x / y);
  for (let i = 0; i < 3; i++) {
    sinCos(angle, DIRECTION);
    angle += (y * DIRECTION[1]! - x * DIRECTION[0]!) / length;
  }
  return angle;
}

/** The arc tangent of a slope from -1 to 1, to 0.005. */
function guess(slope: number): number {
  return slope / (1 + 0.28 * slope * slope);
}
