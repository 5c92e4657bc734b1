/**
 * The one memory of some kernels: the module's scratch memory, and behind it their arrays.
 *
 * @module
 */

import { ORDERS, orders, SCRATCH_BYTES } from "./_wasm_scratch.ts";

const PAGE_BYTES = 65536;

/** Elements that fill a line of a processor's cache: where every array begins. */
const LINE = 16;

/** Bytes behind the last array: a vector may be loaded that begins with the last of its elements. */
const SLACK = 12;

/** A memory of one size from the beginning, which hands out arrays. */
export class Arena {
  /** The memory, to give to a module. */
  readonly memory: WebAssembly.Memory;
  /** Its bytes. */
  readonly buffer: ArrayBufferLike;
  #free = SCRATCH_BYTES;

  /** Room for so many elements, each array rounded up to 16. */
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

  /** Where an array of this arena begins; an array from elsewhere is refused. */
  address(values: Float32Array | Int32Array): number {
    if (values.buffer !== this.buffer) {
      throw new TypeError("Cannot run a kernel: its arrays must be allocated by it, got one from elsewhere");
    }
    return values.byteOffset;
  }
}

/** Bytes of whole lines that hold so many elements. */
function bytes(length: number): number {
  return 4 * Math.ceil(length / LINE) * LINE;
}
