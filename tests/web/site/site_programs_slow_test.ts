import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { shareSite, siteFolder, siteTest } from "./_site_page.ts";

shareSite();

/** What the reader sees under a program. */
interface Seen {
  output: string;
  status: string;
  error: string;
}

async function seen(page: Page, index = 0): Promise<Seen> {
  const parts = page.locator(".program").nth(index);
  const text = async (part: string) => (await parts.locator(part).textContent()) ?? "";
  return { output: await text(".output"), status: await text(".status"), error: await text(".error") };
}

/** Waits until a program runs no more. */
async function ended(page: Page, index = 0): Promise<Seen> {
  await page.locator(".program").nth(index).getByRole("button", { name: "Run" }).waitFor({ timeout: 60_000 });
  return await seen(page, index);
}

async function run(page: Page, index = 0): Promise<Seen> {
  await page.locator(".program button").nth(2 * index).click();
  return await ended(page, index);
}

/** Replaces the first program of the page by another and runs it, by the keyboard alone. */
async function start(page: Page, program: string): Promise<void> {
  await page.getByRole("textbox").first().focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(program);
  await page.keyboard.press("Control+Enter");
}

async function runOther(page: Page, program: string): Promise<Seen> {
  await start(page, program);
  return await ended(page);
}

const FIRST = "en/01_environments.html";

siteTest(
  "a program of a chapter prints what it prints in Deno, and can be changed",
  FIRST,
  async ({ page }) => {
    const { output, status, error } = await run(page);
    assertEquals(
      output,
      "Float32Array [0.02727336250245571, 0.18847766518592834, 0.036254528909921646, -0.26141977310180664] 1 false false\n",
    );
    assertMatch(status, /^Ran to the end in \d+\.\d s\.$/);
    assertEquals(error, "");
    const code = page.getByRole("textbox").first();
    const restore = page.getByRole("button", { name: "Undo all changes" });
    assertEquals(await restore.count(), 0);
    const original = await code.textContent();
    const changed = await runOther(
      page,
      'import { makeEnv } from "@bellman/dqn";\nconsole.log(makeEnv("CartPole-v1").id);',
    );
    assertEquals([changed.output, changed.error], ["CartPole-v1\n", ""]);
    await page.getByRole("textbox").first().press("Control+End");
    await page.keyboard.type("\nconsole.log(1 +\n1)"); // key by key
    await page.keyboard.press("Control+Enter");
    assertEquals((await ended(page)).output, "CartPole-v1\n2\n");
    await restore.click();
    assertEquals(await code.textContent(), original);
    assertEquals((await run(page)).output, output);
  },
);

siteTest("a program's mistakes are told under it, with their lines", FIRST, async ({ page }) => {
  for (
    const [program, error] of [
      ["const a: number = 1;\nconst b = ;", "Line 2: SyntaxError: Unexpected token"],
      ["let a: number = 1;\n\nnothing(a);", "Line 3: ReferenceError: nothing is not defined"],
      ["let a = 1;\nlet a = 2;", "Identifier 'a' has already been declared"],
      [
        'import x from "https://example.com/x.js";\nx();',
        "Line 1: TypeError: Cannot import https://example.com/x.js: ",
      ],
      ['import { makeEnv } from "@bellman/dqn";\nmakeEnv("CartPol-v1");', "Line 2: "],
      ["await Promise.reject(3);", "3"],
      [
        'import { assertEquals } from "@std/assert";\nassertEquals(1, 2);',
        "Line 2: AssertionError: Values are not equal.",
      ],
    ] as const
  ) {
    const { error: told, status } = await runOther(page, program);
    assertStringIncludes(told, error);
    assertEquals([told.includes("\x1b"), status], [false, ""]);
  }
  assertEquals((await runOther(page, "console.log(1);")).output, "1\n");
});

siteTest(
  "a program without end is stopped by the button that started it, and the page stays awake",
  FIRST,
  async ({ page }) => {
    const others = [["while (true);", ""], ["for (let i = 0;; i++) console.log(i);", "\n999\n…\n"]] as const;
    for (const [program, last] of others) {
      await start(page, program);
      await page.getByRole("button", { name: "Stop" }).focus();
      await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
      await page.locator(".output", { hasText: last.trim() }).first().waitFor({ state: "attached" });
      await page.waitForTimeout(300);
      assertEquals((await seen(page)).status, "Running…");
      await page.keyboard.press("Enter");
      const { output, status, error } = await ended(page);
      assertEquals([status, error, output.slice(-last.length || output.length)], ["Stopped.", "", last]);
      assertEquals(await page.locator("iframe").count(), 0);
    }
    assertEquals((await runOther(page, "console.log(2);")).output, "2\n");
  },
);

siteTest("a program that prints a lot is cut short, and an empty one runs", FIRST, async ({ page }) => {
  const line = "x".repeat(9_999);
  const many = await runOther(page, `for (let i = 0; i < 1e5; i++) console.log("${line}");`);
  assertEquals([many.output, many.error], [`${line}\n`.repeat(10) + "xxxxxxxxxx…\n", ""]);
  const wide = await runOther(page, `console.log(...Array(1e4).fill("${line}"));`);
  assertEquals([wide.output, wide.error], [`${line} `.repeat(10) + "…\n", ""]);
  const empty = await runOther(page, " ");
  assertEquals([empty.output, empty.error], ["", ""]);
  assertMatch(empty.status, /^Ran to the end/);
});

siteTest("a program reaches no server, and nothing of the page", FIRST, async ({ page, url, requests }) => {
  const before = requests.length;
  const program = `
    for (const address of ["${url}index.html", "https://example.com/"]) {
      console.log(await fetch(address).then(() => "reached", () => "refused"));
    }
    try { importScripts("${url}main.js"); } catch { console.log("refused"); }
    try { eval("1"); } catch { console.log("refused"); }
    console.log(typeof document, self.origin, typeof localStorage);`;
  const { output, error } = await runOther(page, program);
  assertEquals([output, error], ["refused\nrefused\nrefused\nrefused\nundefined null undefined\n", ""]);
  assertEquals(requests.slice(before).filter((request) => request.endsWith("index.html")), []);
});

/** The pages with programs. */
function pagesWithPrograms(): string[] {
  return [...Deno.readDirSync(new URL("en/", siteFolder()))].map(({ name }) => `en/${name}`)
    .filter((path) => Deno.readTextFileSync(new URL(path, siteFolder())).includes(" data-program>")).sort();
}

siteTest("every program of the guide runs to its end", FIRST, async ({ page, url }) => {
  const pages = pagesWithPrograms();
  assert(pages.length > 12);
  for (const path of pages) {
    await page.goto(url + path);
    await page.locator(".program").first().waitFor();
    for (let i = 0; i < await page.locator(".program").count(); i++) {
      const { status, error } = await run(page, i);
      assertEquals([error, status.slice(0, 14)], ["", "Ran to the end"], `${path}, program ${i + 1}`);
    }
  }
});
