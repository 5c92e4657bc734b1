/**
 * Matrix products that skip the terms whose left factor is zero.
 *
 * All three products of a layer have one form: row r of the output starts from a vector and adds, for each term t in
 * ascending order, left[r, t] · (row t of the right matrix).
 *
 * | product | rows | terms | left | right | start |
 * |---|---|---|---|---|---|
 * | forward | rows | inputs | input | weight | bias |
 * | input gradient | rows | outputs | output gradient | weight, transposed | 0 |
 * | weight gradient | inputs | rows | input, transposed | output gradient | 0 |
 *
 * About half of the left factors are zero, by ReLU. So each row of the left matrix is first stored as a list of its
 * nonzero values and the offsets of their rows of the right matrix. The list is then processed once for each panel: a few
 * neighbouring columns of the right matrix, few enough that their sums fit into registers and the panel into the fastest cache.
 *
 * @module
 */

import type { Code } from "./assembler/encoding.ts";
import { addListColumns, addListRows } from "./_wasm_lists.ts";
import { call, callIndirect, type ModuleWriter, type WasmFunction } from "./assembler/module.ts";
import { ENTRY, FACTORS, HEAD, LISTS, OFFSETS_BYTES, PANEL, PANEL_VECTORS } from "./_wasm_scratch.ts";
import { doWhile, forLoop, when } from "./assembler/statements.ts";
import { addTranspose } from "./_wasm_transpose.ts";
import { I32 } from "./assembler/i32.ts";
import { V128 } from "./assembler/values.ts";

/** The operation on a finished row: none, ReLU, or zeros where the mask is not above zero. */
type Finish = "none" | "relu" | "mask";

/** The table index of the row functions for one operation: first for one vector, then for two, and so on. */
export const FINISH: Readonly<Record<Finish, number>> = {
  none: 0,
  relu: PANEL_VECTORS,
  mask: 2 * PANEL_VECTORS,
};

/**
 * Vectors of a right row that are accessed from one pointer. An engine that checks each access compares the pointer with the
 * memory's size minus the offset: four such limits stay in registers, eight do not.
 */
const NEAR = 4;

/** Adds `forward`, `inputGradient`, `weightGradient` and `transpose`. */
export function addProducts(writer: ModuleWriter): void {
  let rowFunction: WasmFunction | undefined;
  for (const finish of ["none", "relu", "mask"] as const) {
    for (let vectors = 1; vectors <= PANEL_VECTORS; vectors++) {
      rowFunction = addRows(writer, vectors, finish);
      writer.tableEntry(rowFunction);
    }
  }
  const listRows = addListRows(writer);
  const listColumns = addListColumns(writer);
  const transpose = addTranspose(writer);
  addProduct(writer, "forward", listRows, rowFunction!);
  addProduct(writer, "inputGradient", listRows, rowFunction!, transpose);
  addProduct(writer, "weightGradient", listColumns, rowFunction!);
}

/**
 * Finishes one panel of some rows: for each row, sums = start; for each entry of its list, sums += value · right row.
 * The sums stay in registers.
 */
function addRows(writer: ModuleWriter, vectors: number, finish: Finish): WasmFunction {
  return writer.function(undefined, undefined, (v) => {
    const list = v.parameter(), listPitch = v.parameter(), right = v.parameter();
    const start = v.parameter(), startPitch = v.parameter(), mask = v.parameter(), maskPitch = v.parameter();
    const output = v.parameter(), outputPitch = v.parameter(), rows = v.parameter();
    const entry = v.i32(), end = v.i32(), row = v.i32();
    const left = v.v128(), factors = v.v128(), sums = v.vectors(vectors);

    const addTerm = (factor: V128, i: number): Code[] => [
      row.set(right.add(I32.load(entry, i * ENTRY))),
      left.set(factor),
      ...sums.flatMap((sum, k) => [
        k > 0 && k % NEAR === 0 ? row.increase(16 * NEAR) : [],
        sum.set(sum.add(left.mul(V128.load(row, 16 * (k % NEAR))))),
      ]),
    ];
    const addTerms = (count: number): Code[] => [
      ...Array.from({ length: count }, (_, i) => addTerm(V128.loadSplat(entry, FACTORS + i * ENTRY), i))
        .flat(),
      entry.increase(count * ENTRY),
    ];
    const finished = (sum: V128, i: number): V128 =>
      finish === "none"
        ? sum
        : finish === "relu"
        ? V128.zero().pmax(sum)
        : sum.and(V128.load(mask, 16 * i).gt(V128.zero()));
    return [
      doWhile(
        () => rows,
        ...sums.map((sum, i) => sum.set(V128.load(start, 16 * i).add(V128.zero()))), // −0 becomes 0
        entry.set(list.add(HEAD)),
        end.set(I32.load(list)),
        // One term if their number is odd, two if two remain, then four at a time.
        when(end.sub(entry).and(ENTRY), ...addTerms(1)),
        when(end.sub(entry).and(2 * ENTRY), ...addTerms(2)),
        forLoop(
          entry,
          end,
          4 * ENTRY,
          factors.set(V128.load(entry, FACTORS)),
          ...([0, 1, 2, 3] as const).flatMap((i) => addTerm(factors.shuffle(factors, i, i, i, i), i)),
        ),
        ...sums.map((sum, i) => finished(sum, i).store(output, 16 * i)),
        list.increase(listPitch),
        start.increase(startPitch),
        mask.increase(maskPitch),
        output.increase(outputPitch),
        rows.set(rows.sub(1)),
      ),
    ];
  });
}

