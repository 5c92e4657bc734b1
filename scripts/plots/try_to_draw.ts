import { printError } from "../cli/print.ts";
import { reasonOf } from "../values/reason_of.ts";

/**
 * Draws a picture that something else comes with: a picture that fails is reported, and fails nothing but itself.
 *
 * @param name What is drawn, for the report.
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
