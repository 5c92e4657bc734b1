/**
 * The types of the numbers in a Box.
 *
 * @module
 */

/** The array of each type of numbers, by NumPy's name of the type. */
export interface BoxArrays {
  /** Single precision, for measurements. */
  float32: Float32Array;
  /** Whole numbers from 0 to 255, for images. */
  uint8: Uint8Array;
}

/** The type of the numbers in a {@linkcode Box}, by NumPy's name. */
export type BoxDtype = keyof BoxArrays;

/** An element of a {@linkcode Box} of either type. */
export type BoxArray = BoxArrays[BoxDtype];

/** An array of zeros for so many numbers of a type. */
export function newBoxArray<D extends BoxDtype>(dtype: D, length: number): BoxArrays[D] {
  return new ARRAYS[dtype](length);
}

/** Whether a value is an array of numbers of a type, whatever its length. */
export function isBoxArray<D extends BoxDtype>(dtype: D, value: unknown): value is BoxArrays[D] {
  return value instanceof ARRAYS[dtype];
}

/** Whether a value names a type of numbers. */
export function isBoxDtype(value: unknown): value is BoxDtype {
  return typeof value === "string" && Object.hasOwn(ARRAYS, value);
}

/** The names of the types, for messages. */
export const BOX_DTYPES = 'dtype must be "float32" or "uint8"';

const ARRAYS: { readonly [D in BoxDtype]: new (length: number) => BoxArrays[D] } = {
  float32: Float32Array,
  uint8: Uint8Array,
};
