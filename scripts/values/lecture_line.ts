/**
 * A line of the lecture's program: it prints every tenth episode, counted from 0.
 *
 * @param episode Its number, from 1, and its return.
 * @returns The line; undefined for the episodes between.
 */
export function lectureLine(
  episode: { readonly episode: number; readonly return: number },
): string | undefined {
  const index = episode.episode - 1;
  return index % 10 === 0 ? `episode :${index}, total reward : ${episode.return.toFixed(1)}` : undefined;
}
