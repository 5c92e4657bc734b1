/** A file that a run needs from outside. */
export interface GivenFile {
  /** Its path, for messages. */
  readonly path: string;
  /** Its bytes, of the SHA-256 in the settings. */
  readonly bytes: Uint8Array;
}

/** The files that a run needs from outside; absent where it needs none. */
export interface GivenFiles {
  /** The weights that it starts from. */
  readonly weights?: GivenFile | undefined;
  /** The recorded transitions that it learns from. */
  readonly buffer?: GivenFile | undefined;
}
