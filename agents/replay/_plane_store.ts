/** Planes that a new one is compared with: the last so many that were added. */
export const RECENT_PLANES = 4096;

/** Places of the table of recent planes, a power of two. */
const PLACES = 4 * RECENT_PLANES;

/** Bytes of a chunk of memory, unless all planes need less. */
const CHUNK_BYTES = 2 ** 24;

/** Numbers of planes are int32. */
const MOST_PLANES = 2 ** 31 - 1;

/** The state of a {@linkcode PlaneStore}. */
export interface PlaneStoreSnapshot {
  /** The number of the first plane. */
  first: number;
  /** It and all later planes, one after the other, in as many pieces as there are chunks. */
  planes: Uint8Array[];
}

/**
 * Planes of bytes, such as the frames of an image, numbered as they are added. A plane that equals a recent one gets its number, so
 * that frames shared by neighbouring observations are stored once. Memory grows in chunks, which are used again once their planes
 * are released.
 */
export class PlaneStore {
  /** Bytes of a plane. */
  readonly length: number;
  readonly #perChunk: number;
  /** The number of the first chunk; chunk k holds planes from k · perChunk on. */
  #firstChunk = 0;
  #chunks: Uint8Array[] = [];
  readonly #spare: Uint8Array[] = [];
  /** By hash, one more than the number of the last plane with it, or 0. */
  readonly #table = new Int32Array(PLACES);
  #first = 0;
  #next = 0;

  /** Planes of a length; about so many are expected at once, which matters only for the size of chunks. */
  constructor(length: number, expected: number) {
    this.length = length;
    const most = Math.max(1, Math.floor(CHUNK_BYTES / length));
    this.#perChunk = Math.min(most, expected + RECENT_PLANES);
  }

  /** The number of the next new plane. */
  get next(): number {
    return this.#next;
  }

  /** The number of the first plane that is still there. */
  get first(): number {
    return this.#first;
  }

  /** Bytes of all chunks. */
  get bytes(): number {
    return (this.#chunks.length + this.#spare.length) * this.#perChunk * this.length;
  }

  /** The number of a plane, which is copied unless a recent one equals it. */
  add(plane: Uint8Array): number {
    const place = placeOf(plane);
    const known = this.#table[place]! - 1;
    if (known >= 0 && known >= this.#next - RECENT_PLANES && this.#equals(known, plane)) return known;
    const number = this.#next;
    if (number === MOST_PLANES) {
      throw new RangeError(`Cannot add a transition: a run must have at most ${MOST_PLANES} frames`);
    }
    const chunk = Math.floor(number / this.#perChunk) - this.#firstChunk;
    if (chunk === this.#chunks.length) {
      this.#chunks.push(this.#spare.pop() ?? new Uint8Array(this.#perChunk * this.length));
    }
    this.#chunks[chunk]!.set(plane, this.startOf(number));
    this.#table[place] = number + 1;
    this.#next++;
    return number;
  }

  #equals(number: number, plane: Uint8Array): boolean {
    const chunk = this.chunkOf(number), start = this.startOf(number);
    for (let i = 0; i < plane.length; i++) if (chunk[start + i] !== plane[i]) return false;
    return true;
  }

  /** The memory that holds a plane. */
  chunkOf(number: number): Uint8Array {
    return this.#chunks[Math.floor(number / this.#perChunk) - this.#firstChunk]!;
  }

  /** The index of its first byte there. */
  startOf(number: number): number {
    return (number % this.#perChunk) * this.length;
  }

  /** Gives up all planes before a number; recent ones must stay. */
  release(before: number): void {
    if (before <= this.#first) return;
    this.#first = before;
    while ((this.#firstChunk + 1) * this.#perChunk <= before) {
      this.#spare.push(this.#chunks.shift()!);
      this.#firstChunk++;
    }
  }

  /** All planes that are still there, as copies or as views of the chunks. */
  snapshot(asViews: boolean): PlaneStoreSnapshot {
    const planes = this.#chunks.map((chunk, k) => {
      const start = (this.#firstChunk + k) * this.#perChunk;
      const from = Math.max(0, this.#first - start), to = Math.min(this.#perChunk, this.#next - start);
      const view = chunk.subarray(from * this.length, to * this.length);
      return asViews ? view : view.slice();
    });
    return { first: this.#first, planes: planes.filter((piece) => piece.length > 0) };
  }

  /** Throws a TypeError or a RangeError if a snapshot is no whole number of planes, or its first number is out of range. */
  check({ first, planes }: PlaneStoreSnapshot): void {
    const bytes = planes.reduce((sum, piece) => sum + piece.length, 0);
    const odd = planes.find((piece) => piece.length % this.length !== 0);
    if (odd !== undefined) {
      throw new TypeError(
        `Cannot restore a ReplayBuffer: planes must be of ${this.length} bytes each, got ${odd.length} bytes`,
      );
    }
    if (!(Number.isSafeInteger(first) && first >= 0 && first + bytes / this.length <= MOST_PLANES)) {
      throw new RangeError(
        `Cannot restore a ReplayBuffer: firstPlane must be a whole number from 0, got ${first}`,
      );
    }
  }

  /** Replaces all planes by those of a checked snapshot. */
  restore({ first, planes }: PlaneStoreSnapshot): void {
    this.#spare.push(...this.#chunks);
    this.#chunks = [];
    this.#table.fill(0);
    this.#firstChunk = Math.floor(first / this.#perChunk);
    this.#first = this.#next = first;
    for (const piece of planes) {
      for (let at = 0; at < piece.length; at += this.length) this.#put(piece.subarray(at, at + this.length));
    }
  }

  /** Adds a plane even if it equals a recent one. */
  #put(plane: Uint8Array): void {
    this.#table[placeOf(plane)] = 0;
    this.add(plane);
  }
}

/** A place in the table, by FNV-1a. */
function placeOf(plane: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < plane.length; i++) hash = Math.imul(hash ^ plane[i]!, 0x01000193);
  return (hash ^ hash >>> 15) & PLACES - 1;
}
