/** The part of `@std/cli/parse-args` that this project uses, for the JavaScript of the npm package. */
export interface ParseOptions {
  string?: readonly string[];
  boolean?: readonly string[];
  collect?: readonly string[];
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}
export function parseArgs(
  args: string[],
  options?: ParseOptions,
): { _: Array<string | number>; [key: string]: unknown };
