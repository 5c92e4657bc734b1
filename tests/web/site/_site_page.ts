import { assert, assertEquals } from "@std/assert";
import { type Browser, chromium, type Page } from "playwright-core";
import { buildSite } from "../../../web/site/build.ts";
import { serveSite } from "../../../web/site/serve.ts";
import { BROWSER, FLAGS } from "../_browser.ts";

/** How a page of the site is visited. */
export interface SiteOptions {
  width?: number;
  dark?: boolean;
  /** Whether scripts may run; by default they may. */
  scripts?: boolean;
}

/** A page of the site, and what it loads. */
export interface SiteVisit {
  page: Page;
  /** The root of the site, with a slash at the end. */
  url: string;
  /** Everything that was asked for, by address. */
  requests: string[];
}

let folder: URL | undefined;
let server: Deno.HttpServer<Deno.NetAddr> | undefined;
let browser: Browser | undefined;

/** Builds the site once, serves it, and starts one browser for all tests of a file. */
export function shareSite(): void {
  Deno.test.beforeAll(async () => {
    folder = new URL(`file://${await Deno.makeTempDir()}/`);
    await buildSite(folder);
    server = serveSite(0, folder);
    if (BROWSER !== undefined) browser = await chromium.launch({ executablePath: BROWSER, args: [...FLAGS] });
  });
  Deno.test.afterAll(async () => {
    await browser?.close();
    await server?.shutdown();
    if (folder !== undefined) await Deno.remove(folder, { recursive: true });
  });
}

/** The folder of the built site. */
export function siteFolder(): URL {
  assert(folder !== undefined);
  return folder;
}

/** The names of the course's pages, below the folder of a language: the index and the chapters. */
export function courseOf(language: string): string[] {
  return [...Deno.readDirSync(new URL(`${language}/`, siteFolder()))].map(({ name }) => name)
    .filter((name) => /^(index|\d\d_\w+)\.html$/.test(name)).sort();
}

/**
 * A test of a page of the site. Afterwards nothing may have been reported as an error, and nothing asked for elsewhere.
 *
 * @param name The test's name.
 * @param path The page, as in `en/04_dqn.html`.
 * @param body What is done with it; it may go to other pages.
 * @param options How it is visited.
 */
export function siteTest(
  name: string,
  path: string,
  body: (visit: SiteVisit) => Promise<void>,
  options: SiteOptions = {},
): void {
  Deno.test({
    name: `in Chromium: ${name}`,
    ignore: BROWSER === undefined,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => visit(path, body, options),
  });
}

async function visit(
  path: string,
  body: (visit: SiteVisit) => Promise<void>,
  { width = 1280, dark = false, scripts = true }: SiteOptions,
): Promise<void> {
  const context = await browser!.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: scripts,
  });
  const url = `http://127.0.0.1:${server!.addr.port}/`;
  const errors: string[] = [];
  const requests: string[] = [];
  try {
    const page = await context.newPage();
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(url + path);
    await body({ page, url, requests });
    assertEquals(errors, []);
    assertEquals(requests.filter((request) => !request.startsWith(url) && !request.startsWith("blob:")), []);
  } finally {
    await context.close();
  }
}
