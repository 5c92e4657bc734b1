/**
 * The layout of the start of the kernels' memory, before the allocated arrays. Addresses in bytes.
 *
 * @module
 */

/** Most terms of a list and a panel; products with more are computed in several passes. A multiple of four. */
export const PANEL_TERMS = 256;

/** Most terms of one pass over rows, whose panel then takes half of a cache of 32 KiB; a multiple of four. */
export const PASS_TERMS = 128;

/** Most vectors of four columns in a panel: that many sums and their summands fit into 16 registers. */
export const PANEL_VECTORS = 8;

/** For each of 16 patterns of zeros in a vector, the order of bytes that moves the others to the front. */
export const ORDERS = 0;

/** A row of zeros for one panel. */
export const ZEROS = ORDERS + 16 * 16;

/** Bytes at the start of a list for the address of its end. */
export const HEAD = 16;

/** Bytes of an offset in a list, and of a factor. */
export const ENTRY = 4;

/** The offsets of the lists. */
export const LISTS = ZEROS + 16 * PANEL_VECTORS;

/** Bytes of all lists' offsets together. */
export const OFFSETS_BYTES = 128 * 1024;

/** The distance from an offset in a list to its factor: not a multiple of 4 KiB, which would slow down loads after stores. */
export const FACTORS = OFFSETS_BYTES + 192;

/** A panel of a transposed matrix. */
export const PANEL = LISTS + FACTORS + OFFSETS_BYTES;

/** A product of a narrow matrix, transposed. */
export const TURNED = PANEL + PANEL_TERMS * PANEL_VECTORS * 16;

/** Most columns of a narrow matrix: two vectors. */
export const NARROW = 8;

/** Most elements of one row of {@linkcode TURNED}. */
export const TURNED_LENGTH = 512;

/** Patches of images, or their gradients. */
export const PATCHES = TURNED + NARROW * TURNED_LENGTH * 4;

/** Most elements of {@linkcode PATCHES}. */
export const PATCHES_LENGTH = 64 * 1024;

/** The places of a convolution's output whose filters do not fill vectors, each padded to whole ones. */
export const PLACES = PATCHES + 4 * PATCHES_LENGTH;

/** Most elements of {@linkcode PLACES}. */
export const PLACES_LENGTH = 16 * 1024;

/** The first free address. */
export const SCRATCH_BYTES = PLACES + 4 * PLACES_LENGTH;

/** The smallest number of 64 KiB pages in a memory. */
export const SCRATCH_PAGES = SCRATCH_BYTES >> 16;

/** The content of {@linkcode ORDERS}: byte b of lane k of pattern p is byte b of the k-th lane whose bit in p is set. */
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
