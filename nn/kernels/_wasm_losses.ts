/**
 * The losses of distributions.
 *
 * @module
 */

import { firstLanes, joined, storeBelow } from "./_wasm_lanes.ts";
import type { ModuleWriter } from "./assembler/module.ts";
import { doWhile, forLoop, when } from "./assembler/statements.ts";
import { I32 } from "./assembler/i32.ts";
import { V128 } from "./assembler/values.ts";

/**
 * Adds `quantileHuber` and `crossEntropy`, which do not write the gradients of other actions; pitches in bytes, and `atoms` the
 * bytes of an action's atoms. Up to 12 bytes read after the last atom are ignored.
 */
export function addLosses(writer: ModuleWriter): void {
  writer.function("quantileHuber", undefined, (v) => {
    const quantiles = v.parameter(), quantilesPitch = v.parameter(), actions = v.parameter();
    const targets = v.parameter(), targetsPitch = v.parameter(), weights = v.parameter();
    const gradient = v.parameter(), gradientPitch = v.parameter(), losses = v.parameter();
    const atoms = v.parameter(), rows = v.parameter();
    const r = v.i32(), z = v.i32(), from = v.i32(), to = v.i32(), place = v.i32(), end = v.i32();
    const zero = v.v128(), one = v.v128(), minusOne = v.v128(), half = v.v128(), eight = v.v128();
    const twice = v.v128(), share = v.v128(), rowCount = v.v128(), rest = v.v128();
    const weight = v.v128(), sums = v.v128(), odd = v.v128(), above = v.v128(), flip = v.v128();
    const quantile = v.v128(), slope = v.v128(), loss = v.v128();
    const u = v.v128(), clipped = v.v128(), weighted = v.v128();
    const action = I32.load(actions);
    return [
      zero.set(V128.zero()),
      one.set(V128.splatF32(1)),
      minusOne.set(V128.splatF32(-1)),
      half.set(V128.splatF32(0.5)),
      eight.set(V128.splatF32(8)),
      twice.set(V128.splatI32(atoms).convertI32().mul(half)), // 2N: four bytes each
      share.set(one.div(twice.mul(half))),
      rowCount.set(V128.splatI32(rows).convertI32()),
      rest.set(firstLanes(atoms.and(12))),
      r.set(rows),
      doWhile(
        () => r,
        from.set(quantiles.add(action.mul(atoms))),
        to.set(gradient.add(action.mul(atoms))),
        weight.set(V128.loadSplat(weights)),
        sums.set(zero),
        odd.set(V128.ofI32(1, 3, 5, 7).convertI32()),
        end.set(targets.add(atoms)),
        z.set(0),
        forLoop(
          z,
          atoms,
          16,
          above.set(odd.div(twice)),
          flip.set(above.xor(one.sub(above))),
          quantile.set(V128.load(from.add(z))),
          slope.set(zero),
          loss.set(zero),
          place.set(targets),
          doWhile(
            () => place.lt(end),
            u.set(V128.loadSplat(place).sub(quantile)),
            clipped.set(u.pmin(one).pmax(minusOne)),
            weighted.set(above.xor(flip.and(u.lt(zero))).mul(clipped)), // τ becomes 1 − τ where u < 0
            slope.set(slope.add(weighted)),
            loss.set(loss.add(weighted.mul(u.sub(half.mul(clipped))))),
            place.increase(4),
          ),
          loss.set(loss.mul(share)),
          slope.set(zero.sub(slope.mul(share).mul(weight).div(rowCount))),
          storeBelow(slope, to, z, atoms),
          when(atoms.lt(z.add(16)), loss.set(loss.and(rest))),
          sums.set(sums.add(loss)),
          odd.set(odd.add(eight)),
        ),
        joined(sums).storeLane(0, losses),
        quantiles.increase(quantilesPitch),
        actions.increase(4),
        targets.increase(targetsPitch),
        weights.increase(4),
        gradient.increase(gradientPitch),
        losses.increase(4),
        r.set(r.sub(1)),
      ),
    ];
  });

  writer.function("crossEntropy", undefined, (v) => {
    const logits = v.parameter(), logitsPitch = v.parameter(), actions = v.parameter();
    const probabilities = v.parameter(), probabilitiesPitch = v.parameter(), pitch = v.parameter();
    const logSums = v.parameter(), targets = v.parameter(), targetsPitch = v.parameter();
    const weights = v.parameter(), gradient = v.parameter(), gradientPitch = v.parameter();
    const losses = v.parameter(), atoms = v.parameter(), rows = v.parameter();
    const r = v.i32(), z = v.i32(), logit = v.i32(), probability = v.i32(), to = v.i32();
    const rowCount = v.v128(), rest = v.v128(), share = v.v128(), logSum = v.v128(), sums = v.v128();
    const target = v.v128(), loss = v.v128(), slope = v.v128();
    const action = I32.load(actions);
    return [
      rowCount.set(V128.splatI32(rows).convertI32()),
      rest.set(firstLanes(atoms.and(12))),
      r.set(rows),
      doWhile(
        () => r,
        logit.set(logits.add(action.mul(atoms))),
        probability.set(probabilities.add(action.mul(pitch))),
        to.set(gradient.add(action.mul(atoms))),
        share.set(V128.loadSplat(weights).div(rowCount)),
        logSum.set(V128.loadSplat(logSums)),
        sums.set(V128.zero()),
        z.set(0),
        forLoop(
          z,
          atoms,
          16,
          target.set(V128.load(targets.add(z))),
          loss.set(target.mul(logSum.sub(V128.load(logit.add(z))))),
          slope.set(V128.load(probability.add(z)).sub(target).mul(share)),
          storeBelow(slope, to, z, atoms),
          when(atoms.lt(z.add(16)), loss.set(loss.and(rest))),
          sums.set(sums.add(loss)),
        ),
        joined(sums).storeLane(0, losses),
        logits.increase(logitsPitch),
        actions.increase(4),
        probabilities.increase(probabilitiesPitch),
        logSums.increase(4),
        targets.increase(targetsPitch),
        weights.increase(4),
        gradient.increase(gradientPitch),
        losses.increase(4),
        r.set(r.sub(1)),
      ),
    ];
  });
}
