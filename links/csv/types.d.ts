/** The part of `@std/csv` that this project uses, for the JavaScript of the npm package. */
export type DataItem = Readonly<Record<string, unknown>> | readonly unknown[];
export interface StringifyOptions {
  headers?: boolean;
  columns?: readonly string[];
}
export function stringify(data: readonly DataItem[], options?: StringifyOptions): string;
export function parse(input: string, options: { skipFirstRow: true }): Record<string, string>[];
export function parse(input: string): string[][];
