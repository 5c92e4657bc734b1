import { Buffer } from "node:buffer";

/** Whether two arrays hold the same bytes; much faster than a loop before the loop is compiled. */
export function areEqual(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const bytes = (view: ArrayBufferView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return Buffer.compare(bytes(a), bytes(b)) === 0;
}
