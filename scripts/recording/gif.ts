import { areEqual } from "./are_equal.ts";
import { compressLzw } from "./lzw.ts";
import type { Palette } from "./palette.ts";

/** A GIF that grows frame by frame. */
export interface GifWriter {
  /**
   * @param pixels R, G, B, A of each pixel; only the part that differs from the frame before is stored.
   * @param delay How long the frame is shown, in hundredths of a second.
   */
  add(pixels: Uint8Array, delay: number): void;
  /** Returns the file; no frame may be added afterwards. */
  finish(): Uint8Array;
}

/** Offset of the delay in the block that precedes a frame. */
const DELAY_OFFSET = 4;
/** The longest delay of one frame, in hundredths of a second: the file has 16 bits for it. */
const LONGEST = 65_535;
/** Frames that a longer delay is divided into at most: 18 hours. */
const MOST_PARTS = 100;

/**
 * Starts a GIF (GIF89a) that loops forever.
 *
 * @param width In pixels.
 * @param height In pixels.
 * @param palette The colours of all frames.
 * @param comment A description stored in the file; ASCII.
 * @returns The writer, without frames.
 */
export function startGif(width: number, height: number, palette: Palette, comment: string): GifWriter {
  const colourCount = palette.colours.length / 3;
  const asBefore = colourCount; // the index of a pixel that does not change
  let bits = 2;
  while (1 << bits < colourCount + 1) bits++;

  const out = new ByteList();
  const table = new Uint8Array(3 << bits);
  table.set(palette.colours);
  out.text("GIF89a");
  out.shorts(width, height);
  out.bytes([128 | bits - 1, 0, 0]);
  out.bytes(table);
  out.bytes([0x21, 0xff, 11]);
  out.text("NETSCAPE2.0");
  out.bytes([3, 1, 0, 0, 0]);
  out.bytes([0x21, 0xfe]);
  out.blocks(new TextEncoder().encode(comment));

  let previous: Uint32Array | undefined;
  let delayAt = 0;
  let previousDelay = 0;
  const write = (box: BoundingBox, delay: number, indices: Uint8Array) => {
    delayAt = out.length + DELAY_OFFSET;
    previousDelay = delay;
    out.bytes([0x21, 0xf9, 4, 1 << 2 | 1]);
    out.shorts(delay);
    out.bytes([asBefore, 0, 0x2c]);
    out.shorts(box.left, box.top, box.right - box.left, box.bottom - box.top);
    out.bytes([0, bits]);
    out.blocks(compressLzw(indices, bits));
  };
  /** Shows the last frame for longer, with further unchanged frames if one cannot last long enough. */
  const wait = (delay: number) => {
    const last = Math.min(LONGEST, previousDelay + delay);
    let left = Math.min(MOST_PARTS * LONGEST, delay - (last - previousDelay));
    previousDelay = last;
    out.patchShort(delayAt, last);
    for (; left > 0; left -= previousDelay) {
      write({ left: 0, top: 0, right: 1, bottom: 1 }, Math.min(LONGEST, left), Uint8Array.of(asBefore));
    }
  };
  return {
    add(pixels, delay) {
      const frame = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
      const box = previous === undefined
        ? { left: 0, top: 0, right: width, bottom: height }
        : differingBox(previous, frame, width, height);
      if (box === undefined) return wait(delay);
      write(box, 0, indicesOf(frame, previous, box, width, palette, asBefore));
      wait(delay);
      previous = frame;
    },
    finish() {
      out.bytes([0x3b]);
      return out.finish();
    },
  };
}

/** A part of a picture; right and bottom lie outside. */
interface BoundingBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The smallest part outside which two pictures are equal; undefined if they are equal everywhere. */
function differingBox(
  before: Uint32Array,
  after: Uint32Array,
  width: number,
  height: number,
): BoundingBox | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    const [start, end] = [y * width, (y + 1) * width];
    if (areEqual(before.subarray(start, end), after.subarray(start, end))) continue;
    top = Math.min(top, y);
    bottom = y + 1;
    let from = start;
    while (from - start < left && before[from] === after[from]) from++;
    left = Math.min(left, from - start);
    let to = end;
    while (to - start > right && before[to - 1] === after[to - 1]) to--;
    right = Math.max(right, to - start);
  }
  return right === 0 ? undefined : { left, top, right, bottom };
}

function indicesOf(
  frame: Uint32Array,
  previous: Uint32Array | undefined,
  box: BoundingBox,
  width: number,
  palette: Palette,
  asBefore: number,
): Uint8Array {
  const columns = box.right - box.left;
  const indices = new Uint8Array(columns * (box.bottom - box.top));
  let pixel = 0;
  let index = palette.indexOf(0);
  for (let y = box.top; y < box.bottom; y++) {
    let i = y * width + box.left;
    const to = (y - box.top) * columns;
    for (let x = 0; x < columns; x++, i++) {
      if (previous !== undefined && previous[i] === frame[i]) indices[to + x] = asBefore;
      else {
        // Neighbours are mostly equal.
        if (frame[i] !== pixel) {
          pixel = frame[i]!;
          index = palette.indexOf(pixel & 0xffffff);
        }
        indices[to + x] = index;
      }
    }
  }
  return indices;
}

/** Bytes that grow at their end, numbers with the low byte first. */
class ByteList {
  length = 0;
  #bytes = new Uint8Array(1 << 16);

  bytes(values: ArrayLike<number>): void {
    while (this.length + values.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(values, this.length);
    this.length += values.length;
  }

  text(value: string): void {
    this.bytes(new TextEncoder().encode(value));
  }

  shorts(...values: number[]): void {
    for (const value of values) this.bytes([value & 255, value >> 8]);
  }

  patchShort(at: number, value: number): void {
    this.#bytes[at] = value & 255;
    this.#bytes[at + 1] = value >> 8;
  }

  /** Data of any length, cut into blocks with their lengths. */
  blocks(data: Uint8Array): void {
    for (let i = 0; i < data.length; i += 255) {
      const block = data.subarray(i, i + 255);
      this.bytes([block.length]);
      this.bytes(block);
    }
    this.bytes([0]);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}
