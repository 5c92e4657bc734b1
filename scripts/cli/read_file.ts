import { UsageError } from "./usage_error.ts";

/**
 * Reads a file that the user named.
 *
 * @throws {UsageError} If it cannot be read.
 */
export function readFile(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Cannot read ${path}: ${reason}`);
  }
}

/**
 * Reads a JSON file that the user named.
 *
 * @throws {UsageError} If it cannot be read, or is no JSON.
 */
export function readJsonFile(path: string): unknown {
  const text = new TextDecoder().decode(readFile(path));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `Cannot read ${path}: it must be JSON, got: ${error instanceof Error ? error.message : error}`,
    );
  }
}
