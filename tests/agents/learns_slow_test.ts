import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { presetSettings } from "../../scripts/settings/presets.ts";
import { prepareRun } from "../../scripts/run/run.ts";

for (const seed of [0, 1, 2]) {
  Deno.test(`the tuned preset solves CartPole-v1 within 15,000 steps, seed ${seed}`, async () => {
    const run = await prepareRun({ ...presetSettings({}), seed, steps: 15_000 }).start();
    assertEquals(run.stopReason, "stop-at-return");
    assertEquals(run.evaluation?.returns.length, 100);
    assertEquals(run.evaluation?.mean, 500);
  });
}

Deno.test("the lecture's preset learns to hold the pole for most of 200 steps", async () => {
  const run = await prepareRun(presetSettings({ preset: "lecture" })).start();
  assertEquals(run.episodes.length, 300);
  const last = run.episodes.slice(-100);
  assertGreaterOrEqual(last.reduce((sum, episode) => sum + episode.return, 0) / last.length, 100);
  assertEquals(run.evaluation?.returns, [75]); // the guide says so
});
