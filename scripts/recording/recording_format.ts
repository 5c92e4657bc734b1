import { UsageError } from "../cli/usage_error.ts";

/** How a recording can be written; `png` is a folder of frames. */
export const FORMATS = ["gif", "svg", "png", "mp4", "webm"] as const;
/** One of {@linkcode FORMATS}. */
export type Format = typeof FORMATS[number];

/**
 * How a recording is to be written.
 *
 * @param asked The format asked for, if any.
 * @param out The file or folder asked for, if any.
 * @returns The format asked for, else that of the file's extension, else `gif`.
 * @throws {UsageError} If the file has no extension, an unknown one, or that of another format.
 */
export function formatOf(asked: Format | undefined, out: string | undefined): Format {
  if (out === undefined) return asked ?? "gif";
  const extension = /\.([^./\\]+)$/.exec(out)?.[1]?.toLowerCase();
  const known = FORMATS.find((format) => format === extension);
  if (asked === "png" && (known === undefined || known === "png")) return asked;
  if (known !== undefined && (asked ?? known) === known) return known;
  const expected = asked === "png"
    ? "be a folder"
    : `end in ${(asked === undefined ? FORMATS : [asked]).map((format) => `.${format}`).join(", ")}`;
  throw new UsageError(`Cannot record: --out must ${expected}, got ${out}`);
}
