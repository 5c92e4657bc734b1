/**
 * Patches of images as rows of a matrix, and their sum back into an image.
 *
 * @module
 */

import { storeBelow } from "./_wasm_lanes.ts";
import type { Code } from "./assembler/encoding.ts";
import type { ModuleWriter, Variables } from "./assembler/module.ts";
import { doWhile, forLoop, type I32Local } from "./assembler/statements.ts";
import { V128 } from "./assembler/values.ts";

/**
 * Adds `patches`, which copies patches out of an image, `addPatches`, which adds their gradients to it, `spread`, which copies one row
 * into many, `relu`, and `keepPositive`, which leaves only values whose activation is above zero. All steps and lengths in bytes.
 *
 * A patch is some lines of the image, each a segment of it; the patches are those of some rows and columns.
 */
export function addPatches(writer: ModuleWriter): void {
  writer.function("patches", undefined, (v) => {
    const loops = overPatches(v);
    const { line, element, segment, i } = loops;
    return loops.each(
      [
        i.set(0),
        doWhile(() => i.lt(segment), V128.load(line.add(i)).store(element.add(i)), i.increase(16)),
      ],
      V128.zero().store(element), // what the last line's last vector has written beyond the patch
    );
  });

  writer.function("addPatches", undefined, (v) => {
    const loops = overPatches(v);
    const { line, element, segment, i } = loops;
    const sum = v.v128();
    return loops.each([
      i.set(0),
      doWhile(
        () => i.lt(segment),
        sum.set(V128.load(line.add(i)).add(V128.load(element.add(i)))),
        storeBelow(sum, line, i, segment),
        i.increase(16),
      ),
    ], []);
  });

  writer.function("spread", undefined, (v) => {
    const source = v.parameter(), target = v.parameter(), pitch = v.parameter(), rows = v.parameter();
    const width = v.parameter();
    const i = v.i32();
    return [
      doWhile(
        () => rows,
        i.set(0),
        doWhile(
          () => i.lt(width),
          V128.load(source.add(i)).add(V128.zero()).store(target.add(i)), // −0 becomes 0
          i.increase(16),
        ),
        target.increase(pitch),
        rows.set(rows.sub(1)),
      ),
    ];
  });

  writer.function("relu", undefined, (v) => {
    const values = v.parameter(), length = v.parameter();
    const i = v.i32();
    return [forLoop(i, length, 16, V128.zero().pmax(V128.load(values.add(i))).store(values.add(i)))];
  });

  writer.function("keepPositive", undefined, (v) => {
    const values = v.parameter(), activation = v.parameter(), length = v.parameter();
    const i = v.i32();
    const kept = V128.load(values.add(i)).and(V128.load(activation.add(i)).gt(V128.zero()));
    return [forLoop(i, length, 16, kept.store(values.add(i)))];
  });
}

/** Loops over all lines of all patches; `line` is the address in the image, `element` that in the matrix. */
function overPatches(v: Variables) {
  const image = v.parameter(), rowStep = v.parameter(), columnStep = v.parameter(), lineStep = v.parameter();
  const segment = v.parameter(), lines = v.parameter(), rows = v.parameter(), columns = v.parameter();
  const matrix = v.parameter(), pitch = v.parameter();
  const corner = v.i32(), line = v.i32(), element = v.i32(), i = v.i32();
  const column = v.i32(), left = v.i32();
  const countDown = (count: I32Local, ...body: Code[]): Code =>
    doWhile(() => count, ...body, count.set(count.sub(1)));

  return {
    line,
    element,
    segment,
    i,
    each: (body: Code[], afterPatch: Code): Code[] => [
      countDown(
        rows,
        corner.set(image),
        column.set(columns),
        countDown(
          column,
          line.set(corner),
          element.set(matrix),
          left.set(lines),
          countDown(left, ...body, line.increase(lineStep), element.increase(segment)),
          afterPatch,
          corner.increase(columnStep),
          matrix.increase(pitch),
        ),
        image.increase(rowStep),
      ),
    ],
  };
}
