/**
 * The exponential function of four lanes.
 *
 * @module
 */

import { LEAST_EXPONENT, LN2_HIGH, LN2_LOW, PER_LN2, SERIES } from "./_exp32.ts";
import type { Code } from "./assembler/encoding.ts";
import type { Variables } from "./assembler/module.ts";
import type { V128Local } from "./assembler/statements.ts";
import { V128 } from "./assembler/values.ts";

/** The exponent of a float32 lies above 23 bits of mantissa, and is 127 for numbers in [1, 2). */
const MANTISSA_BITS = 23;
const EXPONENT_OF_ONE = 127;

/** Variables of {@linkcode createExp}. */
export interface LaneExp {
  /** Sets the constants; once, before any {@linkcode LaneExp.of}. */
  readonly prepare: Code[];
  /** Stores e to the power of four arguments in {@linkcode LaneExp.result}. The arguments are evaluated once. */
  of(x: V128): Code[];
  /** Four powers. */
  readonly result: V128;
}

/** `exp32` of `_exp32.ts` for arguments up to `MOST_EXPONENT`, with the same steps; declares its variables. */
export function createExp(v: Variables): LaneExp {
  const argument = v.v128(), k = v.v128(), r = v.v128(), result = v.v128();
  const constants = new Map<number, V128Local>();
  const lanes = (value: number): V128 => {
    const known = constants.get(value) ?? v.v128();
    constants.set(value, known);
    return known;
  };
  const perLn2 = lanes(PER_LN2), half = lanes(0.5), ln2High = lanes(LN2_HIGH), ln2Low = lanes(LN2_LOW);
  const least = lanes(LEAST_EXPONENT), one = lanes(1);
  const [first, ...series] = SERIES.map(lanes);
  const bias = v.v128();
  return {
    prepare: [
      ...[...constants].map(([value, lane]) => lane.set(V128.splatF32(value))),
      bias.set(V128.splatI32(EXPONENT_OF_ONE)),
    ],
    of: (x) => [
      argument.set(x),
      k.set(argument.mul(perLn2).add(half).floor()),
      r.set(argument.sub(k.mul(ln2High)).sub(k.mul(ln2Low))),
      result.set(first!),
      ...series.map((coefficient) => result.set(result.mul(r).add(coefficient))),
      result.set(one.add(r.add(r.mul(r).mul(result)))),
      result.set(result.mul(k.truncateToI32().addI32(bias).shlI32(MANTISSA_BITS))), // the bits of 2ᵏ
      result.set(result.andnot(argument.lt(least))),
    ],
    result,
  };
}
