/**
 * Lists of the nonzero values in the rows or columns of a matrix.
 *
 * A list holds two arrays: for each nonzero value, the offset of the right matrix's row that it is multiplied with, and,
 * {@linkcode FACTORS} bytes further on, the value itself. The address of their end precedes the offsets.
 *
 * @module
 */

import type { Code } from "./assembler/encoding.ts";
import type { ModuleWriter, Variables, WasmFunction } from "./assembler/module.ts";
import { ENTRY, FACTORS, HEAD, ORDERS, ZEROS } from "./_wasm_scratch.ts";
import { doWhile, type I32Local, type V128Local } from "./assembler/statements.ts";
import { transposed } from "./_wasm_transpose.ts";
import type { I32 } from "./assembler/i32.ts";
import { V128 } from "./assembler/values.ts";

/** Variables of {@linkcode append}. */
interface AppendVariables {
  pattern: I32Local;
  order: V128Local;
  places: V128Local;
  factors: V128Local;
}

/**
 * Appends the nonzero ones of four values, and their offsets, to a list: both are moved to the front in a fixed order for
 * each of the 16 patterns of zeros, all four entries are written, and the list grows by the number of nonzero ones.
 */
function append(end: I32Local, values: V128, offsets: V128, variables: AppendVariables): Code[] {
  const { pattern, order, places, factors } = variables;
  return [
    pattern.set(values.ne(V128.zero()).bitmask()),
    order.set(V128.load(pattern.shl(4), ORDERS)),
    places.set(offsets.swizzle(order)),
    factors.set(values.swizzle(order)),
    places.store(end),
    factors.store(end, FACTORS),
    end.increase(pattern.popcnt().mul(ENTRY)),
  ];
}

function appendVariables(v: Variables): AppendVariables {
  return { pattern: v.i32(), order: v.v128(), places: v.v128(), factors: v.v128() };
}

/** Writes lists of rows: left[r, t] for r < rows and t < terms, both counted; rows lie `leftPitch` bytes apart. */
export function addListRows(writer: ModuleWriter): WasmFunction {
  return writer.function(undefined, undefined, (v) => {
    const left = v.parameter(), leftPitch = v.parameter(), rows = v.parameter(), terms = v.parameter();
    const list = v.parameter(), listPitch = v.parameter(), rightPitch = v.parameter();
    const end = v.i32(), place = v.i32(), last = v.i32();
    const values = v.v128(), offsets = v.v128(), first = v.v128(), four = v.v128();
    const work = appendVariables(v);
    return [
      first.set(firstOffsets(rightPitch)),
      four.set(V128.splatI32(rightPitch.shl(2))),
      doWhile(
        () => rows,
        offsets.set(first),
        end.set(list.add(HEAD)),
        place.set(left),
        last.set(left.add(terms.shl(2))),
        doWhile(
          () => place.lt(last),
          values.set(V128.load(place)),
          ...append(end, values, offsets, work),
          offsets.set(offsets.addI32(four)),
          place.increase(16),
        ),
        end.store(list),
        list.increase(listPitch),
        left.increase(leftPitch),
        rows.set(rows.sub(1)),
      ),
    ];
  });
}

/** Writes lists of columns: left[t, r] for r < rows and t < terms, four of each at a time. */
export function addListColumns(writer: ModuleWriter): WasmFunction {
  return writer.function(undefined, undefined, (v) => {
    const left = v.parameter(), leftPitch = v.parameter(), rows = v.parameter(), terms = v.parameter();
    const list = v.parameter(), listPitch = v.parameter(), rightPitch = v.parameter();
    const place = v.i32(), nextList = v.i32(), t = v.i32();
    const ends = [v.i32(), v.i32(), v.i32(), v.i32()];
    const offsets = v.v128(), first = v.v128(), four = v.v128();
    const loaded = v.vectors(4), halves = v.vectors(4), columns = v.vectors(4);
    const work = appendVariables(v);
    return [
      first.set(firstOffsets(rightPitch)),
      four.set(V128.splatI32(rightPitch.shl(2))),
      rows.set(rows.add(3)),
      doWhile(
        () => rows.lt(4).eqz(),
        offsets.set(first),
        nextList.set(list),
        ...ends.flatMap((end) => [end.set(nextList.add(HEAD)), nextList.increase(listPitch)]),
        place.set(left),
        t.set(0),
        doWhile(
          () => t.lt(terms),
          ...loaded.flatMap((vector, i) => [
            vector.set(V128.load(t.add(i).lt(terms).select(place, ZEROS))),
            place.increase(leftPitch),
          ]),
          ...transposed(loaded, halves, columns),
          ...columns.flatMap((column, i) => append(ends[i]!, column, offsets, work)),
          offsets.set(offsets.addI32(four)),
          t.increase(4),
        ),
        ...ends.flatMap((end) => [end.store(list), list.increase(listPitch)]),
        left.increase(16),
        rows.set(rows.sub(4)),
      ),
    ];
  });
}

/** The offsets of the first four rows of the right matrix. */
function firstOffsets(rightPitch: I32): V128 {
  return V128.splatI32(rightPitch).mulI32(V128.ofI32(0, 1, 2, 3));
}
