import { assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { makeEnv } from "../../../envs/mod.ts";
import { figureTest, type FigureVisit } from "./_figure_page.ts";
import { runOfCommand } from "./_run_of_command.ts";

/** The returns that the figure shows. */
const returnsOf = async ({ text }: FigureVisit) => [...(await text(".returns")).matchAll(/\d+/g)].map(Number);

figureTest("the random agent plays the episodes of the command", "environments", async (visit) => {
  await visit.slide("Steps per second", 5);
  await visit.state("done");
  const { run, start } = runOfCommand(await visit.text(".command"));
  await start();
  const returns = run.episodes.map((episode) => episode.return);
  assertEquals(returns.length, 10);
  assertEquals(await returnsOf(visit), returns);
  const mean = returns.reduce((sum, value) => sum + value, 0) / 10;
  assertStringIncludes(await visit.text(".status"), `mean return is ${mean.toFixed(1)}.`);

  await visit.slide("Seed", 3);
  await visit.state("running");
  await visit.state("done");
  const other = runOfCommand(await visit.text(".command"));
  await other.start();
  assertNotEquals(other.run.episodes.map((episode) => episode.return), returns);
  assertEquals(await returnsOf(visit), other.run.episodes.map((episode) => episode.return));
});

figureTest(
  "the values of reset and step are those of the library",
  "environments",
  async ({ page }) => {
    const values = page.locator("pre.numbers");
    const env = makeEnv("CartPole-v0");
    const numbers = (shown: string) =>
      [...shown.replaceAll("−", "-").matchAll(/-?\d+\.\d{4}/g)].map(([number]) => number);
    const digits = (observation: Float32Array) => Array.from(observation, (value) => value.toFixed(4));
    const { observation } = env.reset({ seed: 0 });
    assertMatch(await values.first().innerText(), /^env\.reset\(\{ seed: 0 \}\)/);
    assertEquals(numbers(await values.first().innerText()), digits(observation));

    // The last push lasts until the next one.
    await page.getByRole("group", { name: "You" }).focus();
    await page.keyboard.press("ArrowRight");
    const score = page.locator("output.numbers").first();
    await score.filter({ hasText: "Push to play again." }).waitFor();
    const steps = Number(/\d+/.exec(await score.innerText())?.[0]);
    const results = Array.from({ length: steps }, () => env.step(1));
    const { observation: last, reward, terminated, truncated } = results.at(-1)!;
    const shown = await values.first().innerText();
    assertEquals(numbers(shown), digits(last));
    assertStringIncludes(
      shown.replaceAll(/ +/g, " "),
      `reward ${reward}\nterminated ${terminated}\ntruncated ${truncated}`,
    );
    assertEquals([terminated, truncated], [true, false]);
  },
  { reducedMotion: true },
);

figureTest("keyboard alone plays an episode to its end", "environments", async ({ page }) => {
  await page.keyboard.press("Tab");
  assertEquals(await page.evaluate("document.activeElement.getAttribute('aria-label')"), "You");
  await page.keyboard.press("ArrowLeft");
  const score = page.locator("output.numbers").first();
  await score.filter({ hasText: "Push to play again." }).waitFor();
  assertMatch(await score.innerText(), /^Your pole stood for (8|9|10|11) steps\./);
  await page.keyboard.press("ArrowRight");
  await score.filter({ hasText: "episode 2" }).waitFor();
}, { width: 360, dark: true });

figureTest(
  "nothing moves by itself for those who want less motion",
  "environments",
  async ({ page, text }) => {
    await page.waitForTimeout(300);
    assertStringIncludes(await text(), "episode 1, step 0, return 0");
    await page.getByRole("button", { name: "One step" }).press("Enter");
    await page.locator("output.numbers", { hasText: "step 1, return 1" }).waitFor();
  },
  { reducedMotion: true, language: "en" },
);

figureTest("the figure speaks Korean", "environments", async ({ text }) => {
  assertStringIncludes(await text(), "무작위 에이전트");
}, { language: "ko", width: 360 });

figureTest("nothing moves before it is on the screen", "environments", async ({ page, text }) => {
  await page.waitForTimeout(300);
  assertEquals(await text(), "");
  const scroll = () => page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
  await scroll(); // the figure is there
  await page.locator("section.figure output.numbers").first().waitFor({ state: "attached" });
  await scroll(); // and on the screen
  await page.locator("output.numbers").nth(1).filter({ hasText: /step [1-9]/ }).waitFor();
}, { below: true });
