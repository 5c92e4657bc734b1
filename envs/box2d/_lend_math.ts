/**
 * Lends planck the library's own sine, cosine and arc tangent. Planck takes these three from `Math` while it loads and
 * never looks again, and engines differ in their last bits. Modules without `await` load one after the other with
 * nothing in between: nobody else sees what stands in `Math` until `_take_math_back.ts`, which `_planck.ts` names right
 * after planck, puts the engine's functions back.
 *
 * @module
 */

import { cosine, sine } from "../../nn/math/trig.ts";
import { arcTangent2 } from "../../nn/math/arc_tangent.ts";

const { sin, cos, atan2 } = Math;

/** Where `Math` is frozen this does nothing, and planck uses the engine's. */
function put(functions: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(functions)) Reflect.set(Math, name, value);
}

put({ sin: sine, cos: cosine, atan2: arcTangent2 });

/** Puts the engine's functions back. */
export function takeMathBack(): void {
  put({ sin, cos, atan2 });
}
