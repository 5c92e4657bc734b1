import { printError } from "./print.ts";
import { reasonOf } from "../values/reason_of.ts";

/** Something the user asked for cannot be done: one line on stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Runs an action that fails only if the user asked for something wrong.
 *
 * @param action The action.
 * @param prefix Text before the error's message, such as `"Cannot read x: "`.
 * @returns The action's result.
 * @throws {UsageError} If the action throws.
 */
export function attempt<T>(action: () => T, prefix = ""): T {
  try {
    return action();
  } catch (error) {
    throw new UsageError(prefix + reasonOf(error));
  }
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
    printError(`error: ${reasonOf(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}
