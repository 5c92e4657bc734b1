/** A program to run. */
export interface Program {
  /** JavaScript whose imports are calls of `require`. */
  readonly code: string;
  /** MuJoCo's WebAssembly, if the program uses it. */
  readonly wasm?: ArrayBuffer;
}

/** A program with the source of the worker that runs it. */
export interface FrameProgram extends Program {
  readonly worker: string;
}

/** What a program reports: its output, then how it ended. */
export type ProgramMessage =
  | { readonly kind: "printed"; readonly text: string }
  | { readonly kind: "ended" }
  | { readonly kind: "failed"; readonly reason: string; readonly line: number | undefined };

/** What a frame says when it can take a program. */
export const READY = "ready";
