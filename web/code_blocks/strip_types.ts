import { transform } from "sucrase";

/** JavaScript, or why there is none. */
export type Stripped =
  | { readonly code: string; readonly failure?: undefined }
  | {
    readonly code?: undefined;
    readonly failure: { readonly reason: string; readonly line: number | undefined };
  };

/**
 * Makes JavaScript of a program, with every line at its place.
 *
 * @param program TypeScript.
 * @returns JavaScript whose imports are calls of `require`; if the program does not parse, the reason and the line.
 */
export function stripTypes(program: string): Stripped {
  try {
    return {
      code: transform(program, { transforms: ["typescript", "imports"], disableESTransforms: true }).code,
    };
  } catch (error) {
    const text = String(error);
    const [, reason, line] = /^(.*) \((\d+):\d+\)$/s.exec(text) ?? [];
    return {
      failure: { reason: reason ?? text, line: line === undefined ? undefined : Number(line) },
    };
  }
}
