/**
 * The kernels that make a single pass over arrays.
 *
 * @module
 */

import type { Code } from "./assembler/encoding.ts";
import type { ModuleWriter, Variables } from "./assembler/module.ts";
import { doWhile, forLoop, type V128Local, when } from "./assembler/statements.ts";
import { V128 } from "./assembler/values.ts";
import { SMALLEST_NORMAL } from "./kernels.ts";

/** Adds `adam`, `scale`, `softUpdate`, `sumOfSquares`, `allFinite` and `columnSums`; lengths are in bytes. */
export function addPasses(writer: ModuleWriter): void {
  writer.function("adam", undefined, (v) => {
    const parameters = v.parameter(), gradients = v.parameter();
    const firstMoments = v.parameter(), secondMoments = v.parameter(), length = v.parameter();
    const { set, vectors: scalars } = splatParameters(v, 7);
    const [beta1, oneMinusBeta1, beta2, oneMinusBeta2] = scalars as [V128, V128, V128, V128];
    const [stepSize, inverseRootCorrection, epsilon] = scalars.slice(4) as [V128, V128, V128];
    const i = v.i32(), gradient = v.v128(), first = v.v128(), second = v.v128(), smallest = v.v128();
    const root = second.sqrt().mul(inverseRootCorrection).add(epsilon);
    return [
      ...set,
      smallest.set(V128.splatF32(SMALLEST_NORMAL)),
      forLoop(
        i,
        length,
        16,
        gradient.set(V128.load(gradients.add(i))),
        first.set(beta1.mul(V128.load(firstMoments.add(i))).add(oneMinusBeta1.mul(gradient))),
        second.set(beta2.mul(V128.load(secondMoments.add(i))).add(oneMinusBeta2.mul(gradient).mul(gradient))),
        first.set(first.andnot(first.abs().lt(smallest))),
        second.set(second.andnot(second.lt(smallest))),
        first.store(firstMoments.add(i)),
        second.store(secondMoments.add(i)),
        V128.load(parameters.add(i)).sub(stepSize.mul(first).div(root)).store(parameters.add(i)),
      ),
    ];
  });

  writer.function("scale", undefined, (v) => {
    const values = v.parameter(), length = v.parameter();
    const { set, vectors } = splatParameters(v, 1);
    const [factor] = vectors as [V128];
    const i = v.i32();
    return [...set, forLoop(i, length, 16, V128.load(values.add(i)).mul(factor).store(values.add(i)))];
  });

  writer.function("softUpdate", undefined, (v) => {
    const target = v.parameter(), source = v.parameter(), length = v.parameter();
    const { set, vectors } = splatParameters(v, 2);
    const [kept, taken] = vectors as [V128, V128];
    const i = v.i32();
    const mixed = kept.mul(V128.load(target.add(i))).add(taken.mul(V128.load(source.add(i))));
    return [...set, forLoop(i, length, 16, mixed.store(target.add(i)))];
  });

  writer.function("sumOfSquares", "f32", (v) => {
    const values = v.parameter(), length = v.parameter();
    const wholeEnd = v.i32(), end = v.i32(), square = v.v128(), sums = v.vectors(4);
    const [s0, s1, s2, s3] = sums as [V128Local, V128Local, V128Local, V128Local];
    const addSquares = (sum: V128Local, i: number): Code[] => [
      square.set(V128.load(values, 16 * i)),
      sum.set(sum.add(square.mul(square))),
    ];
    return [
      end.set(values.add(length)),
      wholeEnd.set(values.add(length.and(-64))),
      forLoop(values, wholeEnd, 64, ...sums.flatMap(addSquares)),
      ...[s0, s1, s2].map((sum) => when(values.lt(end), ...addSquares(sum, 0), values.increase(16))),
      s0.set(s0.add(s2).add(s1.add(s3))),
      s0.set(s0.add(s0.shuffle(s0, 2, 3, 0, 1))),
      s0.lane(0).add(s0.lane(1)),
    ];
  });

  writer.function("allFinite", "i32", (v) => {
    const values = v.parameter(), length = v.parameter();
    const i = v.i32(), value = v.v128(), differences = v.v128();
    return [
      forLoop(
        i,
        length,
        16,
        value.set(V128.load(values.add(i))),
        differences.set(differences.or(value.sub(value))), // zero, or NaN if a value is not finite
      ),
      differences.anyTrue().eqz(),
    ];
  });

  writer.function("columnSums", undefined, (v) => {
    const source = v.parameter(), pitch = v.parameter(), rows = v.parameter();
    const sums = v.parameter(), length = v.parameter();
    const i = v.i32(), place = v.i32(), end = v.i32(), sum = v.v128();
    return [
      forLoop(
        i,
        length,
        16,
        sum.set(V128.load(sums.add(i))),
        place.set(source.add(i)),
        end.set(place.add(rows.mul(pitch))),
        doWhile(() => place.lt(end), sum.set(sum.add(V128.load(place))), place.increase(pitch)),
        sum.store(sums.add(i)),
      ),
    ];
  });
}

/** The last parameters of a function, float32 numbers, each in all lanes of a variable once `set` has run. */
function splatParameters(v: Variables, count: number): { set: Code[]; vectors: V128[] } {
  const numbers = Array.from({ length: count }, () => v.parameterF32());
  const vectors = v.vectors(count);
  return { set: vectors.map((vector, i) => vector.set(numbers[i]!.splat())), vectors };
}
