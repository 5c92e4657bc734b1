/**
 * Convolutions of images that are mostly zero.
 *
 * Instead of looking for the few values of each patch, each value of the image that is not zero is taken to all places that
 * see it. The values come in the order of the image, so each place gets its own in the order of its patch, and each weight in the order of
 * the places: the sums have the same bits.
 *
 * @module
 */

import { PANEL_VECTORS } from "./_wasm_scratch.ts";
import { FINISH } from "./_wasm_products.ts";
import type { Code } from "./assembler/encoding.ts";
import { callIndirect, type ModuleWriter, type WasmFunction } from "./assembler/module.ts";
import { doWhile, forLoop, type I32Local, when } from "./assembler/statements.ts";
import { I32 } from "./assembler/i32.ts";
import { V128 } from "./assembler/values.ts";

/** What is summed: the output of places, or the gradients of weights. */
type Sum = "places" | "weights";

/** The table index of the functions for each sum: first for one vector of filters, then for two, and so on. */
export const SCATTER: Readonly<Record<Sum, number>> = {
  places: FINISH.mask + PANEL_VECTORS,
  weights: FINISH.mask + 2 * PANEL_VECTORS,
};

/**
 * Adds `scatter` and `nonzeros`. Parameters of the first: entry (of {@linkcode SCATTER}, plus the number of vectors less one);
 * image, rows, columns, channels (in bytes), kernel, stride; weights, weightPitch; places, placeRows, placeColumns, placePitch.
 * The sums are added to.
 */
export function addScatter(writer: ModuleWriter): void {
  let like: WasmFunction | undefined;
  for (const sum of ["places", "weights"] as const) {
    for (let vectors = 1; vectors <= PANEL_VECTORS; vectors++) {
      like = addScatterOf(writer, sum, vectors);
      if (writer.tableEntry(like) !== SCATTER[sum] + vectors - 1) {
        throw new Error("Cannot assemble the kernels: the products must come first in the table");
      }
    }
  }
  writer.function("scatter", undefined, (v) => {
    const entry = v.parameter();
    const others = Array.from({ length: 12 }, () => v.parameter());
    return [callIndirect(like!, entry, ...others)];
  });

  writer.function("nonzeros", "i32", (v) => {
    const values = v.parameter(), length = v.parameter();
    const i = v.i32(), count = v.i32();
    const pattern = V128.load(values.add(i)).ne(V128.zero()).bitmask();
    return [forLoop(i, length, 16, count.increase(pattern.popcnt())), count];
  });
}

function addScatterOf(writer: ModuleWriter, sum: Sum, vectors: number): WasmFunction {
  return writer.function(undefined, undefined, (v) => {
    const pixel = v.parameter(), rows = v.parameter(), columns = v.parameter(), channels = v.parameter();
    const kernel = v.parameter(),
      stride = v.parameter(),
      weights = v.parameter(),
      weightPitch = v.parameter();
    const places = v.parameter(), placeRows = v.parameter(), placeColumns = v.parameter();
    const placePitch = v.parameter();
    const y = v.i32(), x = v.i32(), channel = v.i32(), pattern = v.i32(), lane = v.i32();
    const firstRow = v.i32(), endRow = v.i32(), firstColumn = v.i32(), endColumn = v.i32();
    const row = v.i32(), column = v.i32(), weightRow = v.i32(), placeRow = v.i32();
    const weight = v.i32(), place = v.i32(), stepColumn = v.i32(), stepRow = v.i32(), linePitch = v.i32();
    const value = v.v128();
    const [target, source] = sum === "places" ? [place, weight] : [weight, place];

    /** The places whose patches have a row, or a column, of the image. */
    const seenBy = (at: I32Local, first: I32Local, end: I32Local, most: I32): Code[] => [
      first.set(at.lt(kernel).select(0, at.sub(kernel).div(stride).add(1))),
      end.set(at.div(stride).add(1).min(most)),
    ];
    return [
      stepColumn.set(stride.mul(channels.mul(weightPitch)).div(4)),
      stepRow.set(stepColumn.mul(kernel)),
      linePitch.set(placeColumns.mul(placePitch)),
      forLoop(
        y,
        rows,
        1,
        ...seenBy(y, firstRow, endRow, placeRows),
        x.set(0),
        doWhile(
          () => x.lt(columns),
          ...seenBy(x, firstColumn, endColumn, placeColumns),
          channel.set(0),
          doWhile(
            () => channel.lt(channels),
            pattern.set(V128.load(pixel.add(channel)).ne(V128.zero()).bitmask()),
            // Without values of the next pixel.
            when(
              channels.sub(channel).lt(16),
              pattern.set(pattern.and(I32.of(1).shl(channels.sub(channel).div(4)).sub(1))),
            ),
            when(
              pattern,
              doWhile(
                () => pattern,
                lane.set(channel.add(pattern.ctz().shl(2))),
                pattern.set(pattern.and(pattern.sub(1))),
                value.set(V128.loadSplat(pixel.add(lane))),
                weightRow.set(
                  y.sub(firstRow.mul(stride)).mul(kernel).add(x).sub(firstColumn.mul(stride)).mul(channels)
                    .add(lane).div(4).mul(weightPitch).add(weights),
                ),
                placeRow.set(firstRow.mul(linePitch).add(firstColumn.mul(placePitch)).add(places)),
                row.set(firstRow),
                forLoop(
                  row,
                  endRow,
                  1,
                  weight.set(weightRow),
                  place.set(placeRow),
                  column.set(firstColumn),
                  forLoop(
                    column,
                    endColumn,
                    1,
                    ...Array.from(
                      { length: vectors },
                      (_, i) =>
                        V128.load(target, 16 * i).add(value.mul(V128.load(source, 16 * i))).store(
                          target,
                          16 * i,
                        ),
                    ),
                    weight.set(weight.sub(stepColumn)),
                    place.increase(placePitch),
                  ),
                  weightRow.set(weightRow.sub(stepRow)),
                  placeRow.increase(linePitch),
                ),
              ),
            ),
            channel.increase(16),
          ),
          pixel.increase(channels),
          x.increase(1),
        ),
      ),
    ];
  });
}
