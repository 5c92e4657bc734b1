/**
 * Gives planck the library's own sine, cosine and arc tangent. Planck reads these three from `Math` once, while it loads,
 * and the engines' versions differ in their last bits. Modules without `await` load one after another with
 * nothing in between: no other code sees the replaced functions before `_take_math_back.ts`, which `_planck.ts` imports right
 * after planck, restores the engine's.
 *
 * @module
 */

import { cosine, sine } from "../../nn/math/trig.ts";
import { arcTangent2 } from "../../nn/math/arc_tangent.ts";

const { sin, cos, atan2 } = Math;

/** If `Math` is frozen, this does nothing, and planck uses the engine's. */
function put(functions: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(functions)) Reflect.set(Math, name, value);
}

put({ sin: sine, cos: cosine, atan2: arcTangent2 });

/** Restores the engine's functions. */
export function takeMathBack(): void {
  put({ sin, cos, atan2 });
}
