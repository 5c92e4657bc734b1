import { assert, assertEquals } from "@std/assert";
import { type Browser, chromium, type Page } from "playwright-core";
import { pathOf } from "../../../web/build.ts";
import type { Language } from "../../../web/site/languages.ts";
import { buildFigures } from "../../../web/site/build_figures.ts";
import { staticFiles } from "../../../web/static_files.ts";
import { mistakesOf } from "../_axe.ts";
import { BROWSER, FLAGS } from "../_browser.ts";

const WEB = new URL("../../../web/", import.meta.url);

/** The page's own policy. */
const POLICY = /content="(default-src [^"]*)"/.exec(Deno.readTextFileSync(new URL("index.html", WEB)))?.[1];

/** How a figure is visited. */
export interface FigureOptions {
  language?: Language;
  width?: number;
  dark?: boolean;
  reducedMotion?: boolean;
  /** Whether the figure is below the screen at first. */
  below?: boolean;
  /** Files that the server does not have. */
  missing?: string;
}

/** A page with one figure. */
export interface FigureVisit {
  page: Page;
  /** The text of the figure's section, or of an element in it. */
  text: (selector?: string) => Promise<string>;
  /** Waits until the figure is in a state. */
  state: (state: "running" | "done" | "failed") => Promise<void>;
  /** Moves a slider to its n-th value, by the keyboard. */
  slide: (label: string, index: number) => Promise<void>;
}

let server: Deno.HttpServer<Deno.NetAddr> | undefined;
let browser: Browser | undefined;
let folder: string | undefined;

/** Builds the figures once, serves them, and starts one browser for all tests of a file. */
export function shareBrowser(): void {
  if (BROWSER === undefined) return;
  Deno.test.beforeAll(async () => {
    folder = await Deno.makeTempDir();
    await buildFigures(new URL(`file://${folder}/`));
    for (const name of ["site/style.css", "icon.svg"]) {
      await Deno.copyFile(new URL(name, WEB), `${folder}/${name.split("/").at(-1)}`);
    }
    const files = staticFiles(pathOf(new URL(`file://${folder}/`)), {});
    server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname !== "/") return files(request);
      return new Response(
        html(
          searchParams.get("figure") ?? "",
          searchParams.get("language") ?? "en",
          searchParams.has("below") ? "<p>…</p>".repeat(100) : "",
        ),
        {
          headers: { "content-type": "text/html; charset=utf-8" },
        },
      );
    });
    browser = await chromium.launch({ executablePath: BROWSER!, args: [...FLAGS] });
  });
  Deno.test.afterAll(async () => {
    await browser?.close();
    await server?.shutdown();
    if (folder !== undefined) await Deno.remove(folder, { recursive: true });
  });
}

const html = (figure: string, language: string, above: string) =>
  `<!DOCTYPE html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${figure}</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="style.css">
<link rel="stylesheet" href="figures.css">
<script type="module" src="main.js"></script>
<main>${above}<section class="figure" data-figure="${figure}"></section></main>`;

/** The words of the command that do not stand on one line. */
const BROKEN_WORDS = `[...document.querySelectorAll("section.figure .command .word")]
  .filter((word) => word.getClientRects()[0].height > 1.8 * parseFloat(getComputedStyle(word).lineHeight))
  .map((word) => word.textContent)`;

/** The tables of which a part can be seen only by scrolling, by the text of their first cells. */
export const CUT_TABLES = `[...document.querySelectorAll("section.figure .figure-table")]
  .filter((table) => table.scrollWidth > table.clientWidth).map((table) => table.innerText.split("\\n")[0])`;

/** The boxes of printed lines that show a line on more than one. */
export const WRAPPED_LOGS = `[...document.querySelectorAll("section.figure .log")].filter((log) => {
  const text = document.createRange();
  text.selectNodeContents(log);
  const shown = new Set([...text.getClientRects()].map(({ top }) => Math.round(top)));
  return shown.size > log.textContent.split("\\n").length;
}).map((log) => log.textContent)`;

/**
 * A test of one figure in a page of its own. Afterwards nothing may have been reported as an error, nothing asked for elsewhere,
 * nothing may overflow, and axe-core may find no mistake.
 */
export function figureTest(
  name: string,
  figure: string,
  body: (visit: FigureVisit) => Promise<void>,
  options: FigureOptions = {},
): void {
  Deno.test({
    name: `in Chromium: ${name}`,
    ignore: BROWSER === undefined,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => visit(figure, body, options),
  });
}

async function visit(
  figure: string,
  body: (visit: FigureVisit) => Promise<void>,
  { language = "en", width = 1280, dark = false, reducedMotion = false, below = false, missing }:
    FigureOptions,
): Promise<void> {
  const page = await browser!.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
  });
  const url = `http://127.0.0.1:${server!.addr.port}/`;
  const errors: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) errors.push(request.url());
  });
  if (missing !== undefined) await page.route(`**/${missing}`, (route) => route.fulfill({ status: 404 }));
  try {
    await page.goto(`${url}?figure=${figure}&language=${language}${below ? "&below" : ""}`);
    const section = page.locator("section.figure");
    // One below the screen is loaded only when it comes near.
    if (!below) await page.locator("section.figure[data-state]").waitFor();
    await body({
      page,
      text: async (selector) =>
        await (selector === undefined ? section : section.locator(selector)).innerText(),
      state: (state) => page.locator(`section.figure[data-state=${state}]`).waitFor({ timeout: 120_000 }),
      slide: async (label, index) => {
        const slider = page.getByLabel(label, { exact: true });
        await slider.press("Home");
        for (let i = 0; i < index; i++) await slider.press("ArrowRight");
      },
    });
    if (missing === undefined) assertEquals(errors, []);
    assertEquals(await mistakesOf(page, "section.figure"), []);
    assertEquals(await page.evaluate(BROKEN_WORDS), []);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assert(typeof overflow === "number" && overflow <= 0, `the figure is ${overflow} pixels too wide`);
  } finally {
    await page.close();
  }
}
