const MAX_CODES = 4096;

/** Packs codes of growing width into bytes, the lowest bit first. */
class BitWriter {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1024);
  length = 0;
  #bits = 0;
  #count = 0;

  write(code: number, width: number): void {
    this.#bits |= code << this.#count;
    this.#count += width;
    while (this.#count >= 8) this.#flushByte();
  }

  finish(): Uint8Array {
    if (this.#count > 0) this.#flushByte();
    return this.bytes.subarray(0, this.length);
  }

  #flushByte(): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length++] = this.#bits & 255;
    this.#bits >>>= 8;
    this.#count -= 8;
  }
}

/** The code of each (prefix code, next index); 0 where there is none. Shared: cleared before each use. */
const table = new Uint16Array(MAX_CODES << 8);

/**
 * Compresses indices as GIF does (GIF89a, appendix F): LZW with codes of variable width, at most 12 bits.
 *
 * @param indices Each below 2^`bits`; at least one.
 * @param bits Bits per index, from 2 to 8.
 * @returns The codes, not yet cut into blocks.
 */
export function compressLzw(indices: Uint8Array, bits: number): Uint8Array {
  const clear = 1 << bits;
  const end = clear + 1;
  const writer = new BitWriter();
  let width = bits + 1;
  let next = end + 1;
  table.fill(0);
  writer.write(clear, width);
  let prefix = indices[0]!;
  for (let i = 1; i < indices.length; i++) {
    const index = indices[i]!;
    const key = prefix << 8 | index;
    const known = table[key]!;
    if (known !== 0) {
      prefix = known;
      continue;
    }
    writer.write(prefix, width);
    prefix = index;
    if (next === MAX_CODES) {
      writer.write(clear, width);
      table.fill(0);
      width = bits + 1;
      next = end + 1;
      continue;
    }
    // A reader learns each code one step later than it is made here.
    if (next === 1 << width) width++;
    table[key] = next++;
  }
  writer.write(prefix, width);
  writer.write(end, next === 1 << width && width < 12 ? width + 1 : width);
  return writer.finish();
}
