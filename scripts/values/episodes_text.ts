/**
 * How many episodes were played, and how.
 *
 * @param count From 0.
 * @param agent Who played; only the random agent does not choose greedily.
 * @returns As in `100 greedy episodes`, `1 greedy episode`, `5 episodes`.
 */
export function episodesText(count: number, agent: string): string {
  const episodes = count === 1 ? "episode" : "episodes";
  return `${count.toLocaleString("en")} ${agent === "random" ? "" : "greedy "}${episodes}`;
}
