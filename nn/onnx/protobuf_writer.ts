/**
 * Protocol buffers: writing (https://protobuf.dev/programming-guides/encoding/).
 *
 * @module
 */

/** The encoding of a field's value: seven bits per byte, for whole numbers. */
export const VARINT = 0;
/** Eight bytes: a float64. */
const FIXED64 = 1;
/** A length, then as many bytes: text, raw data, or a message. */
export const LENGTH_DELIMITED = 2;
/** Four bytes: a float32. */
const FIXED32 = 5;

/** Collects the fields of one message, in the order of calls. */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** Adds a whole number from 0 to 2⁵³ − 1. */
  integer(field: number, value: number): this {
    this.#varint(field * 8 + VARINT);
    this.#varint(value);
    return this;
  }

  /** Adds a float64. */
  double(field: number, value: number): this {
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setFloat64(0, value, true);
    return this.#fixed(field, FIXED64, bytes);
  }

  /** Adds a number rounded to float32. */
  float(field: number, value: number): this {
    const bytes = new DataView(new ArrayBuffer(4));
    bytes.setFloat32(0, value, true);
    return this.#fixed(field, FIXED32, bytes);
  }

  /** Adds raw data; it is not copied until {@linkcode ProtobufWriter.finish}. */
  bytes(field: number, value: Uint8Array): this {
    this.#varint(field * 8 + LENGTH_DELIMITED);
    this.#varint(value.length);
    this.#add(value);
    return this;
  }

  /** Adds text. */
  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  /** Adds a message. */
  message(field: number, message: ProtobufWriter): this {
    this.#varint(field * 8 + LENGTH_DELIMITED);
    this.#varint(message.#length);
    for (const part of message.#parts) this.#add(part);
    return this;
  }

  /** The bytes of the message. */
  finish(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  #fixed(field: number, wireType: number, bytes: DataView): this {
    this.#varint(field * 8 + wireType);
    this.#add(new Uint8Array(bytes.buffer));
    return this;
  }

  #add(part: Uint8Array): void {
    this.#parts.push(part);
    this.#length += part.length;
  }

  /** Seven bits per byte, lowest first; the eighth bit means that more follow. */
  #varint(value: number): void {
    const bytes: number[] = [];
    let rest = value;
    while (rest >= 128) {
      bytes.push(rest % 128 + 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
    this.#add(Uint8Array.from(bytes));
  }
}
