/** The part of `@std/text/closest-string` that this project uses, for the JavaScript of the npm package. */
export function closestString(givenWord: string, possibleWords: readonly string[]): string;
