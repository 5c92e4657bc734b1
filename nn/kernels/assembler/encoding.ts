/**
 * The encoding of numbers, types and instructions in WebAssembly.
 *
 * Described by https://webassembly.github.io/spec/core/binary/: `values.html` for numbers, `types.html` for types,
 * `instructions.html` for instructions. `module.ts` shows the structure of a whole module.
 *
 * @module
 */

/** Bytes of instructions. */
export type Code = readonly number[];

/** The codes of value types in the binary format. */
export const TYPES = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

/** An unsigned whole number in LEB128: seven bits per byte, lowest first, the top bit set on all bytes but the last. */
export function unsigned(value: number): number[] {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push(value & 127 | 128);
  bytes.push(value);
  return bytes;
}

/** A signed whole number in LEB128: as many bytes as needed until the rest is only sign. */
export function signed(value: number): number[] {
  const bytes = [];
  for (; value < -64 || value > 63; value >>= 7) bytes.push(value & 127 | 128);
  bytes.push(value & 127);
  return bytes;
}

/** A vector instruction: a prefix, the opcode, and its immediates. */
export function vector(opcode: number, ...immediates: number[]): Code {
  return [0xfd, ...unsigned(opcode), ...immediates];
}

/** The immediates of a load or store: the alignment promised (2 ** 2 = 4 bytes) and an offset added to the address. */
export function at(offset: number): number[] {
  return [2, ...unsigned(offset)];
}
