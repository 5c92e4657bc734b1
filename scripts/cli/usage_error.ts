/** Something the user asked for cannot be done: one line on stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Runs a script's body: a usage error becomes one line on stderr and exit code 2, any other error one line and exit code 1.
 *
 * @param body The script; the number it returns is the exit code.
 * @returns The exit code.
 */
export async function exitCodeOf(body: () => number | Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}
