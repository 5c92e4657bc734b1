import { parseBoundedJson } from "../../nn/bounded_json.ts";
import { attempt } from "./usage_error.ts";

/** The most bytes of a JSON file that a person may write. */
const MOST_JSON_BYTES = 10_000_000;

/**
 * Reads a file that the user named.
 *
 * @param path The file.
 * @param most The most bytes that are read. @default {Infinity}
 * @throws {UsageError} If it cannot be read, or is larger.
 */
export function readFile(path: string, most = Infinity): Uint8Array {
  return attempt(() => {
    try {
      const { size } = most < Infinity ? Deno.statSync(path) : { size: 0 };
      if (size > most) throw new RangeError(`it must have at most ${most} bytes, got ${size}`);
      return Deno.readFileSync(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotADirectory)) throw error;
      throw new TypeError(`${path.slice(0, path.lastIndexOf("/"))} must be a folder, got a file`);
    }
  }, `Cannot read ${path}: `);
}

/**
 * Reads a JSON file that the user named.
 *
 * @throws {UsageError} If it cannot be read or is not JSON.
 */
export function readJsonFile(path: string): unknown {
  const text = new TextDecoder().decode(readFile(path, MOST_JSON_BYTES));
  const parse = () => parseBoundedJson(text, { depth: 32, length: MOST_JSON_BYTES });
  return attempt(parse, `Cannot read ${path}: it must be JSON, got: `);
}
