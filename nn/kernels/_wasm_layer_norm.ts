/**
 * The kernels of layer normalisation.
 *
 * @module
 */

import { firstLanes, joined } from "./_wasm_lanes.ts";
import type { Code } from "./assembler/encoding.ts";
import type { ModuleWriter, Variables } from "./assembler/module.ts";
import { doWhile, forLoop, type I32Local, type V128Local, when } from "./assembler/statements.ts";
import { V128 } from "./assembler/values.ts";
import { LAYER_NORM_EPSILON } from "./kernels.ts";

/** Bytes of 16 elements, one for each of the sums. */
const GROUP = 64;

/** Adds `layerNorm` and `layerNormBackward`; pitches in bytes. The gradients of gain and bias are added to. */
export function addLayerNorm(writer: ModuleWriter): void {
  writer.function("layerNorm", undefined, (v) => {
    const input = v.parameter(), inputPitch = v.parameter(), gain = v.parameter(), bias = v.parameter();
    const output = v.parameter(), outputPitch = v.parameter();
    const row = overRow(v);
    const { i } = row;
    const zero = v.v128();
    const value = row.normalized(input, 0).mul(V128.load(gain.add(i))).add(V128.load(bias.add(i)));
    return [
      zero.set(V128.zero()),
      ...row.each(
        [
          ...row.measure(input),
          i.set(0),
          forLoop(i, row.length, 16, zero.pmax(value).store(output.add(i))),
        ],
        [input.increase(inputPitch), output.increase(outputPitch)],
      ),
    ];
  });

  writer.function("layerNormBackward", undefined, (v) => {
    const input = v.parameter(), inputPitch = v.parameter(), gain = v.parameter();
    const gradient = v.parameter(), gradientPitch = v.parameter();
    const output = v.parameter(), outputPitch = v.parameter();
    const gainGradient = v.parameter(), biasGradient = v.parameter();
    const row = overRow(v);
    const { i } = row;
    const slopes = v.vectors(4), products = v.vectors(4);
    const slope = v.v128(), normalized = v.v128(), meanSlope = v.v128(), along = v.v128();
    const incoming = v.v128(), lanes = v.v128();
    const slopeAt = (offset: number) =>
      V128.load(gradient.add(i), offset).mul(V128.load(gain.add(i), offset));
    return row.each(
      [
        ...row.measure(input),
        ...row.sum([slopes, products], (offset) => ({
          set: [slope.set(slopeAt(offset))],
          terms: [slope, slope.mul(row.normalized(input, offset))],
        })),
        meanSlope.set(row.meanOf(slopes)),
        along.set(row.meanOf(products)),
        i.set(0),
        forLoop(
          i,
          row.length,
          16,
          lanes.set(firstLanes(row.length.sub(i))),
          normalized.set(row.normalized(input, 0).and(lanes)),
          slope.set(slopeAt(0)),
          incoming.set(V128.load(gradient.add(i))),
          V128.load(gainGradient.add(i)).add(incoming.mul(normalized)).store(gainGradient.add(i)),
          V128.load(biasGradient.add(i)).add(incoming).store(biasGradient.add(i)),
          row.scale.mul(slope.sub(meanSlope).sub(normalized.mul(along))).and(lanes).store(output.add(i)),
        ),
      ],
      [input.increase(inputPitch), gradient.increase(gradientPitch), output.increase(outputPitch)],
    );
  });
}

/** The sums of some terms over a row, at offsets `i`: the statements before, and one term for each of the sums. */
type Terms = (offset: number) => { set: Code[]; terms: V128[] };

/** All rows, and sums over one. The last parameters are the number of columns, and of rows. */
function overRow(v: Variables) {
  const columns = v.parameter(), rows = v.parameter();
  const i = v.i32(), length = v.i32(), whole = v.i32();
  const count = v.v128(), one = v.v128(), epsilon = v.v128(), mean = v.v128(), scale = v.v128();
  const centred = v.v128(), sums = v.vectors(4);

  /** 16 sums for each of the terms, lane by lane: whole groups first, then the rest, without elements after the row. */
  const sum = (targets: readonly V128Local[][], terms: Terms): Code[] => {
    const add = (k: number, offset: number, mask?: V128): Code[] => {
      const { set, terms: values } = terms(offset);
      const added = values.map((value) => mask === undefined ? value : value.and(mask));
      return [...set, ...targets.map((sums, n) => sums[k]!.set(sums[k]!.add(added[n]!)))];
    };
    return [
      ...targets.flat().map((target) => target.set(V128.zero())),
      i.set(0),
      forLoop(i, whole, GROUP, ...[0, 1, 2, 3].flatMap((k) => add(k, 16 * k))),
      ...[0, 1, 2, 3].map((k) => when(i.lt(length), ...add(k, 0, firstLanes(length.sub(i))), i.increase(16))),
    ];
  };
  /** The mean from 16 sums, in all lanes. */
  const meanOf = ([s0, s1, s2, s3]: V128Local[]): V128 => joined(s0!.add(s2!).add(s1!.add(s3!))).div(count);

  return {
    i,
    length,
    scale,
    sum,
    meanOf,
    /** Stores the mean and the scale of the row at `input` in their variables. */
    measure: (input: I32Local): Code[] => [
      ...sum([sums], (offset) => ({ set: [], terms: [V128.load(input.add(i), offset)] })),
      mean.set(meanOf(sums)),
      ...sum([sums], (offset) => ({
        set: [centred.set(V128.load(input.add(i), offset).sub(mean))],
        terms: [centred.mul(centred)],
      })),
      scale.set(one.div(meanOf(sums).add(epsilon).sqrt())),
    ],
    normalized: (input: I32Local, offset: number): V128 =>
      V128.load(input.add(i), offset).sub(mean).mul(scale),
    each: (body: Code[], nextRow: Code[]): Code[] => [
      length.set(columns.shl(2)),
      whole.set(length.and(-GROUP)),
      count.set(V128.splatI32(columns).convertI32()),
      one.set(V128.splatF32(1)),
      epsilon.set(V128.splatF32(LAYER_NORM_EPSILON)),
      doWhile(() => rows, ...body, ...nextRow, rows.set(rows.sub(1))),
    ],
  };
}
