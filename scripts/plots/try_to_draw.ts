import { printError } from "../cli/print.ts";
import { reasonOf } from "../values/reason_of.ts";

/**
 * Draws an accompanying picture. A failure is reported, and has no other effect.
 *
 * @param name The name of the picture, for the report.
 * @param draw Draws it.
 * @returns The picture; undefined if it failed.
 */
export async function tryToDraw<T>(name: string, draw: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await draw();
  } catch (error) {
    printError(`Not drawn: ${name}: ${reasonOf(error)}`);
    return undefined;
  }
}
