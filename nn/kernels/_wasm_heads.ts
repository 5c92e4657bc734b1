/**
 * The kernels of dueling and noisy networks.
 *
 * @module
 */

import type { Code } from "./assembler/encoding.ts";
import type { ModuleWriter, Variables } from "./assembler/module.ts";
import { doWhile, forLoop, type I32Local } from "./assembler/statements.ts";
import { V128 } from "./assembler/values.ts";

/** Adds `add`, `duelingForward`, `duelingBackward`, `perturb` and `noiseGradient`; lengths and pitches are in bytes. */
export function addHeads(writer: ModuleWriter): void {
  writer.function("add", undefined, (v) => {
    const target = v.parameter(), source = v.parameter(), length = v.parameter();
    const i = v.i32();
    const sum = V128.load(target.add(i)).add(V128.load(source.add(i)));
    return [forLoop(i, length, 16, sum.store(target.add(i)))];
  });

  writer.function("duelingForward", undefined, (v) => {
    const value = v.parameter(), valuePitch = v.parameter();
    const advantage = v.parameter(), advantagePitch = v.parameter();
    const output = v.parameter(), outputPitch = v.parameter();
    const loop = overAtoms(v);
    const { z, sum, mean } = loop;
    const from = v.i32(), to = v.i32(), base = v.v128();
    return loop.rows(
      [
        ...loop.sumActions(advantage, from),
        mean.set(sum.div(loop.actions)),
        base.set(V128.load(value.add(z))),
        from.set(advantage.add(z)),
        to.set(output.add(z)),
        ...loop.eachAction([
          base.add(V128.load(from).sub(mean)).store(to),
          from.increase(loop.atoms),
          to.increase(loop.atoms),
        ]),
      ],
      [value.increase(valuePitch), advantage.increase(advantagePitch), output.increase(outputPitch)],
    );
  });

  writer.function("duelingBackward", undefined, (v) => {
    const gradient = v.parameter(), gradientPitch = v.parameter();
    const value = v.parameter(), valuePitch = v.parameter();
    const advantage = v.parameter(), advantagePitch = v.parameter();
    const loop = overAtoms(v);
    const { z, sum, mean } = loop;
    const from = v.i32(), to = v.i32();
    return loop.rows(
      [
        ...loop.sumActions(gradient, from),
        sum.store(value.add(z)),
        mean.set(sum.div(loop.actions)),
        from.set(gradient.add(z)),
        to.set(advantage.add(z)),
        ...loop.eachAction([
          V128.load(from).sub(mean).store(to),
          from.increase(loop.atoms),
          to.increase(loop.atoms),
        ]),
      ],
      [gradient.increase(gradientPitch), value.increase(valuePitch), advantage.increase(advantagePitch)],
    );
  });

  writer.function("perturb", undefined, (v) => {
    const mean = v.parameter(), sigma = v.parameter(), output = v.parameter();
    const loop = overWeights(v, [mean, sigma, output]);
    const { j } = loop;
    return loop.rows(
      V128.load(mean.add(j)).add(V128.load(sigma.add(j)).mul(loop.noise)).store(output.add(j)),
    );
  });

  writer.function("noiseGradient", undefined, (v) => {
    const gradient = v.parameter(), output = v.parameter();
    const loop = overWeights(v, [gradient, output]);
    const { j } = loop;
    return loop.rows(V128.load(gradient.add(j)).mul(loop.noise).store(output.add(j)));
  });
}

/**
 * Processes four atoms at a time, in each row, at offsets `z`. The last four end with the last atom, and so overlap
 * with those before. The last parameters are the bytes of an action's atoms, at least 16, the number of actions, and of rows.
 */
function overAtoms(v: Variables) {
  const atoms = v.parameter(), count = v.parameter(), rows = v.parameter();
  const next = v.i32(), z = v.i32(), a = v.i32();
  const sum = v.v128(), mean = v.v128(), actions = v.v128();
  const eachAction = (body: Code[]): Code[] => [a.set(count), doWhile(() => a, ...body, a.set(a.sub(1)))];
  return {
    atoms,
    z,
    sum,
    mean,
    /** The number of actions in all lanes. */
    actions,
    eachAction,
    /** Stores the sum over actions in `sum`. */
    sumActions: (matrix: I32Local, place: I32Local): Code[] => [
      sum.set(V128.zero()),
      place.set(matrix.add(z)),
      ...eachAction([sum.set(sum.add(V128.load(place))), place.increase(atoms)]),
    ],
    rows: (body: Code[], nextRow: Code[]): Code[] => [
      actions.set(V128.splatI32(count).convertI32()),
      doWhile(
        () => rows,
        next.set(0),
        doWhile(() => next.lt(atoms), z.set(next.min(atoms.sub(16))), ...body, next.increase(16)),
        ...nextRow,
        rows.set(rows.sub(1)),
      ),
    ],
  };
}

/**
 * All weights of a layer, and the noise of each, row by row. The last parameters are the noise of the inputs, the noise of the
 * outputs, the number of rows, and the bytes of a row.
 */
function overWeights(v: Variables, matrices: I32Local[]) {
  const left = v.parameter(), right = v.parameter(), rows = v.parameter(), pitch = v.parameter();
  const j = v.i32(), factor = v.v128();
  return {
    j,
    noise: factor.mul(V128.load(right.add(j))),
    rows: (body: Code): Code[] => [
      doWhile(
        () => rows,
        factor.set(V128.loadSplat(left)),
        j.set(0),
        forLoop(j, pitch, 16, body),
        left.increase(4),
        ...matrices.map((matrix) => matrix.increase(pitch)),
        rows.set(rows.sub(1)),
      ),
    ],
  };
}
