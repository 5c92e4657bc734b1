import { areEqual } from "./are_equal.ts";

/** The most colours: the 256th index of a GIF means "unchanged". */
const MAX_COLOURS = 255;

/** The colours of a picture with an index for each. */
export interface Palette {
  /** R, G, B of each colour in turn. */
  readonly colours: Uint8Array;
  /** The index of the colour that stands for one given as R + 256 G + 65536 B. */
  indexOf(colour: number): number;
}

/** The highest five bits of each channel; colours with equal bits share an index. */
function cell(colour: number): number {
  return colour >> 3 & 31 | colour >> 6 & 992 | colour >> 9 & 31744;
}

/**
 * Chooses the colours that occur most often. Drawings have a few flat colours and blends along their edges: each flat colour
 * stays exact, and a blend that does not fit becomes the nearest colour kept.
 *
 * @param images Pixels as R, G, B, A, all of one size.
 * @param width Pixels per row.
 * @returns At most 255 colours, the most frequent first.
 */
export function choosePalette(images: Iterable<Uint8Array>, width: number): Palette {
  const counts = new Map<number, number>();
  let previous: Uint32Array | undefined;
  for (const image of images) {
    const pixels = new Uint32Array(image.buffer, image.byteOffset, image.byteLength / 4);
    for (let start = 0; start < pixels.length; start += width) {
      const row = pixels.subarray(start, start + width);
      // Unchanged pixels count once.
      if (previous !== undefined && areEqual(row, previous.subarray(start, start + width))) continue;
      // Neighbours are mostly equal: count them in runs.
      for (let i = 0; i < row.length;) {
        const from = i;
        const pixel = row[i];
        while (i < row.length && row[i] === pixel) i++;
        const colour = pixel! & 0xffffff;
        counts.set(colour, (counts.get(colour) ?? 0) + i - from);
      }
    }
    previous = pixels;
  }
  const byFrequency = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  const cellCounts = new Map<number, { colour: number; count: number }>();
  for (const [colour, count] of byFrequency) {
    const entry = cellCounts.get(cell(colour));
    if (entry === undefined) cellCounts.set(cell(colour), { colour, count });
    else entry.count += count;
  }
  const kept = [...cellCounts.values()]
    .sort((a, b) => b.count - a.count || a.colour - b.colour)
    .slice(0, MAX_COLOURS)
    .map(({ colour }) => colour);

  const indices = new Int16Array(1 << 15).fill(-1);
  kept.forEach((colour, i) => indices[cell(colour)] = i);
  return {
    colours: Uint8Array.from(kept.flatMap((colour) => [colour & 255, colour >> 8 & 255, colour >> 16])),
    indexOf(colour) {
      const at = cell(colour);
      if (indices[at]! < 0) indices[at] = nearest(kept, colour);
      return indices[at]!;
    },
  };
}

function nearest(colours: readonly number[], wanted: number): number {
  const distance = (colour: number) =>
    [0, 8, 16].reduce((sum, shift) => sum + ((colour >> shift & 255) - (wanted >> shift & 255)) ** 2, 0);
  return colours.reduce((best, colour, i) => distance(colour) < distance(colours[best]!) ? i : best, 0);
}
