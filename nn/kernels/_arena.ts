/**
 * The memory of a set of kernels: the module's scratch memory, followed by their arrays.
 *
 * @module
 */

import { ORDERS, orders, SCRATCH_BYTES } from "./_wasm_scratch.ts";

const PAGE_BYTES = 65536;

/** Elements per cache line; every array starts at one. */
const LINE = 16;

/** Bytes after the last array: a vector load may start at its last element. */
const SLACK = 12;

/** A memory of fixed size that hands out arrays. */
export class Arena {
  /** The memory, for a module. */
  readonly memory: WebAssembly.Memory;
  /** Its bytes. */
  readonly buffer: ArrayBufferLike;
  #free = SCRATCH_BYTES;

  /** Allocates room for a number of elements, each array rounded up to 16. */
  constructor(length: number) {
    const pages = Math.ceil((SCRATCH_BYTES + bytes(length) + SLACK) / PAGE_BYTES);
    if (!Number.isInteger(length) || length < 0 || pages > 65536) {
      throw new RangeError(
        `Cannot create SIMD kernels: length must be a whole number of elements that fit into 4 GiB, got ${length}`,
      );
    }
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.buffer = this.memory.buffer;
    new Uint8Array(this.buffer, ORDERS).set(orders());
  }

  /** A zeroed array of float32 values. */
  float32(length: number): Float32Array {
    return new Float32Array(this.buffer, this.#reserve(length), length);
  }

  /** A zeroed array of whole numbers. */
  int32(length: number): Int32Array {
    return new Int32Array(this.buffer, this.#reserve(length), length);
  }

  #reserve(length: number): number {
    const start = this.#free;
    const end = start + bytes(length);
    if (!Number.isInteger(length) || length < 0 || end > this.buffer.byteLength - SLACK) {
      const room = Math.floor((this.buffer.byteLength - SLACK - start) / (4 * LINE)) * LINE;
      throw new RangeError(
        `Cannot allocate from kernels: length must be a whole number up to the ${room} elements left, got ${length}`,
      );
    }
    this.#free = end;
    return start;
  }

  /** The address of an array of this arena; throws for any other array. */
  address(values: Float32Array | Int32Array): number {
    if (values.buffer !== this.buffer) {
      throw new TypeError("Cannot run a kernel: its arrays must be allocated by it, got one from elsewhere");
    }
    return values.byteOffset;
  }
}

/** Bytes of the whole cache lines that hold a number of elements. */
function bytes(length: number): number {
  return 4 * Math.ceil(length / LINE) * LINE;
}
