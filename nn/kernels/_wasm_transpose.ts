/**
 * Transposing matrices, four by four.
 *
 * @module
 */

import type { Code } from "./assembler/encoding.ts";
import type { ModuleWriter, WasmFunction } from "./assembler/module.ts";
import { doWhile, type V128Local } from "./assembler/statements.ts";
import { V128 } from "./assembler/values.ts";

/** Transposes a square of four vectors into four others. */
export function transposed(
  rows: readonly V128[],
  halves: readonly V128Local[],
  columns: readonly V128Local[],
): Code[] {
  const [a, b, c, d] = rows as [V128, V128, V128, V128];
  const [ab01, cd01, ab23, cd23] = halves as [V128Local, V128Local, V128Local, V128Local];
  return [
    ab01.set(a.shuffle(b, 0, 4, 1, 5)),
    cd01.set(c.shuffle(d, 0, 4, 1, 5)),
    ab23.set(a.shuffle(b, 2, 6, 3, 7)),
    cd23.set(c.shuffle(d, 2, 6, 3, 7)),
    columns[0]!.set(ab01.shuffle(cd01, 0, 1, 4, 5)),
    columns[1]!.set(ab01.shuffle(cd01, 2, 3, 6, 7)),
    columns[2]!.set(ab23.shuffle(cd23, 0, 1, 4, 5)),
    columns[3]!.set(ab23.shuffle(cd23, 2, 3, 6, 7)),
  ];
}

/**
 * Writes target[t, c] = source[c, t] for c < 4 · vectors and t < terms rounded up to four; rows of the source lie `pitch`
 * bytes apart, and the last row is repeated if there are fewer.
 */
export function addTranspose(writer: ModuleWriter): WasmFunction {
  return writer.function("transpose", undefined, (v) => {
    const source = v.parameter(), pitch = v.parameter(), lastRow = v.parameter();
    const terms = v.parameter(), vectors = v.parameter(), target = v.parameter(), targetPitch = v.parameter();
    const place = v.i32(), t = v.i32();
    const rows = [v.i32(), v.i32(), v.i32(), v.i32()];
    const loaded = v.vectors(4), halves = v.vectors(4), columns = v.vectors(4);
    return [
      doWhile(
        () => vectors,
        ...rows.flatMap((row) => [row.set(source.min(lastRow)), source.increase(pitch)]),
        place.set(target),
        t.set(0),
        doWhile(
          () => t.lt(terms),
          ...loaded.flatMap((vector, i) => [vector.set(V128.load(rows[i]!)), rows[i]!.increase(16)]),
          ...transposed(loaded, halves, columns),
          ...columns.flatMap((column) => [column.store(place), place.increase(targetPitch)]),
          t.increase(4),
        ),
        target.increase(16),
        vectors.set(vectors.sub(1)),
      ),
    ];
  });
}