/**
 * The whole product, by blocks of rows whose lists fit into the scratch memory: lists first, then panel after panel.
 *
 * Its parameters: left, leftPitch (bytes from row to row of the matrix as stored), rows, terms; right, rightPitch, width
 * (of the output, in vectors); start, startPitch; mask, maskPitch; output, outputPitch; finish (of {@linkcode FINISH}).
 * If the right matrix is transposed, `right` is the original, and terms must be at most the scratch memory's PANEL_TERMS.
 */
function addProduct(
  writer: ModuleWriter,
  name: string,
  writeLists: WasmFunction,
  rowFunction: WasmFunction,
  transpose?: WasmFunction,
): void {
  const columns = name === "weightGradient";
  writer.function(name, undefined, (v) => {
    const left = v.parameter(), leftPitch = v.parameter(), rows = v.parameter(), terms = v.parameter();
    const right = v.parameter(), rightPitch = v.parameter(), lastRight = v.parameter(), width = v.parameter();
    const start = v.parameter(), startPitch = v.parameter(), startStep = v.parameter();
    const mask = v.parameter(), maskPitch = v.parameter();
    const output = v.parameter(), outputPitch = v.parameter(), finish = v.parameter();
    const panels = v.i32(), vectors = v.i32(), listPitch = v.i32(), termPitch = v.i32();
    const block = v.i32(), most = v.i32(), done = v.i32(), wide = v.i32(), panelRight = v.i32();
    const panelBytes = done.shl(4);
    return [
      panels.set(width.add(PANEL_VECTORS - 1).div(PANEL_VECTORS)),
      vectors.set(width.add(panels).sub(1).div(panels)), // as evenly as possible
      listPitch.set(terms.add(3).and(-4).mul(ENTRY).add(HEAD + 4 * ENTRY)),
      most.set(I32.of(OFFSETS_BYTES).div(listPitch).and(-4)),
      termPitch.set(transpose ? vectors.shl(4) : rightPitch),
      doWhile(
        () => rows,
        block.set(rows.min(most)),
        call(writeLists, left, leftPitch, block, terms, I32.of(LISTS), listPitch, termPitch),
        done.set(0),
        doWhile(
          () => done.lt(width),
          wide.set(width.sub(done).min(vectors)),
          ...transpose
            ? [
              call(
                transpose,
                right.add(done.shl(2).mul(rightPitch)),
                rightPitch,
                lastRight,
                terms,
                wide,
                I32.of(PANEL),
                termPitch,
              ),
              panelRight.set(PANEL),
            ]
            : [panelRight.set(right.add(panelBytes))],
          callIndirect(
            rowFunction,
            finish.add(wide).sub(1),
            I32.of(LISTS),
            listPitch,
            panelRight,
            start.add(done.mul(startStep)),
            startPitch,
            mask.add(panelBytes),
            maskPitch,
            output.add(panelBytes),
            outputPitch,
            block,
          ),
          done.increase(vectors),
        ),
        left.increase(columns ? block.shl(2) : block.mul(leftPitch)),
        start.increase(block.mul(startPitch)),
        mask.increase(block.mul(maskPitch)),
        output.increase(block.mul(outputPitch)),
        rows.set(rows.sub(block)),
      ),
    ];
  });
}
