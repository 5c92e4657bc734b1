import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { plotEvaluations } from "../../../scripts/plots/evaluation_plot.ts";
import { plotHistory } from "../../../scripts/plots/history_plot.ts";
import { plotRewards } from "../../../scripts/plots/reward_plot.ts";
import { plotSavedRuns } from "../../../scripts/plots/saved_curves.ts";
import { fakeRun } from "../_fake_run.ts";

/** Returns of FrozenLake's kind: every third episode reaches the goal. */
const BINARY = Array.from({ length: 11_399 }, (_, i) => i % 3 === 0 ? 1 : 0);
const asEpisodes = (returns: readonly number[]) =>
  returns.map((value, i) => ({ episode: i + 1, return: value }));

/** The y of each corner of the paths of a layer, from the top of the picture. */
function heights(svg: string, mark: string): number[] {
  const paths = [...svg.matchAll(new RegExp(`class="mark-${mark}[^>]*>(.*?)</g>`, "g"))].map(([, body]) =>
    body!
  );
  return paths.flatMap((body) => [...body.matchAll(/[ML](-?[\d.e-]+),(-?[\d.e-]+)/g)]).map(([, , y]) =>
    Number(y)
  );
}

Deno.test("of many episodes the mean of a larger window and its quantiles are drawn, not a block", async () => {
  const svg = await plotRewards("FrozenLake", asEpisodes(BINARY));
  for (const text of ["mean of the last 200", "10 % to 90 % of means of 20", "highest and lowest return"]) {
    assertStringIncludes(svg, text);
  }
  const band = heights(svg, "area");
  // A mean of 20 lies between 0.3 and 0.35, of which the picture is 320 high: no quantile is at an edge.
  assert(
    band.length > 500 && band.every((y) => y > 20 && y < 300),
    `${Math.min(...band)} ${Math.max(...band)}`,
  );
  assert(svg.length < 130_000, `${svg.length} bytes`);
  const varied = await plotRewards("CartPole", asEpisodes(BINARY.map((_, i) => i % 37)));
  assertStringIncludes(varied, "10 % to 90 % of episodes");
});

Deno.test("of few episodes each is drawn", async () => {
  const svg = await plotRewards("short", asEpisodes(BINARY.slice(0, 1_000)));
  assertStringIncludes(svg, ">episode<");
  assertStringIncludes(svg, "mean of the last 20<");
  assertEquals(heights(svg, "area"), []);
});

Deno.test("a plot of saved runs uses the same window, unless --smooth is given", async () => {
  const group = {
    name: "q-learning",
    env: "FrozenLake-v1",
    runs: [fakeRun(BINARY, { env: "FrozenLake-v1" })],
  };
  assertStringIncludes(await plotSavedRuns([group], "episode"), "return in training, mean of 200 episodes");
  assertStringIncludes(await plotSavedRuns([group], "episode", 7), "return in training, mean of 7 episodes");
});

Deno.test("the history of many episodes is a mean over some of them", async () => {
  const { episodes, ...run } = fakeRun(BINARY);
  const learned = episodes.map((episode) => ({ ...episode, loss: episode.return, meanQ: undefined }));
  const svg = await plotHistory({ ...run, episodes: learned });
  assertStringIncludes(svg ?? "", "loss (mean of 29 episodes)");
  const short = await plotHistory({ ...run, episodes: learned.slice(0, 400) });
  assertStringIncludes(short ?? "", "loss (mean per episode)");
});

Deno.test("the band of evaluations is the interval of their mean, within the observed returns", async () => {
  const evaluation = { episodes: 100, mean: 0.5, std: 0.5, min: 0, max: 1 };
  const svg = await plotEvaluations({ agent: "q-learning", bufferSha256: null }, [
    { ...evaluation, step: 1 },
    { ...evaluation, step: 2 },
  ]);
  assertStringIncludes(svg, "bold: mean and its 95 % interval; thin: smallest and largest return");
  const band = heights(svg, "area");
  // 0.402 to 0.598 of 340.
  assertEquals([Math.min(...band), Math.max(...band)].map(Math.round), [137, 203]);
  const sure = await plotEvaluations({ agent: "random", bufferSha256: null }, [{
    ...evaluation,
    step: 1,
    min: 0.5,
    max: 0.5,
  }]);
  assertStringIncludes(sure, "Evaluations");
  assert(!sure.includes("reedy"));
});
