/**
 * Normal and exponential draws by the ziggurat method (G. Marsaglia and W. W. Tsang, "The Ziggurat Method for
 * Generating Random Variables", 2000), with the layers and the use of bits of NumPy
 * (`numpy/random/src/distributions/distributions.c`).
 *
 * The tables are computed from their definition at the first draw. They agree with NumPy's tables to about
 * 2e-14 relative, and so do the draws; rounded to float32, the draws are NumPy's.
 *
 * @module
 */

import { exp } from "../../nn/math/exp.ts";
import { log } from "../../nn/math/log.ts";
import type { Pcg64 } from "./pcg64.ts";

const LAYERS = 256;

/** The start of the tail, for 256 layers of equal area; NumPy's constants. */
const NORMAL_TAIL = 3.6541528853610088;
const EXPONENTIAL_TAIL = 7.69711747013104972;

/** 2⁵² and 2⁵³: the scales of the integers that become magnitudes. */
const NORMAL_SCALE = 4503599627370496;
const EXPONENTIAL_SCALE = 9007199254740992;

/** The layers of one density: the factor for a layer's integer, the limit below which it is accepted, and the density. */
interface Ziggurat {
  readonly width: Float64Array;
  readonly accept: Float64Array;
  readonly density: Float64Array;
}

let normal: Ziggurat | undefined;
let exponential: Ziggurat | undefined;

/** A 64-bit draw as its low and high word. */
const BITS: Uint32Array = new Uint32Array(2);

/** Builds the layers downwards from the tail: each has the area of the tail with the rectangle below it. */
function build(
  tail: number,
  area: number,
  scale: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Ziggurat {
  const result = {
    width: new Float64Array(LAYERS),
    accept: new Float64Array(LAYERS),
    density: new Float64Array(LAYERS),
  };
  const last = LAYERS - 1;
  const base = area / density(tail);
  result.width[0] = base / scale;
  result.accept[0] = tail / base * scale;
  result.density[0] = 1;
  result.width[last] = tail / scale;
  result.density[last] = density(tail);
  let x = tail;
  for (let i = last - 1; i >= 1; i--) {
    const outer = x;
    x = inverse(area / outer + density(outer));
    result.accept[i + 1] = x / outer * scale;
    result.width[i] = x / scale;
    result.density[i] = density(x);
  }
  return result;
}

function buildNormal(): Ziggurat {
  const density = (x: number) => exp(-0.5 * x * x);
  // Laplace's continued fraction of the tail's area over the density; 200 terms exceed the precision of float64.
  let denominator = NORMAL_TAIL;
  for (let n = 200; n >= 1; n--) denominator = NORMAL_TAIL + n / denominator;
  const area = density(NORMAL_TAIL) * (NORMAL_TAIL + 1 / denominator);
  return build(NORMAL_TAIL, area, NORMAL_SCALE, density, (y) => Math.sqrt(-2 * log(y)));
}

function buildExponential(): Ziggurat {
  const density = (x: number) => exp(-x);
  const area = (EXPONENTIAL_TAIL + 1) * density(EXPONENTIAL_TAIL);
  return build(EXPONENTIAL_TAIL, area, EXPONENTIAL_SCALE, density, (y) => -log(y));
}

/** −ln(1 − u) for a draw u; 1 − u is exact, so this equals NumPy's `-log1p(-u)`. */
function negativeLogarithm(bits: Pcg64): number {
  return -log(1 - bits.nextDouble());
}

/** A draw from the normal distribution with mean 0 and standard deviation 1. */
export function drawNormal(bits: Pcg64): number {
  const { width, accept, density } = normal ??= buildNormal();
  while (true) {
    bits.nextUint64(BITS);
    const low = BITS[0]!;
    const layer = low & 0xff;
    const magnitude = (BITS[1]! & 0x1fffffff) * 8388608 + (low >>> 9);
    const x = magnitude * width[layer]!;
    const signed = (low & 0x100) === 0 ? x : -x;
    if (magnitude < accept[layer]!) return signed;
    if (layer > 0) {
      const from = density[layer]!;
      if ((density[layer - 1]! - from) * bits.nextDouble() + from < exp(-0.5 * x * x)) return signed;
      continue;
    }
    while (true) {
      const beyond = negativeLogarithm(bits) / NORMAL_TAIL;
      const height = negativeLogarithm(bits);
      if (height + height > beyond * beyond) {
        // In the tail NumPy takes the sign from the magnitude's ninth bit.
        return (low & 0x20000) === 0 ? NORMAL_TAIL + beyond : -(NORMAL_TAIL + beyond);
      }
    }
  }
}

/** A draw from the exponential distribution with mean 1. */
export function drawExponential(bits: Pcg64): number {
  const { width, accept, density } = exponential ??= buildExponential();
  while (true) {
    bits.nextUint64(BITS);
    const low = BITS[0]!;
    const layer = (low >>> 3) & 0xff;
    const magnitude = BITS[1]! * 2097152 + (low >>> 11);
    const x = magnitude * width[layer]!;
    if (magnitude < accept[layer]!) return x;
    if (layer === 0) return EXPONENTIAL_TAIL + negativeLogarithm(bits);
    const from = density[layer]!;
    if ((density[layer - 1]! - from) * bits.nextDouble() + from < exp(-x)) return x;
  }
}
