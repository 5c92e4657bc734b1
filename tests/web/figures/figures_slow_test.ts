// All figures in one file: its tests share one build and one browser. Those of the keyboard are in keyboard_slow_test.ts.
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
