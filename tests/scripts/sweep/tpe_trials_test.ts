import { assert, assertEquals } from "@std/assert";
import { randomTrials, type TrialValues } from "../../../scripts/sweep/sample_trials.ts";
import { parseSpace } from "../../../scripts/sweep/search_space.ts";
import { goodCount, tpeTrials } from "../../../scripts/sweep/tpe_trials.ts";

const SPACE = parseSpace(["gamma=lin:0:1", "learning-rate=log:1e-4:1", "loss=mse|huber"]);

/** Best where γ is 0.3, the learning rate 0.01 and the loss the second. */
function scoreOf([gamma, rate, loss]: TrialValues): number {
  const decades = Math.abs(Math.log10(Number(rate)) + 2);
  return -Math.abs(Number(gamma) - 0.3) - decades / 4 - (loss === "mse" ? 0.5 : 0);
}

const rank = (trials: readonly TrialValues[]) =>
  trials.map((_, i) => i).sort((a, b) => scoreOf(trials[b]!) - scoreOf(trials[a]!));

const options = (seed: number, count: number) => ({
  ...{ seed, count },
  accepts: () => true,
  otherwise: (trial: number) => randomTrials(SPACE, trial + 1, seed)[trial]!,
});

Deno.test("one trial in ten is good, rounded up, at most 25", () => {
  assertEquals([1, 10, 11, 30, 250, 1_000].map(goodCount), [1, 1, 2, 3, 25, 25]);
});

Deno.test("a search that learns finds better values than a random one", () => {
  let wins = 0;
  for (let seed = 0; seed < 10; seed++) {
    const random = randomTrials(SPACE, 50, seed);
    let trials = random.slice(0, 10);
    while (trials.length < 50) {
      trials = [...trials, ...tpeTrials(SPACE, trials, rank(trials), options(seed, 10))];
    }
    const best = (list: readonly TrialValues[]) => Math.max(...list.map(scoreOf));
    if (best(trials) > best(random)) wins++;
  }
  assert(wins >= 9, `${wins} of 10`);
});

Deno.test("the trials of a round depend on nothing but the rounds before, and differ", () => {
  const trials = randomTrials(SPACE, 12, 5);
  const drawn = tpeTrials(SPACE, trials, rank(trials), options(5, 6));
  assertEquals(tpeTrials(SPACE, trials, rank(trials), options(5, 6)), drawn);
  assertEquals(tpeTrials(SPACE, trials, rank(trials), options(5, 3)), drawn.slice(0, 3));
  assertEquals(new Set(drawn.map(String)).size, 6);
});

Deno.test("values that may not be tried, or have been tried, are left out", () => {
  const space = parseSpace(["loss=mse|huber", "n-step=1|2|3"]);
  const trials = [["mse", "1"], ["mse", "2"], ["huber", "1"]];
  const choose = (accepts: (values: TrialValues) => boolean) =>
    tpeTrials(space, trials, [0, 1, 2], {
      ...{ count: 1, seed: 0, accepts },
      otherwise: () => ["huber", "3"],
    });
  assertEquals(choose(([loss, n]) => loss === "mse" && n !== "3"), [["huber", "3"]]);
  assertEquals(choose(([loss]) => loss === "mse"), [["mse", "3"]]);
});
