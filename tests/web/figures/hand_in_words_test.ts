import { assertEquals, assertStringIncludes } from "@std/assert";
import { assignmentPage } from "../../../scripts/report/assignment_page.ts";
import { assignmentPlan } from "../../../scripts/sweep/assignment_plan.ts";
import { runSettings, type SweepPlan } from "../../../scripts/sweep/sweep_plan.ts";
import { sweepSection } from "../../../scripts/sweep/sweep_report.ts";
import { HAND_IN_WORDS } from "../../../web/figures/hand_in_words.ts";
import { rewardSvg } from "../../../web/figures/reward_svg.ts";
import { LANGUAGES } from "../../../web/site/languages.ts";

const plan = assignmentPlan({ trials: 6, seed: 0, steps: 6000 });
const settings = runSettings(plan, 0, 0, 0);
const rung = { envSteps: 6000, trainingReturn: -150, outcomes: [], failure: undefined };
const results = [
  { trial: 0, rungs: [{ ...rung, rung: 0, score: -150, std: 0 }] },
  { trial: 1, rungs: [{ ...rung, rung: 0, score: undefined, std: undefined, failure: "0" }] },
];

for (const language of LANGUAGES) {
  const { page: words, search, axis } = HAND_IN_WORDS[language];
  const section = (searched: SweepPlan) =>
    sweepSection(searched, results, {
      command: "deno task assignment",
      pictures: [{ wide: "", narrow: "" }],
      words: search,
    });
  const htmlOf = (isDone: boolean, searched: SweepPlan) =>
    assignmentPage({
      settings,
      envSteps: 6000,
      evaluation: isDone ? { episodes: 100, mean: -150, std: 2, min: -160, max: -110 } : null,
      graph: isDone ? rewardSvg([-200, -150], words.graph, axis) : undefined,
      searched: ["gamma"],
      best: isDone ? { gif: new Uint8Array(0), return: -110, of: 100 } : undefined,
      search: section(searched),
      words,
    });

  Deno.test(`the page to hand in is in one language: ${language}`, () => {
    const others: SweepPlan[] = [
      { ...plan, seeds: 2, rungs: 1 },
      { ...plan, sampling: "tpe", pruning: "median" },
      { ...plan, sampling: "grid", roundSize: 3 },
    ];
    for (const [i, searched] of [plan, ...others].entries()) {
      const html = htmlOf(i === 0, searched);
      assertStringIncludes(html, `<html lang="${language}">`);
      const texts = html.replace(/<style>.*?<\/style>|<code.*?<\/code>|<th scope="row".*?<\/th>/g, "")
        .replace(
          /<[^>]*?(aria-label|alt)="([^"]*)"[^>]*>/g,
          " $2 ",
        ).replaceAll(/<[^>]+>/g, " ");
      const english = /\b(the|of|with|steps?|episodes?|trials?|score|rank|status|seeds?|drawn)\b/gi;
      assertEquals(texts.replaceAll("n-step", "").match(english) !== null, language === "en", texts);
    }
  });
}
