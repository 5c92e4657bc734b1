/**
 * Sine and cosine of the same angle, ours and the engine's: one iteration is 1,000 angles of CartPole's range.
 *
 * @module
 */

import { sinCos } from "./trig.ts";
import { cos } from "./cos.ts";
import { Generator } from "../../envs/random/generator.ts";
import { sin } from "./sin.ts";

const generator = new Generator(0);
const angles = Float64Array.from({ length: 1000 }, () => generator.uniform(-0.25, 0.25));
const out = new Float64Array(2);

/** Uses the results, so that no call is optimised away. */
let sum = 0;

Deno.bench("1,000 × Math.sin and Math.cos", { group: "trig", baseline: true }, () => {
  for (const angle of angles) sum += Math.sin(angle) + Math.cos(angle);
});

Deno.bench("1,000 × sin and cos", { group: "trig" }, () => {
  for (const angle of angles) sum += sin(angle) + cos(angle);
});

Deno.bench("1,000 × both from one reduction", { group: "trig" }, () => {
  for (const angle of angles) {
    sinCos(angle, out);
    sum += out[0]! + out[1]!;
  }
  if (sum !== sum) throw new Error("not a number");
});
