import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { LANGUAGES, PLAY_PAGES } from "../../../web/site/languages.ts";
import { mistakesOf } from "../_axe.ts";
import { courseOf, shareSite, siteFolder, siteTest } from "./_site_page.ts";

shareSite();

/** What a chapter loads before anyone scrolls, compressed, without WebAssembly. */
const MOST_BYTES = 250_000;

const read = (path: string) => Deno.readTextFileSync(new URL(path, siteFolder()));

const pathsOfCourse = () =>
  LANGUAGES.flatMap((language) => courseOf(language).map((name) => `${language}/${name}`));

/** Every page of the guide in every language. */
const pathsOfPages = () =>
  LANGUAGES.flatMap((language) =>
    [...Deno.readDirSync(new URL(`${language}/`, siteFolder()))].map(({ name }) => `${language}/${name}`)
  );

Deno.test("every chapter is there in every language", () => {
  for (const language of LANGUAGES) assertEquals(courseOf(language), courseOf("en"));
  assertEquals(courseOf("en").length, 12);
});

Deno.test("every address of a page leads to a file of the site, and every anchor to a heading", () => {
  let addresses = 0;
  for (const path of [...Object.values(PLAY_PAGES), ...pathsOfPages()]) {
    for (const [, address] of read(path).matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (/^https?:/.test(address!)) continue;
      const url = new URL(address!, new URL(path, siteFolder()));
      const anchor = decodeURIComponent(url.hash.slice(1));
      url.hash = "";
      assert(url.href.startsWith(siteFolder().href), `${path}: ${address}`);
      assert(Deno.statSync(url).isFile, `${path}: ${address}`);
      if (anchor !== "") {
        assertStringIncludes(Deno.readTextFileSync(url), ` id="${anchor}"`, `${path}: ${address}`);
      }
      addresses++;
    }
  }
  assert(addresses > 1_000);
});

Deno.test("a page has no script and no style of its own, and loads nothing from elsewhere", () => {
  for (const path of pathsOfPages()) {
    const html = read(path);
    assertMatch(html, /content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /, path);
    assertEquals(html.match(/<style|\sstyle=|\son\w+=|<script(?! type="module" src="\.\.\/)/i), null, path);
    assertEquals(html.match(/<(?:script|link|img|iframe)[^>]*"(?:https?:)?\/\/[^>]*>/), null, path);
  }
});

Deno.test("the page that plays and trains keeps its address, and leads to the course and back", () => {
  for (const language of LANGUAGES) {
    const play = PLAY_PAGES[language];
    assertStringIncludes(read(play), `<a href="${language}/index.html">`);
    assertStringIncludes(
      read(`${language}/11_learning_from_pixels.html`),
      `<a class="next" rel="next" href="../${play}">`,
    );
  }
  assertEquals(PLAY_PAGES.en, "index.html");
});

siteTest("the course can be read without scripts", "en/04_dqn.html", async ({ page }) => {
  assertEquals(await page.locator("h1").textContent(), "4. DQN");
  assert(await page.locator("main img").count() >= 2);
  await page.getByRole("link", { name: "5. Hyperparameters" }).first().click();
  assertEquals(await page.locator("h1").textContent(), "5. Hyperparameters");
  await page.getByRole("link", { name: "한국어" }).click();
  assertMatch(page.url(), /\/ko\/05_hyperparameters\.html$/);
  await page.setViewportSize({ width: 360, height: 800 });
  assertEquals(await page.locator(".course li").first().isVisible(), false);
  await page.locator("summary").click();
  assertEquals(await page.locator(".course li").first().isVisible(), true);
}, { scripts: false });

/** Presses Tab until a link has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate("document.activeElement.textContent.trim()") === name) return;
  }
  throw new Error(`Cannot reach ${name} by Tab`);
}

siteTest("the keyboard alone reads the course", "en/02_experience_replay.html", async ({ page }) => {
  await page.keyboard.press("Tab");
  assertEquals(await page.evaluate("document.activeElement.textContent"), "Skip to the chapter");
  await page.keyboard.press("Enter");
  assertMatch(page.url(), /#content$/);
  await tabTo(page, "Next 3. The target network");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/en/03_target_network.html");
  await tabTo(page, "한국어");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/ko/03_target_network.html");
  await page.setViewportSize({ width: 360, height: 800 });
  await tabTo(page, "목차");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assertEquals(await page.evaluate("document.activeElement.getAttribute('href')"), "index.html");
});

/** The compressed size of each address asked for so far. */
const sizes = new Map<string, number>();

/** The compressed bytes of a page and all that it has loaded. */
async function bytesOf(requests: readonly string[]): Promise<number> {
  let total = 0;
  for (const request of new Set(requests.filter((name) => !name.endsWith(".wasm")))) {
    let size = sizes.get(request);
    if (size === undefined) {
      const body = await (await fetch(request)).blob();
      const compressed = new Response(body.stream().pipeThrough(new CompressionStream("gzip")));
      sizes.set(request, size = (await compressed.arrayBuffer()).byteLength);
    }
    total += size;
  }
  return total;
}

/** The code within text that does not stand on the line of the bracket before it. */
const ALONE = `[...document.querySelectorAll("main :not(pre) > code")].filter((code) => {
  const before = code.previousSibling;
  const bracket = before instanceof Text ? before.data.search(/[(]$/) : -1;
  if (bracket === -1) return false;
  const range = document.createRange();
  range.setStart(before, bracket);
  range.setEnd(before, bracket + 1);
  return range.getBoundingClientRect().bottom <= code.getClientRects()[0].top;
}).map((code) => code.textContent)`;

/** Whether axe-core examines a page in a view: each chapter in one view in one language, in the other view in the other. */
const isExamined = (page: number, view: number) =>
  (page + Math.floor(page / courseOf("en").length)) % VIEWS.length === view;

const VIEWS = [{ width: 1600, colorScheme: "light" }, { width: 360, colorScheme: "dark" }] as const;

siteTest(
  "every chapter is small and fits, and axe-core finds no mistake, wide and light, narrow and dark",
  "en/index.html",
  async ({ page, url, requests }) => {
    for (const [i, path] of pathsOfCourse().entries()) {
      requests.length = 0;
      await page.goto(url + path);
      await page.waitForLoadState("networkidle"); // workers load more than the page
      const bytes = await bytesOf(requests);
      assert(bytes > 3_000 && bytes < MOST_BYTES, `${path}: ${bytes} bytes`);
      for (const figure of await page.locator("section.figure").all()) {
        await figure.scrollIntoViewIfNeeded(); // it starts once it is seen
        await figure.locator(":scope[data-state]").waitFor();
      }
      for (const [view, { width, colorScheme }] of VIEWS.entries()) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        if (isExamined(i, view)) {
          assertEquals(await mistakesOf(page), [], `${path}, ${width} pixels, ${colorScheme}`);
        }
        assertEquals(await page.evaluate(ALONE), [], `${path}, ${width} pixels`);
        const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assert(typeof overflow === "number" && overflow <= 0, `${path} is ${overflow} pixels too wide`);
      }
    }
  },
);
