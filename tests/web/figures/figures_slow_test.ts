// All figures in one file: its tests share one build and one browser.
import { assertStringIncludes } from "@std/assert";
import "./_double_dqn_tests.ts";
import "./_dqn_tests.ts";
import "./_dueling_tests.ts";
import "./_environments_tests.ts";
import "./_experience_replay_tests.ts";
import "./_frozen_lake_tests.ts";
import "./_target_network_tests.ts";
import "./_hyperparameters_tests.ts";
import "./_mountain_car_tests.ts";
import "./_prioritized_replay_tests.ts";
import { framesTest } from "./_frames_tests.ts";
import { keyboardTest } from "./_keyboard_tests.ts";
import { figureTest, shareBrowser } from "./_figure_page.ts";

shareBrowser();

figureTest("a figure that does not exist says so where it would be", "nothing", async ({ state, text }) => {
  await state("failed");
  assertStringIncludes(await text(), "This figure cannot run: there is no figure named nothing.");
});

figureTest("the message comes in the chapter's language", "nothing", async ({ state, text }) => {
  await state("failed");
  assertStringIncludes(await text(), "nothing이라는 그림이 없습니다");
}, { language: "ko", width: 360 });

const WITH_WORKER = [
  "experience_replay",
  "target_network",
  "frozen_lake",
  "dqn",
  "hyperparameters",
  "mountain_car",
  "double_dqn",
  "prioritized_replay",
  "dueling",
];

for (const figure of WITH_WORKER) {
  figureTest(`without its worker, ${figure} says so`, figure, async ({ state, text }) => {
    await state("failed");
    assertStringIncludes(await text(), "This figure cannot run: its worker could not be started.");
  }, { missing: "*_worker.js" });
}

for (const figure of ["frozen_lake", "hyperparameters", "prioritized_replay", "dueling"]) framesTest(figure);

keyboardTest("environments", {}, "section.figure[data-state]");
keyboardTest("frozen_lake", {}, "section.figure[data-state]");
keyboardTest("experience_replay", { Episodes: 0 });
keyboardTest("target_network", { "Steps of training": 0 });
keyboardTest("dqn", { Episodes: 0 });
keyboardTest("hyperparameters", { Episodes: 0 });
keyboardTest(
  "mountain_car",
  { "Steps of training": 0, "Settings to try": 0, "Steps of the best trials": 0 },
  "section.figure[data-state=done]:has(.assignment[data-state=done])",
);
keyboardTest("double_dqn", { "Steps of each run": 0 });
keyboardTest("prioritized_replay", { Episodes: 0 });
keyboardTest("dueling", { Episodes: 0 });
