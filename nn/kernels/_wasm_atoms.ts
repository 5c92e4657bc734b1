/**
 * The kernels that distributions share: probabilities and means of atoms.
 *
 * @module
 */

import { createExp } from "./_wasm_exp.ts";
import { firstLanes, joined } from "./_wasm_lanes.ts";
import type { ModuleWriter } from "./assembler/module.ts";
import { doWhile, forLoop, when } from "./assembler/statements.ts";
import { V128 } from "./assembler/values.ts";

/**
 * Adds `softmax` and `atomMeans`; pitches in bytes, and `atoms` the bytes of an action's atoms, at least 16.
 * Up to 12 bytes read after the last atom are ignored.
 */
export function addAtoms(writer: ModuleWriter): void {
  writer.function("softmax", undefined, (v) => {
    const logits = v.parameter(), logitsPitch = v.parameter(), atoms = v.parameter();
    const probabilities = v.parameter(), probabilitiesPitch = v.parameter(), pitch = v.parameter();
    const largest = v.parameter(), sums = v.parameter(), actions = v.parameter(), rows = v.parameter();
    const a = v.i32(), z = v.i32(), from = v.i32(), to = v.i32(), whole = v.i32(), last = v.i32();
    const most = v.v128(), sum = v.v128(), power = v.v128();
    const exp = createExp(v);
    return [
      ...exp.prepare,
      whole.set(atoms.and(-16)),
      last.set(atoms.sub(16)),
      doWhile(
        () => rows,
        a.set(actions),
        from.set(logits),
        to.set(probabilities),
        doWhile(
          () => a,
          most.set(V128.load(from.add(last))),
          z.set(0),
          forLoop(z, whole, 16, most.set(most.pmax(V128.load(from.add(z))))),
          most.set(most.pmax(most.shuffle(most, 2, 3, 0, 1))),
          most.set(most.pmax(most.shuffle(most, 1, 0, 3, 2)).add(V128.zero())),
          sum.set(V128.zero()),
          z.set(0),
          forLoop(
            z,
            whole,
            16,
            ...exp.of(V128.load(from.add(z)).sub(most)),
            power.set(exp.result),
            power.store(to.add(z)),
            sum.set(sum.add(power)),
          ),
          when(
            whole.lt(atoms),
            V128.zero().store(to.add(whole)),
            ...exp.of(V128.load(from.add(last)).sub(most)),
            exp.result.store(to.add(last)), // the last four atoms, some of them a second time
            sum.set(sum.add(V128.load(to.add(whole)))),
          ),
          sum.set(joined(sum)),
          z.set(0),
          forLoop(z, pitch, 16, V128.load(to.add(z)).div(sum).store(to.add(z))),
          most.storeLane(0, largest),
          sum.storeLane(0, sums),
          from.increase(atoms),
          to.increase(pitch),
          largest.increase(4),
          sums.increase(4),
          a.set(a.sub(1)),
        ),
        logits.increase(logitsPitch),
        probabilities.increase(probabilitiesPitch),
        rows.set(rows.sub(1)),
      ),
    ];
  });

  writer.function("atomMeans", undefined, (v) => {
    const values = v.parameter(), valuesPitch = v.parameter(), pitch = v.parameter();
    const weights = v.parameter(), atoms = v.parameter(), means = v.parameter(), meansPitch = v.parameter();
    const actions = v.parameter(), rows = v.parameter();
    const a = v.i32(), z = v.i32(), from = v.i32(), to = v.i32(), whole = v.i32();
    const sum = v.v128(), rest = v.v128();
    const product = V128.load(from.add(z)).mul(V128.load(weights.add(z)));
    return [
      whole.set(atoms.and(-16)),
      rest.set(firstLanes(atoms.sub(whole))),
      doWhile(
        () => rows,
        a.set(actions),
        from.set(values),
        to.set(means),
        doWhile(
          () => a,
          sum.set(V128.zero()),
          z.set(0),
          forLoop(z, whole, 16, sum.set(sum.add(product))),
          when(whole.lt(atoms), sum.set(sum.add(product.and(rest)))),
          joined(sum).storeLane(0, to),
          from.increase(pitch),
          to.increase(4),
          a.set(a.sub(1)),
        ),
        values.increase(valuesPitch),
        means.increase(meansPitch),
        rows.set(rows.sub(1)),
      ),
    ];
  });
}
