/** Longest text of an error, in UTF-8. */
const MOST_TEXT = 1024;

/** The state of a {@linkcode SharedValues}. */
export const WAITING = 0;
/** See {@linkcode WAITING}. */
export const ANSWERED = 1;
/** See {@linkcode WAITING}. */
export const FAILED = 2;

/** The sizes of a {@linkcode SharedValues}. */
export interface SharedSizes {
  /** Numbers in an observation. */
  readonly observationLength: number;
  /** Whether the model takes them as bytes. */
  readonly isBytes: boolean;
  /** Number of actions. */
  readonly actions: number;
}

/** Memory that a policy's worker shares with its command: an observation there, the values of the actions or an error back. */
export class SharedValues {
  /** The memory itself, for a message. */
  readonly buffer: SharedArrayBuffer;
  /** One of {@linkcode WAITING}, {@linkcode ANSWERED} and {@linkcode FAILED}, and the length of the error's text. */
  readonly state: Int32Array<SharedArrayBuffer>;
  /** The observation, of the model's type. */
  readonly observation: Float32Array | Uint8Array;
  /** The value of each action. */
  readonly values: Float32Array;
  readonly #text: Uint8Array;

  /**
   * @param sizes Numbers in an observation, whether the model takes them as bytes, and the number of actions.
   * @param buffer The other side's memory; new by default.
   */
  constructor({ observationLength, isBytes, actions }: SharedSizes, buffer?: SharedArrayBuffer) {
    const end = 8 + 4 * (observationLength + actions);
    this.buffer = buffer ?? new SharedArrayBuffer(end + MOST_TEXT);
    this.state = new Int32Array(this.buffer, 0, 2);
    this.observation = isBytes
      ? new Uint8Array(this.buffer, 8, observationLength)
      : new Float32Array(this.buffer, 8, observationLength);
    this.values = new Float32Array(this.buffer, 8 + 4 * observationLength, actions);
    this.#text = new Uint8Array(this.buffer, end, MOST_TEXT);
  }

  /** The text of the error. */
  get error(): string {
    return new TextDecoder().decode(this.#text.slice(0, this.state[1]));
  }

  /** Stores the text of an error, as much as there is room for. */
  set error(text: string) {
    const bytes = new TextEncoder().encode(text).subarray(0, MOST_TEXT);
    this.#text.set(bytes);
    this.state[1] = bytes.length;
  }
}
