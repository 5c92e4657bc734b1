/**
 * Matrix products that leave out the terms whose left factor is zero.
 *
 * All three products of a layer have one form: row r of the output starts from some vector and adds, for each term t in
 * ascending order, left[r, t] · (row t of the right matrix).
 *
 * | product | rows | terms | left | right | start |
 * |---|---|---|---|---|---|
 * | forward | rows | inputs | input | weight | bias |
 * | input gradient | rows | outputs | output gradient | weight, transposed | 0 |
 * | weight gradient | inputs | rows | input, transposed | output gradient | 0 |
 *
 * Half of what is on the left is zero, by ReLU. So each row of the left matrix is first written down as a list of its
 * non-zero values and of where their rows of the right matrix begin; then the list is run over, once for each panel: a few
 * neighbouring columns of the right matrix, so many that their sums fit into registers, and the panel into the fastest cache.
 *
 * @module
 */

import { call, callIndirect, type ModuleWriter, type Variables, type WasmFunction } from "./_wasm_module.ts";
import { type Code, doWhile, forLoop, I32, type I32Local, V128, type V128Local, when } from "./_wasm_code.ts";
import { LIST_BYTES, LISTS, ORDERS, PANEL, PANEL_VECTORS, ZEROS } from "./_wasm_scratch.ts";

/** What happens to a finished row: nothing, ReLU, or zeros where the mask is not above zero. */
type Finish = "none" | "relu" | "mask";

/** Where the row functions of one way to finish begin in the table: there for one vector, then for two, and so on. */
export const FINISH: Readonly<Record<Finish, number>> = {
  none: 0,
  relu: PANEL_VECTORS,
  mask: 2 * PANEL_VECTORS,
};

/** Bytes at the start of a list, which hold the address of its end. */
const HEAD = 16;

/** Bytes of one entry of a list: where a row of the right matrix begins, after its first, and the left factor. */
const ENTRY = 8;

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
    const left = v.v128(), sums = v.vectors(vectors);

    const addTerm = (i: number): Code[] => [
      row.set(right.add(I32.load(entry, i * ENTRY))),
      left.set(V128.loadSplat(entry, i * ENTRY + 4)),
      ...sums.map((sum, k) => sum.set(sum.add(left.mul(V128.load(row, 16 * k))))),
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
        // One term if their number is odd, two if two are left over, then four at a time.
        when(end.sub(entry).and(ENTRY), ...addTerm(0), entry.increase(ENTRY)),
        when(end.sub(entry).and(2 * ENTRY), ...addTerm(0), ...addTerm(1), entry.increase(2 * ENTRY)),
        forLoop(entry, end, 4 * ENTRY, ...[0, 1, 2, 3].flatMap(addTerm)),
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

/** Variables that {@linkcode append} works with. */
interface AppendVariables {
  pattern: I32Local;
  order: V128Local;
  places: V128Local;
  factors: V128Local;
}

/**
 * Appends the non-zero ones of four values, and their offsets, to a list: both are moved to the front in a fixed order for
 * each of the 16 patterns of zeros, all four entries are written, and the list grows by as many as count.
 */
function append(end: I32Local, values: V128, offsets: V128, variables: AppendVariables): Code[] {
  const { pattern, order, places, factors } = variables;
  return [
    pattern.set(values.ne(V128.zero()).bitmask()),
    order.set(V128.load(pattern.shl(4), ORDERS)),
    places.set(offsets.swizzle(order)),
    factors.set(values.swizzle(order)),
    places.shuffle(factors, 0, 4, 1, 5).store(end),
    places.shuffle(factors, 2, 6, 3, 7).store(end, 2 * ENTRY),
    end.increase(pattern.popcnt().mul(ENTRY)),
  ];
}

function appendVariables(v: Variables): AppendVariables {
  return { pattern: v.i32(), order: v.v128(), places: v.v128(), factors: v.v128() };
}

/** Writes lists of rows: left[r, t] for r < rows and t < terms, both counted; rows lie `leftPitch` bytes apart. */
function addListRows(writer: ModuleWriter): WasmFunction {
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
function addListColumns(writer: ModuleWriter): WasmFunction {
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

/** Where the first four rows of the right matrix begin. */
function firstOffsets(rightPitch: I32): V128 {
  return V128.splatI32(rightPitch).mulI32(V128.ofI32(0, 1, 2, 3));
}

/** Sets four vectors to the columns of the square that four others are the rows of. */
function transposed(
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
 * bytes apart, and the last of them is repeated where there are fewer.
 */
function addTranspose(writer: ModuleWriter): WasmFunction {
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

/**
 * The whole product, by blocks of rows whose lists fit into the scratch memory: lists first, then panel after panel.
 *
 * Its parameters: left, leftPitch (bytes from row to row of the matrix as stored), rows, terms; right, rightPitch, width
 * (of the output, in vectors); start, startPitch; mask, maskPitch; output, outputPitch; finish (of {@linkcode FINISH}).
 * When the right matrix is transposed, `right` is it before that, and terms must be at most the scratch memory's PANEL_TERMS.
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
      vectors.set(width.add(panels).sub(1).div(panels)), // as even as possible
      listPitch.set(terms.add(3).and(-4).mul(ENTRY).add(HEAD + 4 * ENTRY)),
      most.set(I32.of(LIST_BYTES).div(listPitch).and(-4)),
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
