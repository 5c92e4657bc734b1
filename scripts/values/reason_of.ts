/** What an error says, or whatever else was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first line of what an error says. */
export function firstLineOf(error: unknown): string {
  return reasonOf(error).split("\n")[0]!;
}
