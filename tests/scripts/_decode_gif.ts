/** What a viewer shows of a GIF. */
export interface DecodedGif {
  width: number;
  height: number;
  comment: string;
  /** Number of repetitions; 0 for ever. */
  loops: number;
  /** R, G, B of each pixel, and for how many hundredths of a second. */
  frames: { pixels: Uint8Array; delay: number }[];
}

/** Reads a GIF as the specification (GIF89a) has it; knows only what this project writes, and throws at anything else. */
export function decodeGif(bytes: Uint8Array): DecodedGif {
  let at = 0;
  const byte = () => bytes[at++]!;
  const short = () => byte() + 256 * byte();
  const text = (length: number) => new TextDecoder().decode(bytes.subarray(at, at += length));
  const blocks = () => {
    const parts: number[] = [];
    for (let length = byte(); length > 0; length = byte()) parts.push(...bytes.subarray(at, at += length));
    return parts;
  };
  if (text(6) !== "GIF89a") throw new Error("no GIF");
  const [width, height] = [short(), short()];
  const packed = byte();
  at += 2;
  const colours = bytes.subarray(at, at += 3 << (packed & 7) + 1);
  const gif: DecodedGif = { width, height, comment: "", loops: -1, frames: [] };
  let canvas = new Uint8Array(3 * width * height);
  let control = { delay: 0, transparent: -1 };
  while (true) {
    const kind = byte();
    if (kind === 0x3b) break;
    if (kind === 0x21) {
      const label = byte();
      if (label === 0xfe) gif.comment = new TextDecoder().decode(Uint8Array.from(blocks()));
      else if (label === 0xff) {
        const [name, sub] = [text(byte()), blocks()];
        if (name === "NETSCAPE2.0") gif.loops = sub[1]! + 256 * sub[2]!;
      } else if (label === 0xf9) {
        const [flags, low, high, index] = blocks();
        control = { delay: low! + 256 * high!, transparent: (flags! & 1) === 1 ? index! : -1 };
        if ((flags! >> 2 & 7) !== 1) throw new Error("frames must stay");
      } else throw new Error(`unknown extension ${label}`);
      continue;
    }
    if (kind !== 0x2c) throw new Error(`unknown block ${kind}`);
    const [left, top, columns, rows] = [short(), short(), short(), short()];
    if (byte() !== 0) throw new Error("unexpected flags");
    const indices = decompress(byte(), blocks());
    if (indices.length !== columns * rows) {
      throw new Error(`${indices.length} pixels for ${columns} x ${rows}`);
    }
    canvas = canvas.slice();
    indices.forEach((index, i) => {
      if (index === control.transparent) return;
      const to = 3 * ((top + Math.floor(i / columns)) * width + left + i % columns);
      canvas.set(colours.subarray(3 * index, 3 * index + 3), to);
    });
    gif.frames.push({ pixels: canvas, delay: control.delay });
  }
  if (at !== bytes.length) throw new Error("bytes after the end");
  return gif;
}

/** LZW by strings, as simple as can be. */
export function decompress(bits: number, data: readonly number[]): number[] {
  const clear = 1 << bits;
  let words: number[][] = [];
  let width = bits + 1;
  let previous: number[] | undefined;
  const output: number[] = [];
  let position = 0;
  const code = () => {
    let value = 0;
    for (let i = 0; i < width; i++, position++) {
      value |= (data[position >> 3]! >> (position & 7) & 1) << i;
    }
    return value;
  };
  while (true) {
    const next = code();
    if (next === clear) {
      words = Array.from({ length: clear + 2 }, (_, i) => [i]);
      width = bits + 1;
      previous = undefined;
      continue;
    }
    if (next === clear + 1) return output;
    if (next > words.length || next === words.length && previous === undefined) throw new Error("bad code");
    const word = words[next] ?? [...previous!, previous![0]!];
    for (const index of word) output.push(index);
    if (previous !== undefined && words.length < 4096) words.push([...previous, word[0]!]);
    if (words.length === 1 << width && width < 12) width++;
    previous = word;
  }
}
