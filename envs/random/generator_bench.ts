/**
 * Random draws: one iteration is 1,000 draws.
 *
 * @module
 */

import { Generator } from "./generator.ts";

const generator = new Generator(0);

/** Uses the results, so that no draw is optimised away. */
let sum = 0;

function thousand(draw: () => number): () => void {
  return () => {
    for (let i = 0; i < 1000; i++) sum += draw();
    if (sum !== sum) throw new Error("not a number");
  };
}

Deno.bench("1,000 × Math.random()", { group: "draw", baseline: true }, thousand(() => Math.random()));
Deno.bench("1,000 × random()", { group: "draw" }, thousand(() => generator.random()));
Deno.bench("1,000 × integers(0, 6)", { group: "draw" }, thousand(() => generator.integers(0, 6)));
Deno.bench("1,000 × standardNormal()", { group: "draw" }, thousand(() => generator.standardNormal()));
