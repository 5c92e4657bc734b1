// In a file beside the other tests of figures, so that both run at once.
import { keyboardTest } from "./_keyboard_tests.ts";
import { shareBrowser } from "./_figure_page.ts";

shareBrowser();

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
