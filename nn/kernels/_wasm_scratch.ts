/**
 * What lies at the start of the kernels' memory, before the arrays that are allocated in it. Addresses in bytes.
 *
 * @module
 */

/** Most terms that one list and one panel hold; products with more are done in several goes. A multiple of four. */
export const PANEL_TERMS = 256;

/** Most vectors of four columns in a panel: so many sums, and what is added to them, fit into 16 registers. */
export const PANEL_VECTORS = 8;

/** For each of 16 patterns of zeros in a vector, the order of bytes that moves the others to the front. */
export const ORDERS = 0;

/** One panel's row of zeros. */
export const ZEROS = ORDERS + 16 * 16;

/** Bytes at the start of a list, which hold the address of its end. */
export const HEAD = 16;

/** Bytes of one entry of a list: the offset of a row of the right matrix, and as many for the factor. */
export const ENTRY = 4;

/** The lists: their offsets. */
export const LISTS = ZEROS + 16 * PANEL_VECTORS;

/** Bytes of all lists' offsets together. */
export const OFFSETS_BYTES = 128 * 1024;

/** From an offset in a list to its factor: not a whole number of 4 KiB, which would slow loads down after stores. */
export const FACTORS = OFFSETS_BYTES + 192;

/** A panel of a transposed matrix. */
export const PANEL = LISTS + FACTORS + OFFSETS_BYTES;

/** A product of a narrow matrix, transposed. */
export const TURNED = PANEL + PANEL_TERMS * PANEL_VECTORS * 16;

/** Most columns of a matrix that counts as narrow: two vectors. */
export const NARROW = 8;

/** Most elements of one row of {@linkcode TURNED}. */
export const TURNED_LENGTH = 512;

/** The first address that is free. */
export const SCRATCH_BYTES = TURNED + NARROW * TURNED_LENGTH * 4;

/** The least pages of 64 KiB that a memory has. */
export const SCRATCH_PAGES = SCRATCH_BYTES >> 16;

/** What {@linkcode ORDERS} holds: byte b of lane k of pattern p is byte b of the k-th lane whose bit in p is set. */
export function orders(): Uint8Array {
  const bytes = new Uint8Array(16 * 16);
  for (let pattern = 0; pattern < 16; pattern++) {
    const lanes = [0, 1, 2, 3].filter((lane) => pattern >> lane & 1);
    lanes.forEach((lane, k) => {
      for (let b = 0; b < 4; b++) bytes[16 * pattern + 4 * k + b] = 4 * lane + b;
    });
  }
  return bytes;
}
