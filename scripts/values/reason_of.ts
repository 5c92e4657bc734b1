/** The message of an error, or the text of any other thrown value. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first line of an error's message. */
export function firstLineOf(error: unknown): string {
  return reasonOf(error).split("\n")[0]!;
}
